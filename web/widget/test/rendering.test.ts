// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { calendar } from "../src/calendar";
import { reply } from "../src/cards";
import { blocks, link } from "../src/markup";
import { SseParser } from "../src/sse";
import { stringsFor } from "../src/strings";
import { transcript } from "../src/transcript";
import type { BotEvent, Payload } from "../src/types";

const strings = stringsFor("nl");
const context = { strings, language: "nl", openArticle: () => {} };

function shown(text: string): string {
  const holder = document.createElement("div");
  holder.append(...blocks(text));
  return holder.innerHTML;
}

function bot(text: string, custom: Payload | null): HTMLElement {
  const event: BotEvent = { seq: 1, turn: "t", kind: "bot", text, buttons: [], custom };
  const holder = document.createElement("div");
  holder.append(...reply(event, context));
  return holder;
}

describe("text", () => {
  it("keeps HTML as text", () => {
    expect(shown('<img src=x onerror="alert(1)">')).not.toContain("<img");
    expect(shown("<b>x</b>")).toBe("<p>&lt;b&gt;x&lt;/b&gt;</p>");
  });

  it("knows paragraphs, lines, lists and bold", () => {
    expect(shown("een\ntwee\n\ndrie")).toBe("<p>een<br>twee</p><p>drie</p>");
    expect(shown("kop:\n- a\n- **b**")).toBe("<p>kop:</p><ul><li>a</li><li><strong>b</strong></li></ul>");
    expect(shown("1. a\n2. b")).toBe("<ol><li>a</li><li>b</li></ol>");
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "vbscript:x", "blob:x", "//x", "file:///etc/passwd"])(
    "does not link to %s",
    (target) => {
      expect(link("x", target)).toBeNull();
      expect(shown(`[x](${target})`)).not.toContain("<a");
    },
  );

  it("links to addresses and leaves the full stop outside", () => {
    expect(shown("zie https://example.nl/a.")).toContain('href="https://example.nl/a"');
    expect(shown("mail aan a.b@example.nl.")).toContain('<a href="mailto:a.b@example.nl">a.b@example.nl</a>.');
    expect(shown("[bel](tel:070)")).toContain('href="tel:070"');
  });

  it("does not let a link to elsewhere reach back", () => {
    expect(shown("https://example.nl")).toContain('rel="noopener noreferrer"');
  });

  it("keeps an amount together", () => {
    expect(blocks("€ 135")[0]!.textContent).toBe("€\u00a0135");
  });
});

const citations = [{ document: "AV", article: "3.16" }];
const quote = {
  type: "termination_quote",
  method: "maximum",
  fee_eur: "1800.00",
  is_upper_bound: false,
  fixed_percentage_fee_eur: "3360.00",
  maximum_fee_eur: "1800.00",
  steps: [{ text: "De laagste telt.", citation: citations[0] }],
  citations,
};

describe("the quote", () => {
  const text = "Uitkomst.\n\n1. De laagste telt. (AV 3.16)\n\nBron: Aanvullende Voorwaarden, artikel 3.16";

  it("shows the fee, each step with its article, and both methods", () => {
    const card = bot(text, quote).querySelector(".card")!;
    expect(card.querySelector(".outcome strong")!.textContent).toMatch(/€\s1\.800,00/);
    expect(card.querySelector(".steps li")!.textContent).toBe("De laagste telt. AV 3.16");
    expect([...card.querySelectorAll<HTMLElement>(".bar")].map((bar) => Math.round(parseFloat(bar.style.inlineSize)))).toEqual([100, 54]);
    expect(card.querySelector(".bars")!.textContent).toContain("Maximale vergoeding (laagste, dit telt)");
  });

  it("says nothing twice: the steps are in the card and the source is a link", () => {
    const all = bot(text, quote);
    expect(all.querySelectorAll("ol")).toHaveLength(1);
    expect(all.textContent!.match(/Bron:/g)).toHaveLength(1);
    expect(all.querySelector(".sources button")!.textContent).toBe("Aanvullende Voorwaarden, artikel 3.16");
  });

  it("names an upper bound and gives no amount in the first year", () => {
    const bound = { ...quote, is_upper_bound: true, maximum_fee_eur: null };
    expect(bot(text, bound).textContent).toContain("hoogstens");
    expect(bot(text, bound).querySelector(".bars")).toBeNull();
    const first = { ...quote, method: "first_year", fee_eur: null, fixed_percentage_fee_eur: null, maximum_fee_eur: null };
    expect(bot(text, first).querySelector(".outcome")!.textContent).not.toMatch(/\d/);
  });
});

