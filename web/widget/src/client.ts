// The conversation with the server: sends in order, tries again until delivered, and shows every event exactly once.

import { Refusal, request } from "./http";
import { SseParser } from "./sse";
import { Keeper, type Outgoing } from "./storage";
import type { Article, Key, ServerEvent, SignedButton } from "./types";

const LONGEST_WAIT = 15_000;
const FIRST_WAIT = 500;

export interface Listener {
  event(event: ServerEvent): void;
  pending(outbox: readonly Outgoing[]): void;
  typing(on: boolean): void;
  online(on: boolean): void;
  /** What was said before has been shown; a `fresh` conversation has nothing of the kind. */
  caughtUp(fresh: boolean): void;
  refused(refusal: Refusal, message: Outgoing | null): void;
  /** A new conversation begins; `lost` when the previous one could not be continued. */
  renewed(lost: boolean): void;
}

export class Client {
  private readonly keeper: Keeper;
  private key: Key | null;
  private outbox: Outgoing[];
  private last = 0;
  private sending = false;
  private opening: Promise<void> | null = null;
  private stream: AbortController | null = null;
  private readonly sleepers = new Set<() => void>();
  private waiting = FIRST_WAIT;
  /** Asks the page for the signed-in customer's token. */
  customerToken: (() => Promise<string | null> | string | null) | null = null;

  constructor(
    private readonly server: string,
    private readonly listener: Listener,
  ) {
    this.keeper = new Keeper(`lease-assistant ${server}`);
    ({ key: this.key, outbox: this.outbox } = this.keeper.load());
  }

  /** Show what there is, and go on from there. Returns at once. */
  connect(): void {
    if (this.stream) return;
    this.stream = new AbortController();
    this.listener.pending(this.outbox);
    void this.follow(this.stream.signal);
    void this.pump();
  }

  disconnect(): void {
    this.stream?.abort();
    this.stream = null;
  }

  /** Try at once instead of after the rest of the wait. */
  retryNow(): void {
    this.waiting = FIRST_WAIT;
    for (const wake of this.sleepers) wake();
  }

  say(text: string): void {
    this.enqueue({ id: crypto.randomUUID(), shown: text, text });
  }

  press(button: SignedButton): void {
    this.enqueue({ id: crypto.randomUUID(), shown: button.title, button: button.signed });
  }

  /** Ask for a person; `shown` is what the customer sees of it. */
  pressHuman(shown: string): void {
    this.enqueue({ id: crypto.randomUUID(), shown, human: true });
  }

  async addPhoto(file: File): Promise<void> {
    try {
      await this.sendPhoto(file);
    } catch (error) {
      if (!(error instanceof Refusal && error.lost && this.key)) throw error;
      this.startOver(true);
      await this.sendPhoto(file);
    }
  }

  private async sendPhoto(file: File): Promise<void> {
    await this.ensureOpen();
    const headers = { "X-File-Name": encodeURIComponent(file.name), "X-Turn": crypto.randomUUID() };
    this.take(await this.call<{ events: ServerEvent[] }>("POST", `/photos?after=${this.last}`, file, headers));
  }

  async article(document: string, number: string): Promise<Article> {
    return this.call("GET", `/articles/${encodeURIComponent(document)}/${encodeURIComponent(number)}`);
  }

  /** Delete the conversation here and on the server; throws when the server cannot be reached. */
  async clear(): Promise<void> {
    try {
      if (this.key) await this.call("DELETE", "/conversation");
    } catch (error) {
      if (!(error instanceof Refusal && error.lost)) throw error;
    }
    this.startOver(false);
  }

  private startOver(lost: boolean): void {
    const connected = this.stream !== null;
    this.disconnect();
    this.key = null;
    this.last = 0;
    this.keeper.saveKey(null);
    // A button belongs to its conversation; what was typed can still be said in the next one.
    this.outbox = lost ? this.outbox.filter((message) => message.button === undefined) : [];
    this.keeper.saveOutbox(this.outbox);
    this.listener.renewed(lost);
    if (connected) this.connect();
  }

