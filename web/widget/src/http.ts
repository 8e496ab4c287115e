// Requests to the channel, and its refusals.

/** A refusal by the server, with its sentence for the customer. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The conversation cannot be continued by this client. */
  get lost(): boolean {
    return this.code.startsWith("token_") || this.code.startsWith("conversation_") || this.code.startsWith("customer_");
  }
}

/** The reply; throws `Refusal` for a status that is not a success, and TypeError without a connection. */
export async function request(address: string, options: RequestInit): Promise<Response> {
  const reply = await fetch(address, { ...options, cache: "no-store", credentials: "omit" });
  if (!reply.ok) throw await refusal(reply);
  return reply;
}

async function refusal(reply: Response): Promise<Refusal> {
  try {
    const { error } = (await reply.json()) as { error: { code: string; message: string } };
    return new Refusal(reply.status, error.code, error.message);
  } catch {
    // Not our own server's answer, a proxy's perhaps.
    return new Refusal(reply.status >= 500 ? reply.status : 502, "unknown", "");
  }
}
