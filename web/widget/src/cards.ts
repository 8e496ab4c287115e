// Cards for the payloads of the message contract.

import { calendar, type Deadline } from "./calendar";
import { type Child, download, h } from "./dom";
import { blocks, inline, link } from "./markup";
import type { Strings } from "./strings";
import type { Assessment, BotEvent, Citation, Handover, Payload, Quote } from "./types";

export interface Context {
  strings: Strings;
  language: string;
  openArticle(citation: Citation, opener: HTMLElement): void;
}

/** A reply: its text, with the card in place of what it shows better, and its sources. */
export function reply(event: BotEvent, context: Context): HTMLElement[] {
  const { custom } = event;
  const cited = custom?.citations ?? [];
  const parts = blocks(event.text).filter((block) => !(cited.length && block.textContent!.startsWith("Bron: ")));
  const card = custom && cardFor(custom, event.text, context);
  return [...(card ? withCard(parts, card, custom) : parts), ...(cited.length ? [sources(cited, context)] : [])];
}

function withCard(parts: HTMLElement[], card: HTMLElement, custom: Payload): HTMLElement[] {
  const first = parts.findIndex((block) => shownByCard(block, custom));
  const place = first < 0 ? parts.length : first;
  return [...parts.slice(0, place), card, ...parts.slice(place).filter((block) => !shownByCard(block, custom))];
}

function shownByCard(block: HTMLElement, custom: Payload): boolean {
  if (custom.type === "termination_quote") return block.localName === "ol" && !!(custom as Quote).steps?.length;
  if (custom.type === "damage_assessment") return block.localName === "ul" || block.textContent!.trim().endsWith("nu doet:");
  return false;
}

function cardFor(custom: Payload, text: string, context: Context): HTMLElement | null {
  switch (custom.type) {
    case "termination_quote":
      return quoteCard(custom as Quote, context);
    case "damage_assessment":
      return damageCard(custom as Assessment, text, context);
    case "handover":
      return contactCard(custom as Handover, context);
    default:
      return null;
  }
}

function card(title: string, ...children: Child[]): HTMLElement {
  return h("div", { class: "card", part: "card", role: "group", "aria-label": title }, ...children);
}

/** Links to the articles an answer rests on. */
function sources(citations: Citation[], context: Context): HTMLElement {
  const { strings } = context;
  const links = citations.map((citation) => {
    const document = strings.document[citation.document] ?? citation.document;
    return h("li", {}, articleLink(`${document}, ${strings.article(citation.article)}`, citation, context));
  });
  return h("div", { class: "sources" }, h("span", {}, strings.source), h("ul", {}, ...links));
}

function articleLink(label: string, citation: Citation, context: Context): HTMLElement {
  const opener: HTMLElement = h(
    "button",
    { type: "button", class: "link", "aria-haspopup": "dialog", onclick: () => context.openArticle(citation, opener) },
    label,
  );
  return opener;
}

function quoteCard(quote: Quote, context: Context): HTMLElement {
  const { strings } = context;
  const steps = (quote.steps ?? []).map(({ text, citation }) =>
    h("li", {}, ...inline(text), " ", articleLink(strings.articleShort(citation.document, citation.article), citation, context)),
  );
  return card(
    strings.fee,
    quote.fee_eur === null
      ? h("p", { class: "outcome" }, strings.feeUnknown)
      : h("p", { class: "outcome" }, quote.is_upper_bound ? strings.feeAtMost : strings.fee, " ", h("strong", {}, euro(quote.fee_eur, context))),
    steps.length > 0 && h("h3", {}, strings.calculation),
    steps.length > 0 && h("ol", { class: "steps" }, ...steps),
    comparison(quote, context),
  );
}