  private enqueue(message: Outgoing): void {
    this.outbox.push(message);
    this.keeper.saveOutbox(this.outbox);
    this.listener.pending(this.outbox);
    void this.pump();
  }

  /** Deliver what waits, one after the other. */
  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let message = this.outbox[0]; message; message = this.outbox[0]) {
      try {
        await this.ensureOpen();
        const { id, text, human } = message;
        const button = human ? this.key!.human.signed : message.button;
        const body = JSON.stringify({ id, text, button, after: this.last });
        this.listener.typing(true);
        this.take(await this.call<{ events: ServerEvent[] }>("POST", "/messages", body));
        this.delivered(message);
      } catch (error) {
        if (error instanceof Refusal && error.status < 500) this.undeliverable(message, error);
        else await this.pause();
      }
    }
    this.listener.typing(false);
    this.sending = false;
  }

  private delivered(message: Outgoing): void {
    this.outbox = this.outbox.filter((other) => other.id !== message.id);
    this.keeper.saveOutbox(this.outbox);
    this.listener.pending(this.outbox);
    this.connected();
  }

  private undeliverable(message: Outgoing, refusal: Refusal): void {
    if (refusal.lost && this.key) {
      this.startOver(true);
      return;
    }
    this.delivered(message);
    this.listener.refused(refusal, message);
  }

  /** Follow the events until `signal`; after an interruption go on with the first one that is missing. */
  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.ensureOpen();
        if (signal.aborted) return;
        await this.read(signal);
        await this.pause(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refusal && error.lost && this.key) {
          this.startOver(true);
          return;
        }
        if (error instanceof Refusal && error.status < 500) this.listener.refused(error, null);
        await this.pause(signal);
      }
    }
  }

  private async read(signal: AbortSignal): Promise<void> {
    const reply = await this.request("GET", `/events?after=${this.last}`, undefined, {}, signal);
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new SseParser();
    this.connected();
    for (let piece = await reader.read(); !piece.done && !signal.aborted; piece = await reader.read()) {
      for (const { event, data } of parser.feed(piece.value)) {
        if (event === "ready") this.listener.caughtUp(false);
        else if (event === "typing") this.listener.typing(JSON.parse(data) as boolean);
        else this.take({ events: [JSON.parse(data) as ServerEvent] });
      }
    }
  }

  /** Begin a conversation when there is none; only once, however many ask. */
  private ensureOpen(): Promise<void> {
    if (this.key) return Promise.resolve();
    this.opening ??= this.call<Key & { events: ServerEvent[] }>("POST", "/conversations")
      .then(({ token, human, events }) => {
        this.key = { token, human };
        this.keeper.saveKey(this.key);
        this.listener.caughtUp(true);
        this.take({ events });
      })
      .finally(() => (this.opening = null));
    return this.opening;
  }

  private take({ events }: { events: ServerEvent[] }): void {
    for (const event of events) {
      // The stream and the reply to a message bring the same events.
      if (event.seq <= this.last) continue;
      this.last = event.seq;
      this.listener.event(event);
    }
  }

  private connected(): void {
    this.waiting = FIRST_WAIT;
    this.listener.online(true);
  }

  private async pause(signal?: AbortSignal): Promise<void> {
    this.listener.typing(false);
    this.listener.online(false);
    const wait = this.waiting;
    this.waiting = Math.min(wait * 2, LONGEST_WAIT);
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.sleepers.delete(wake);
        resolve();
      };
      this.sleepers.add(wake);
      setTimeout(wake, wait);
      signal?.addEventListener("abort", wake);
    });
  }

  private async call<T>(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<T> {
    return (await (await this.request(method, path, body, headers)).json()) as T;
  }

  private async request(
    method: string,
    path: string,
    body?: BodyInit,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    const customer = await this.customerToken?.();
    const all = {
      ...headers,
      ...(this.key && { Authorization: `Bearer ${this.key.token}` }),
      ...(customer && { "X-Customer-Token": customer }),
    };
    return request(this.server + path, { method, body, headers: all, signal });
  }
}
