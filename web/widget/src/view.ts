// The widget's fixed parts: launcher, panel, log, input and dialog.

import { h } from "./dom";
import type { Strings } from "./strings";

const ICONS = {
  chat: "M4 4h16v12H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  photo: "M4 8h4l2-3h4l2 3h4v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  send: "M4 12h15M13 6l6 6-6 6",
};

function icon(name: keyof typeof ICONS): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export interface View {
  launcher: HTMLButtonElement;
  panel: HTMLElement;
  heading: HTMLElement;
  close: HTMLButtonElement;
  human: HTMLButtonElement;
  download: HTMLButtonElement;
  clear: HTMLButtonElement;
  progress: HTMLElement;
  bar: HTMLProgressElement;
  log: HTMLElement;
  waiting: HTMLElement;
  typing: HTMLElement;
  status: HTMLElement;
  error: HTMLElement;
  form: HTMLFormElement;
  box: HTMLTextAreaElement;
  photo: HTMLButtonElement;
  file: HTMLInputElement;
  dialog: HTMLDialogElement;
}

/** All parts, not yet connected to anything. */
export function makeView(strings: Strings): View {
  const tool = (shown: string, name = shown) => h("button", { type: "button", class: "tool", "aria-label": name }, shown);
  const view = {
    launcher: h("button", { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false", "aria-controls": "panel" }, icon("chat"), strings.launch),
    heading: h("h2", { id: "title", tabindex: "-1" }, strings.title),
    close: h("button", { type: "button", class: "icon", "aria-label": strings.close }, icon("close")),
    human: tool(strings.human),
    download: tool(strings.downloadShort, strings.download),
    clear: tool(strings.clearShort, strings.clear),
    progress: h("p", { class: "progress-text" }),
    bar: h("progress", { "aria-labelledby": "progress", hidden: true }),
    log: h("div", { class: "log", part: "log", role: "log", "aria-label": strings.conversation, tabindex: "0" }),
    waiting: h("div", { class: "waiting" }),
    typing: h("p", { class: "typing", role: "status" }),
    status: h("p", { class: "status", role: "status" }),
    error: h("p", { class: "error", role: "alert" }),
    box: h("textarea", { id: "box", rows: "1", enterkeyhint: "send", "aria-describedby": "hint" }),
    photo: h("button", { type: "button", class: "icon", "aria-label": strings.photo, title: strings.photo }, icon("photo")),
    file: h("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic", hidden: true, multiple: true, "aria-label": strings.photo, tabindex: "-1" }),
    dialog: h("dialog", { part: "dialog", "aria-labelledby": "dialog-title" }),
  };
  view.progress.id = "progress";
  const send = h("button", { type: "submit", class: "icon send", part: "send", "aria-label": strings.send }, icon("send"));
  const form = h(
    "form",
    { part: "form", autocomplete: "off" },
    view.error,
    h("label", { for: "box" }, strings.message),
    h("div", { class: "row" }, view.photo, view.box, send),
    view.file,
    h("p", { id: "hint", class: "hint" }, strings.hint),
  );
  const panel = h(
    "section",
    { id: "panel", class: "panel", part: "panel", "aria-labelledby": "title", hidden: true },
    h("header", { part: "header" }, h("div", { class: "titles" }, view.heading, h("p", {}, strings.automated)), view.close),
    h("div", { class: "tools" }, view.human, view.download, view.clear),
    h("div", { class: "progress", role: "status" }, view.progress, view.bar),
    h("div", { class: "scroll" }, view.log, view.waiting, view.typing),
    view.status,
    form,
  );
  return { ...view, panel, form };
}
