import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compareWords } from "../../extension/src/content/compare-words.js";
import { explain } from "../../extension/src/content/explain.js";
import { locateChanges } from "../../extension/src/content/locate-changes.js";
import type {
  Change,
  Match,
  Quote,
} from "../../extension/src/shared/match-answer.js";

const texts = JSON.parse(
  readFileSync("_locales/en/messages.json", "utf8"),
) as Record<string, { message: string }>;
const english = {
  tag: "en",
  say: (key: string, ...given: string[]) =>
    (texts[key]?.message ?? assert.fail(`no text ${key}`)).replace(
      /\$(\d)/g,
      (_all, n) => given[Number(n) - 1] ?? "",
    ),
};

const QUOTE: Quote = {
  text: "The sea has not risen by 12 millimetres",
  language: "en",
  saidOn: "2024-05-17",
  speaker: { name: "Ada Marlowe", role: "Minister" },
  checks: [
    {
      label: "Pants on Fire",
      rating: "false",
      publisher: "Tide Check",
      title: "",
      summary: "It rose.",
      url: "https://tidecheck.example/sea?from=feed",
      publishedOn: "2024-05-19",
    },
  ],
};
const MATCH: Match = {
  quote: "q",
  kind: "exact",
  spans: [[0, 4]],
  changes: [],
  coverage: 1,
  speakerNamed: true,
};

function explained(
  match: Partial<Match>,
  page = QUOTE.text,
  address = "https://news.example/",
): ReturnType<typeof explain> {
  return explain({ ...MATCH, ...match }, QUOTE, [page], address, english);
}

test("an exact match says who rated what and who said it, and compares nothing", () => {
  const { label, labelNote, ratedBy, attribution, comparison, caution, link } =
    explained({});
  assert.deepEqual([label, labelNote], ["Pants on Fire", "false"]);
  assert.equal(ratedBy, "Rated by Tide Check, May 19, 2024");
  assert.equal(attribution, "Ada Marlowe, Minister, May 17, 2024");
  assert.equal(comparison, null);
  assert.equal(caution, "This marks the quote, not this article.");
  assert.deepEqual(link, {
    text: "Read the full check at Tide Check",
    url: "https://tidecheck.example/sea?from=feed",
  });
});

const GUARDED: [Change, string][] = [
  [
    { checked: "has not risen", page: "has risen", guard: "negation" },
    "Meaning may be reversed. This page says “has risen”; the checked quote says “has not risen”.",
  ],
  [
    { checked: "", page: "not", guard: "negation" },
    "Meaning may be reversed. This page adds “not”.",
  ],
  [
    { checked: "not", page: "", guard: "negation" },
    "Meaning may be reversed. This page leaves out “not”.",
  ],
  [
    { checked: "12", page: "21", guard: "number" },
    "Another number. This page says “21”; the checked quote says “12”.",
  ],
  [
    { checked: "", page: "in the last 12 years", guard: "number" },
    "A number was added. This page adds “in the last 12 years”.",
  ],
  [
    { checked: "by 12 millimetres", page: "", guard: "number" },
    "A number was left out. This page leaves out “by 12 millimetres”.",
  ],
  [
    { checked: "Ada", page: "Eve", guard: "name" },
    "Another name. This page says “Eve”; the checked quote says “Ada”.",
  ],
];

test("a change that can turn the meaning is a warning, and takes the rating's look away", () => {
  for (const [change, warning] of GUARDED) {
    const { warnings, look, labelNote } = explained({
      kind: "altered",
      changes: [change],
    });
    assert.deepEqual(warnings, [warning]);
    assert.equal(look, "unrated");
    assert.equal(labelNote, "for the checked quote, not for these words");
  }
  assert.deepEqual(
    explained({
      kind: "altered",
      changes: [{ checked: "sea", page: "ocean", guard: null }],
    }).warnings,
    [],
  );
});

test("a speaker whom the page does not name is doubted", () => {
  assert.equal(
    explained({ speakerNamed: false }).speakerDoubt,
    "This page does not name Ada Marlowe.",
  );
  assert.equal(explained({ speakerNamed: null }).speakerDoubt, null);
});

test("the check itself is known by its address", () => {
  const own = explained({}, QUOTE.text, "https://tidecheck.example/sea/#top");
  assert.equal(own.caution, "This page is the fact-check itself.");
});

test("words are compared one by one; case, marks and accents don't count", () => {
  assert.deepEqual(
    compareWords("China strongly rejects it", ["CHINA “firmly opposes” it!"]),
    [
      { where: "both", text: "CHINA " },
      { where: "checked", text: "strongly rejects " },
      { where: "page", text: "“firmly opposes” " },
      { where: "both", text: "it!" },
    ],
  );
  assert.deepEqual(compareWords("a naïve – café", ["a naive cafe"]), [
    { where: "both", text: "a naïve – café" },
  ]);
  assert.deepEqual(compareWords("漢字は", ["漢語は"]), [
    { where: "both", text: "漢" },
    { where: "checked", text: "字" },
    { where: "page", text: "語" },
    { where: "both", text: "は" },
  ]);
});

test("pieces are shown where they stand in the checked words", () => {
  assert.deepEqual(
    compareWords("Our world is not one. Our world is two.", [
      "our world is two",
    ]),
    [
      { where: "checked", text: "Our world is not one. " },
      { where: "both", text: "Our world is two." },
    ],
  );
  assert.deepEqual(compareWords("a b c d e", ["a b", "d"]), [
    { where: "both", text: "a b " },
    { where: "checked", text: "c " },
    { where: "both", text: "d " },
    { where: "checked", text: "e" },
  ]);
});

test("a comparison keeps every word of both texts", () => {
  const words = ["the", "sea", "has", "not", "risen", "by", "much"];
  for (let seed = 1; seed < 300; seed++) {
    const pick = (salt: number): string =>
      Array.from(
        { length: (seed * salt) % 9 },
        (_, i) => words[(seed * salt * (i + 3)) % words.length],
      ).join(" ");
    const [checked, page] = [pick(5), pick(7)];
    const segments = compareWords(checked, [page]) ?? [];
    const kept = (side: string): string =>
      segments
        .map(({ where, text }) =>
          where === "both" || where === side ? text.trim() : "",
        )
        .filter(Boolean)
        .join(" ");
    assert.equal(kept("checked"), checked);
    assert.equal(kept("page"), page);
  }
});

test("the date stays whole beside a speaker's name from right to left", () => {
  const quote = { ...QUOTE, speaker: { name: "עדה מרלו", role: "שרת הנמלים" } };
  const { attribution } = explain(MATCH, quote, [QUOTE.text], "", {
    ...english,
    tag: "de",
  });
  assert.equal(attribution, "עדה מרלו, שרת הנמלים, \u206817. Mai 2024\u2069");
});

test("texts too long to compare are not compared", () => {
  assert.equal(
    compareWords("word ".repeat(1_001), ["word ".repeat(1_000)]),
    null,
  );
});

test("changed words are located inside the spans, one after the other", () => {
  const text = "no more. no and no";
  assert.deepEqual(
    locateChanges(
      text,
      [[9, 18]],
      [
        { checked: "yes", page: "no", guard: null },
        { checked: "yes", page: "no", guard: null },
        { checked: "x", page: "", guard: null },
        { checked: "x", page: "absent", guard: null },
      ],
    ),
    [
      [9, 11],
      [16, 18],
    ],
  );
});
