// The two dialogs: an article's summary, and the question before deleting. The browser keeps the focus inside.

import type { Client } from "./client";
import { type Child, h } from "./dom";
import { blocks } from "./markup";
import type { Strings } from "./strings";
import type { Citation } from "./types";

/** Show the summary of an article; resolves when it is closed. */
export async function openArticle(dialog: HTMLDialogElement, client: Client, citation: Citation, strings: Strings): Promise<void> {
  const back = h("button", { type: "button", class: "choice", onclick: () => dialog.close() }, strings.back);
  try {
    const { document, article, title, text } = await client.article(citation.document, citation.article);
    const name = strings.document[document] ?? document;
    const body = h("div", { lang: "nl" }, h("p", { class: "soft" }, `${name}, ${strings.article(article)}`), ...blocks(text));
    await show(dialog, title, body, h("p", { class: "soft" }, strings.summary), back);
  } catch {
    await show(dialog, strings.source, h("p", {}, strings.articleFailed), back);
  }
}

/** Ask before deleting; resolves to the answer. */
export async function askToClear(dialog: HTMLDialogElement, strings: Strings): Promise<boolean> {
  const answer = (label: string, value: string) =>
    h("button", { type: "button", class: "choice", onclick: () => dialog.close(value) }, label);
  const choices = h("div", { class: "choices" }, answer(strings.cancel, ""), answer(strings.clearYes, "yes"));
  return (await show(dialog, strings.clear, h("p", {}, strings.clearQuestion), choices)) === "yes";
}

function show(dialog: HTMLDialogElement, title: string, ...children: Child[]): Promise<string> {
  dialog.replaceChildren(h("h2", { id: "dialog-title" }, title), ...(children.filter(Boolean) as Node[]));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