const assessment = {
  type: "damage_assessment",
  online_eligible: true,
  failed_conditions: [] as string[],
  unknown_conditions: [] as string[],
  police_report_required: false,
  police_report_due: null as string | null,
  notify_before: "2026-03-29T01:30:00+01:00",
  form_due: "2026-03-31T03:30:00+02:00",
  citations: [],
};

describe("the assessment", () => {
  const text = "U kunt deze schade online melden.\n\nWat u nu doet:\n- Meld het.\n- Vul het formulier in.\n\nOnder nummer S-26-7K3F-9QXM.";

  it("stands where the text has what it shows", () => {
    const parts = [...bot(text, assessment).children].filter((part) => part.className !== "spoken");
    expect(parts.map((part) => part.className || part.textContent)).toEqual([
      "U kunt deze schade online melden.",
      "card",
      "Onder nummer S-26-7K3F-9QXM.",
    ]);
  });

  it("turns what to do into boxes to tick, and shows the deadlines in Dutch time", () => {
    const card = bot(text, assessment).querySelector(".card")!;
    expect([...card.querySelectorAll("label")].map((label) => label.textContent)).toEqual(["Meld het.", "Vul het formulier in."]);
    expect([...card.querySelectorAll("time")].map((time) => time.textContent)).toEqual([
      expect.stringContaining("29 maart om 01:30"),
      expect.stringContaining("31 maart om 03:30"),
    ]);
    expect([...card.querySelectorAll("dd")].map((limit) => limit.textContent!.split(" ")[0])).toEqual(["vóór", "uiterlijk"]);
    expect(bot(text, assessment).textContent!.match(/Meld het\./g)).toHaveLength(1);
  });

  it.each([
    [{ online_eligible: true }, "Online melden kan"],
    [{ online_eligible: false, failed_conditions: ["injury"] }, "Online melden kan niet"],
    [{ online_eligible: false, unknown_conditions: ["amount"] }, "Online melden staat nog niet vast"],
  ])("says whether it can be done online: %j", (change, label) => {
    expect(bot(text, { ...assessment, ...change }).querySelector(".badge")!.textContent).toBe(label);
  });

  it("adds the police report when there has to be one", () => {
    const police = { ...assessment, police_report_due: "2026-03-29T03:30:00+02:00" };
    expect(bot(text, police).querySelectorAll("dt")).toHaveLength(3);
  });
});

describe("a payload of a kind that is not known yet", () => {
  it("leaves the text as it is", () => {
    expect(bot("Tekst.", { type: "something_new", fee_eur: "<b>" }).innerHTML).toBe("<p>Tekst.</p>");
  });
});

describe("the calendar", () => {
  it("has each deadline in UTC, with lines and commas as the format wants them", () => {
    const file = calendar([{ name: "Schade melden, nu", limit: "vóór", moment: "2026-03-29T03:30:00+02:00" }], new Date("2026-03-28T00:00:00Z"));
    expect(file).toContain("DTSTART:20260329T013000Z\r\n");
    expect(file).toContain("SUMMARY:Schade melden\\, nu\r\n");
    expect(file.split("\r\n").filter((line) => line.includes("\n"))).toEqual([]);
  });
});

describe("the stream", () => {
  it("puts events together wherever they were cut", () => {
    const stream = 'id: 1\ndata: {"a":"é"}\n\n: still here\n\nevent: typing\ndata: true\n\n';
    for (let cut = 0; cut <= stream.length; cut++) {
      const parser = new SseParser();
      expect([...parser.feed(stream.slice(0, cut)), ...parser.feed(stream.slice(cut))]).toEqual([
        { event: "message", data: '{"a":"é"}' },
        { event: "typing", data: "true" },
      ]);
    }
  });
});

describe("the strings", () => {
  it("are Dutch unless the language is English", () => {
    expect(stringsFor("de").send).toBe("Verstuur");
    expect(stringsFor("en-GB").send).toBe("Send");
  });

  it("have an English word for every Dutch one", () => {
    const same = Object.entries(stringsFor("en")).filter(([name, word]) => word === strings[name as keyof typeof strings]);
    expect(same.map(([name]) => name)).toEqual(["document", "articleShort"]);
  });
});

describe("the transcript", () => {
  it("says who said what", () => {
    const events = [
      { seq: 1, turn: "a", kind: "customer" as const, text: "Hoi" },
      { seq: 2, turn: "a", kind: "bot" as const, text: "Dag", buttons: [], custom: null },
      { seq: 3, turn: "a", kind: "progress" as const, position: 1, total: 2 },
    ];
    expect(transcript(events, strings)).toBe("U: Hoi\n\nAssistent: Dag\n");
  });
});
