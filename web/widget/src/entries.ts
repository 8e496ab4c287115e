// What is in the log: one entry for each event, and messages that are still on their way.

import { type Context, reply } from "./cards";
import { type Child, h } from "./dom";
import type { Strings } from "./strings";
import type { BotEvent, ServerEvent, SignedButton } from "./types";

/** The elements for an event; `choose` is called when one of its buttons is pressed. */
export function entry(event: ServerEvent, context: Context, choose: (button: SignedButton) => void): HTMLElement[] {
  const { strings } = context;
  if (event.kind === "photo") return [h("p", { class: "message customer photo" }, strings.photoAdded(event.name))];
  if (event.kind === "customer") return [customer(strings, event.text)];
  return event.kind === "bot" ? [bot(event, context), ...choices(event, choose)] : [];
}

/** A message that the server has not confirmed. */
export function undelivered(shown: string, strings: Strings): HTMLElement {
  return customer(strings, shown, h("span", { class: "sending" }, strings.sending));
}

function customer(strings: Strings, ...children: Child[]): HTMLElement {
  return h("p", { class: "message customer", part: "customer-message" }, spoken(strings.you), ...children);
}

function bot(event: BotEvent, context: Context): HTMLElement {
  const attributes = { class: "message bot", part: "bot-message", lang: "nl" };
  return h("div", attributes, spoken(context.strings.assistant), ...reply(event, context));
}

/** For a screen reader only: who says it. */
function spoken(who: string): HTMLElement {
  return h("span", { class: "spoken" }, who);
}

function choices({ buttons }: BotEvent, choose: (button: SignedButton) => void): HTMLElement[] {
  if (!buttons.length) return [];
  const made = buttons.map((button) =>
    h("button", { type: "button", class: "choice", part: "choice", onclick: () => choose(button) }, button.title),
  );
  return [h("div", { class: "choices", lang: "nl" }, ...made)];
}
