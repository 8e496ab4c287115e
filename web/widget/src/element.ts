// The custom element <lease-assistant>.

import { Client, type Listener } from "./client";
import { askToClear, openArticle } from "./dialogs";
import { download, h } from "./dom";
import { entry, undelivered } from "./entries";
import { Refusal } from "./http";
import type { Outgoing } from "./storage";
import { stringsFor, type Strings } from "./strings";
import css from "./styles.css";
import { transcript } from "./transcript";
import type { Citation, ServerEvent, SignedButton } from "./types";
import { makeView, type View } from "./view";

const LONGEST_MESSAGE = 1000;
const LARGEST_PHOTO = 10 * 1024 * 1024;

export class LeaseAssistant extends HTMLElement implements Listener {
  private view!: View;
  private strings!: Strings;
  private client!: Client;
  private events: ServerEvent[] = [];
  private replaying = true;

  /** Called before each request; gives the portal's token of the signed-in customer, or null. */
  tokenCallback: (() => Promise<string | null> | string | null) | null = null;

  connectedCallback(): void {
    if (!this.shadowRoot) this.build();
    document.addEventListener("visibilitychange", this.onVisibility);
    window.addEventListener("online", this.onOnline);
    window.addEventListener("offline", this.onOffline);
    if (this.inline) this.open();
    this.onVisibility();
  }

  disconnectedCallback(): void {
    this.client.disconnect();
    document.removeEventListener("visibilitychange", this.onVisibility);
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("offline", this.onOffline);
  }

  /** Show the panel and move the focus into it. */
  open(): void {
    const { panel, launcher, box } = this.view;
    if (!panel.hidden) return;
    panel.hidden = false;
    launcher.setAttribute("aria-expanded", "true");
    this.client.connect();
    if (!this.inline) box.focus();
    this.scrollToEnd();
    this.tell("open");
  }

  /** Hide the panel and give the focus back to the launcher. */
  close(): void {
    if (this.view.panel.hidden || this.inline) return;
    this.view.panel.hidden = true;
    this.view.launcher.setAttribute("aria-expanded", "false");
    this.client.disconnect();
    this.view.launcher.focus();
    this.tell("close");
  }

  /** Say something in the customer's name, opening the panel. */
  send(text: string): void {
    this.open();
    this.say(text);
  }

  /** Delete the conversation here and on the server. */
  async clear(): Promise<void> {
    await this.client.clear();
    this.view.status.textContent = this.strings.cleared;
  }

  event(event: ServerEvent): void {
    this.events.push(event);
    if (event.kind === "start") return;
    if (event.kind === "progress") {
      this.showProgress(event.position, event.total);
      return;
    }
    if (event.kind === "bot") this.view.typing.textContent = "";
    const entry = this.entry(event);
    this.view.log.append(...entry);
    this.scrollToEnd(event.kind === "bot" ? entry[0] : undefined);
    if (!this.replaying) this.tell("message", event);
    if (!this.replaying && event.kind === "bot" && event.custom) this.tell("result", event.custom);
  }

  pending(outbox: readonly Outgoing[]): void {
    const bubbles = outbox.map(({ shown }) => undelivered(shown, this.strings));
    this.view.waiting.replaceChildren(...bubbles);
    if (bubbles.length) this.scrollToEnd();
  }

  typing(on: boolean): void {
    const text = on ? this.strings.typing : "";
    // Writing the same text again would make a screen reader say it again.
    if (this.view.typing.textContent !== text) this.view.typing.textContent = text;
  }

  online(on: boolean): void {
    const { status } = this.view;
    const { offline } = this.strings;
    if (!on && status.textContent !== offline) status.textContent = offline;
    if (on && status.textContent === offline) status.textContent = "";
  }

  caughtUp(fresh: boolean): void {
    this.replaying = false;
    const announce = () => this.view.log.setAttribute("aria-live", "polite");
    // A screen reader looks at additions a little later: what was said before is not to be read out again.
    if (fresh) announce();
    else setTimeout(announce, 500);
  }

  refused(refusal: Refusal, message: Outgoing | null): void {
    this.fail(this.strings.errors[refusal.code] ?? refusal.message);
    // Give back what was typed, so that nothing has to be typed again.
    if (message?.text && !this.view.box.value) this.view.box.value = message.text;
    this.fitBox();
  }

  renewed(lost: boolean): void {
    this.events = [];
    this.replaying = true;
    this.view.log.replaceChildren(...this.greeting());
    this.view.log.setAttribute("aria-live", "off");
    this.showProgress(null, null);
    this.view.status.textContent = lost ? this.strings.renewed : "";
  }

  private get inline(): boolean {
    return this.getAttribute("position") === "inline";
  }

  private get language(): string {
    return this.closest("[lang]")?.getAttribute("lang") || "nl";
  }

  private build(): void {
    this.strings = stringsFor(this.language);
    this.view = makeView(this.strings);
    this.client = new Client(this.getAttribute("server") ?? defaultServer(), this);
    this.client.customerToken = () => this.tokenCallback?.() ?? null;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const { launcher, panel, dialog } = this.view;
    root.append(launcher, panel, dialog);
    launcher.hidden = this.view.close.hidden = this.inline;
    this.view.log.setAttribute("aria-live", "off");
    this.view.log.append(...this.greeting());
    this.listen();
  }

