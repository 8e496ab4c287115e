// The deadlines as a calendar file (RFC 5545).

export interface Deadline {
  name: string;
  /** How the moment counts: before it, or at the latest then. */
  limit: string;
  /** ISO 8601 with offset. */
  moment: string;
}

/** A calendar with one entry and a reminder for each deadline. */
export function calendar(deadlines: Deadline[], stamp: Date): string {
  const entries = deadlines.flatMap(({ name, moment }, index) => [
    "BEGIN:VEVENT",
    `UID:${utc(moment)}-${index}@lease-assistant`,
    `DTSTAMP:${utc(stamp.toISOString())}`,
    `DTSTART:${utc(moment)}`,
    `DTEND:${utc(moment)}`,
    `SUMMARY:${escaped(name)}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(name)}`,
    "TRIGGER:-PT3H",
    "END:VALARM",
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lease-assistant//widget//NL", ...entries, "END:VCALENDAR", ""].join("\r\n");
}

function utc(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
}