/** Both methods as bars; the lengths only repeat what the amounts say. */
function comparison(quote: Quote, context: Context): HTMLElement | null {
  if (quote.fixed_percentage_fee_eur === null || quote.maximum_fee_eur === null) return null;
  const { strings } = context;
  const highest = Math.max(Number(quote.fixed_percentage_fee_eur), Number(quote.maximum_fee_eur), 1);
  const row = (name: string, amount: string, counts: boolean) => {
    const bar = h("span", { class: counts ? "bar counts" : "bar", "aria-hidden": "true" });
    // Set by script: a strict content security policy forbids the style attribute.
    bar.style.inlineSize = `${(Number(amount) / highest) * 100}%`;
    return h("li", {}, h("span", {}, name, counts && ` (${strings.lowest})`), h("span", { class: "amount" }, euro(amount, context)), h("span", { class: "track" }, bar));
  };
  return h(
    "div",
    {},
    h("h3", {}, strings.comparison),
    h(
      "ul",
      { class: "bars" },
      row(strings.fixed, quote.fixed_percentage_fee_eur, quote.method === "fixed_percentage"),
      row(strings.maximum, quote.maximum_fee_eur, quote.method === "maximum"),
    ),
  );
}

function damageCard(assessment: Assessment, text: string, context: Context): HTMLElement {
  const { strings } = context;
  const deadlines: Deadline[] = [
    // "Within 24 hours" is before that moment; the others may be in at that moment.
    { name: strings.notify, limit: strings.before, moment: assessment.notify_before },
    { name: strings.form, limit: strings.atTheLatest, moment: assessment.form_due },
  ];
  if (assessment.police_report_due)
    deadlines.push({ name: strings.police, limit: strings.atTheLatest, moment: assessment.police_report_due });
  const [state, label] = onlineState(assessment, strings);
  const save = () => download(strings.calendarName, "text/calendar", calendar(deadlines, new Date()));
  return card(
    strings.damage,
    h("p", { class: `badge ${state}` }, label),
    h("h3", {}, strings.checklist),
    h("ul", { class: "checklist" }, ...checklist(text)),
    h("h3", {}, strings.deadlines),
    h("dl", {}, ...deadlines.flatMap((deadline) => deadlineRow(deadline, context))),
    h("button", { type: "button", class: "choice", onclick: save }, strings.calendar),
  );
}

function onlineState(assessment: Assessment, strings: Strings): [string, string] {
  if (assessment.online_eligible) return ["yes", strings.online];
  if (assessment.failed_conditions.length || !assessment.unknown_conditions?.length) return ["no", strings.notOnline];
  return ["unsure", strings.uncertainOnline];
}

/** The list of the text, each item with a box to tick; the ticks are the customer's own and are not sent. */
function checklist(text: string): HTMLElement[] {
  const items = blocks(text).filter((block) => block.localName === "ul").flatMap((list) => [...list.children]);
  return items.map((item) => h("li", {}, h("label", {}, h("input", { type: "checkbox" }), h("span", {}, ...item.childNodes))));
}

function deadlineRow({ name, limit, moment }: Deadline, context: Context): HTMLElement[] {
  const past = Date.parse(moment) < Date.now();
  const shown = new Intl.DateTimeFormat(context.language, {
    weekday: "short",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Europe/Amsterdam",
  }).format(new Date(moment));
  return [
    h("dt", {}, name),
    h("dd", past ? { class: "past" } : {}, `${limit} `, h("time", { datetime: moment }, shown), past && ` (${context.strings.passed})`),
  ];
}

function contactCard({ contact }: Handover, { strings }: Context): HTMLElement {
  return card(
    strings.human,
    h(
      "p",
      { class: "contacts" },
      link(`${strings.call} ${contact.phone}`, `tel:${contact.phone.replace(/[^\d+]/g, "")}`),
      link(`${strings.mail} ${contact.email}`, `mailto:${contact.email}`),
    ),
  );
}

function euro(amount: string, { language }: Context): string {
  return new Intl.NumberFormat(language, { style: "currency", currency: "EUR" }).format(Number(amount));
}
