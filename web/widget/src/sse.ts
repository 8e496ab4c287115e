// Server-sent events read from a fetch: unlike EventSource this can send the token in a header instead of the address.

export interface Sent {
  event: string;
  data: string;
}

/** Takes the stream apart; a piece may end anywhere. */
export class SseParser {
  private rest = "";

  /** The events that are complete after this piece. */
  feed(piece: string): Sent[] {
    const parts = (this.rest + piece).split("\n\n");
    this.rest = parts.pop() ?? "";
    return parts.map(parse).filter((sent) => sent.data !== "");
  }
}

function parse(block: string): Sent {
  const sent = { event: "message", data: "" };
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) sent.event = line.slice(7);
    if (line.startsWith("data: ")) sent.data += line.slice(6);
  }
  return sent;
}
