// What outlives a page: the key to the conversation (for all tabs), and messages not yet delivered (this tab's own).

import type { Key } from "./types";

/** A message that the server has not confirmed. `id` makes sure that a second try is not a second message. */
export interface Outgoing {
  id: string;
  shown: string;
  text?: string;
  button?: string;
  /** Asks for a person: with the button of whatever conversation there is by the time it is sent. */
  human?: true;
}

export interface Memory {
  key: Key | null;
  outbox: Outgoing[];
}

/** Browsers can forbid storage; then the conversation lasts as long as the page. */
export class Keeper {
  constructor(private readonly name: string) {}

  load(): Memory {
    return { key: read(() => localStorage, this.name) as Key | null, outbox: (read(() => sessionStorage, this.name) as Outgoing[]) ?? [] };
  }

  saveKey(key: Key | null): void {
    write(() => localStorage, this.name, key);
  }

  saveOutbox(outbox: Outgoing[]): void {
    write(() => sessionStorage, this.name, outbox.length ? outbox : null);
  }
}

function read(storage: () => Storage, name: string): unknown {
  try {
    return JSON.parse(storage().getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function write(storage: () => Storage, name: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, JSON.stringify(value));
  } catch {
    // Forbidden or full: nothing to be done, and nothing that the customer needs to know.
  }
}
