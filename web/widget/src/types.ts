// What comes from the server. See docs/widget.md and the message contract.

export interface Citation {
  document: string;
  article: string;
}

export interface SignedButton {
  title: string;
  signed: string;
}

/** A payload of the message contract; `type` says which. */
export interface Payload {
  type: string;
  citations?: Citation[];
  [field: string]: unknown;
}

export interface Quote extends Payload {
  method: "fixed_percentage" | "maximum" | "first_year";
  fee_eur: string | null;
  is_upper_bound: boolean;
  fixed_percentage_fee_eur: string | null;
  maximum_fee_eur: string | null;
  steps?: { text: string; citation: Citation }[];
}

export interface Assessment extends Payload {
  online_eligible: boolean;
  unknown_conditions?: string[];
  failed_conditions: string[];
  police_report_required: boolean;
  notify_before: string;
  form_due: string;
  police_report_due?: string | null;
}

export interface Handover extends Payload {
  contact: { phone: string; email: string };
}

interface Numbered {
  seq: number;
  /** The message that this belongs to, by the id that its sender gave it. */
  turn: string;
}

export interface BotEvent extends Numbered {
  kind: "bot";
  text: string;
  buttons: SignedButton[];
  custom: Payload | null;
}

export type ServerEvent =
  | BotEvent
  | (Numbered & { kind: "customer"; text: string })
  | (Numbered & { kind: "photo"; name: string })
  | (Numbered & { kind: "progress"; position: number | null; total: number | null })
  | (Numbered & { kind: "start" });

/** What opens a conversation, and the button that asks for a person. */
export interface Key {
  token: string;
  human: SignedButton;
}

export interface Article extends Citation {
  title: string;
  text: string;
}
