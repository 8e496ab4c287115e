// The conversation as a text to keep.

import type { Strings } from "./strings";
import type { ServerEvent } from "./types";

/** Who said what, in order, with an empty line between. */
export function transcript(events: ServerEvent[], strings: Strings): string {
  return `${events.map((event) => line(event, strings)).filter(Boolean).join("\n\n")}\n`;
}

function line(event: ServerEvent, strings: Strings): string {
  if (event.kind === "bot") return strings.assistant + event.text;
  if (event.kind === "customer") return strings.you + event.text;
  return event.kind === "photo" ? strings.you + strings.photoAdded(event.name) : "";
}
