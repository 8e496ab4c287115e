// A small safe part of Markdown: paragraphs, lists, **bold** and links with an allowed scheme. Everything else is text.

import { h } from "./dom";

const INLINE =
  /\*\*([^*\n]+)\*\*|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;
const ALLOWED = new Set(["https:", "http:", "mailto:", "tel:"]);
const ITEM = /^(?:-|\d+\.) +/;

/** The blocks of a text: paragraphs and lists. */
export function blocks(text: string): HTMLElement[] {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim())
    .flatMap(paragraphBlocks);
}

function paragraphBlocks(paragraph: string): HTMLElement[] {
  const made: HTMLElement[] = [];
  for (const line of paragraph.split("\n")) {
    const last = made[made.length - 1];
    const item = ITEM.exec(line);
    if (item) {
      const tag = line.startsWith("-") ? "ul" : "ol";
      const list = last?.localName === tag ? last : h(tag);
      if (list !== last) made.push(list);
      list.append(h("li", {}, ...inline(line.slice(item[0].length))));
    } else if (last?.localName === "p") {
      last.append(h("br"), ...inline(line));
    } else {
      made.push(h("p", {}, ...inline(line)));
    }
  }
  return made;
}

/** Text with bold and links. */
export function inline(raw: string): (Node | string)[] {
  // An amount is not to be broken after its sign.
  const text = raw.replace(/€ (?=\d)/g, "€\u00a0");
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(end, found.index), piece(found));
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}

function piece([whole, bold, label, target, address, mail]: RegExpMatchArray): Node | string {
  if (bold) return h("strong", {}, bold);
  return link(label ?? whole, target ?? address ?? `mailto:${mail}`) ?? whole;
}

/** A link, or null when its scheme is not allowed. */
export function link(label: string, target: string): HTMLAnchorElement | null {
  let scheme: string;
  try {
    scheme = new URL(target).protocol;
  } catch {
    return null;
  }
  if (!ALLOWED.has(scheme)) return null;
  const elsewhere = scheme.startsWith("http");
  return h("a", { href: target, ...(elsewhere && { target: "_blank", rel: "noopener noreferrer" }) }, label);
}