  private listen(): void {
    const { launcher, close, human, download: save, clear, form, box, photo, file, panel } = this.view;
    launcher.addEventListener("click", () => (panel.hidden ? this.open() : this.close()));
    close.addEventListener("click", () => this.close());
    panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    human.addEventListener("click", () => this.askForHuman());
    save.addEventListener("click", () => download(this.strings.downloadName, "text/plain", transcript(this.events, this.strings)));
    clear.addEventListener("click", () => void this.askToClear());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(box.value);
    });
    box.addEventListener("input", () => this.fitBox());
    box.addEventListener("keydown", (event) => {
      // While a character is being composed, Enter ends the composition.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    photo.addEventListener("click", () => file.click());
    file.addEventListener("change", () => void this.addPhotos());
  }

  /** Show what went wrong without covering what was said last. */
  private fail(sentence: string): void {
    this.view.error.textContent = sentence;
    this.scrollToEnd();
  }

  private say(typed: string): void {
    const text = typed.trim();
    const { box, error } = this.view;
    error.textContent = text.length > LONGEST_MESSAGE ? this.strings.tooLong(LONGEST_MESSAGE) : "";
    if (!text || text.length > LONGEST_MESSAGE) return;
    box.value = "";
    this.fitBox();
    this.removeChoices();
    this.client.say(text);
  }

  private entry(event: ServerEvent): HTMLElement[] {
    if (event.kind === "customer") this.removeChoices();
    const openArticle = (citation: Citation, opener: HTMLElement) => void this.showArticle(citation, opener);
    const context = { strings: this.strings, language: this.language, openArticle };
    return entry(event, context, (button) => this.choose(button));
  }

  private choose(button: SignedButton): void {
    this.removeChoices();
    this.client.press(button);
  }

  private askForHuman(): void {
    this.removeChoices();
    this.client.pressHuman(this.strings.human);
  }

  /** Choices of an earlier question no longer fit; the focus must not get lost with them. */
  private removeChoices(): void {
    const focused = this.shadowRoot?.activeElement;
    const lost = [...this.view.log.querySelectorAll(".choices")].filter((choices) => {
      choices.remove();
      return focused && choices.contains(focused);
    });
    if (lost.length) this.view.log.focus({ preventScroll: true });
  }

  private async addPhotos(): Promise<void> {
    const { file, error, status } = this.view;
    const chosen = [...(file.files ?? [])];
    file.value = "";
    error.textContent = "";
    for (const photo of chosen) {
      status.textContent = this.strings.photoSending(photo.name);
      try {
        if (photo.size > LARGEST_PHOTO) throw new Refusal(413, "photo_too_large", this.strings.photoTooLarge);
        await this.client.addPhoto(photo);
        status.textContent = this.strings.photoAdded(photo.name);
      } catch (problem) {
        status.textContent = "";
        if (problem instanceof Refusal) this.fail(`${photo.name}: ${this.strings.errors[problem.code] ?? problem.message}`);
        else this.online(false);
      }
    }
  }

  private async showArticle(citation: Citation, opener: HTMLElement): Promise<void> {
    await openArticle(this.view.dialog, this.client, citation, this.strings);
    opener.focus();
  }

  private async askToClear(): Promise<void> {
    if (await askToClear(this.view.dialog, this.strings)) {
      await this.clear().catch(() => (this.view.error.textContent = this.strings.clearFailed));
    }
    this.view.clear.focus();
  }

  private greeting(): HTMLElement[] {
    const greeting = this.getAttribute("greeting");
    return greeting ? [h("p", { class: "message bot" }, greeting)] : [];
  }

  private showProgress(position: number | null, total: number | null): void {
    const { progress, bar } = this.view;
    const known = position !== null && total !== null;
    bar.hidden = !known;
    const text = known ? this.strings.progress(position, total) : "";
    if (progress.textContent !== text) progress.textContent = text;
    if (known) [bar.value, bar.max] = [position, total];
  }

  private fitBox(): void {
    const { box } = this.view;
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 2}px`;
  }

  /** Show the end, but of a long reply (`from`) the beginning. */
  private scrollToEnd(from?: HTMLElement): void {
    const { panel, log } = this.view;
    // Where there is little height, the panel scrolls as a whole.
    const scroll = getComputedStyle(log.parentElement!).overflowY === "visible" ? panel : log.parentElement!;
    scroll.scrollTop = scroll.scrollHeight;
    const hidden = from ? scroll.getBoundingClientRect().top - from.getBoundingClientRect().top : 0;
    if (hidden > 0) scroll.scrollTop -= hidden + 8;
  }

  private tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`lease-assistant:${name}`, { detail, bubbles: true, composed: true }));
  }

  // Browsers allow six connections to a server: a tab that nobody looks at gives its own back.
  private readonly onVisibility = (): void => {
    if (this.view.panel.hidden) return;
    if (document.hidden) this.client.disconnect();
    else this.client.connect();
  };

  private readonly onOnline = (): void => this.client.retryNow();
  private readonly onOffline = (): void => this.online(false);
}

/** Next to where this script came from. */
const script = document.currentScript as HTMLScriptElement | null;

function defaultServer(): string {
  return new URL(".", script?.src || location.href).href.replace(/\/$/, "");
}
