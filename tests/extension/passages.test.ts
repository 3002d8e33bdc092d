import assert from "node:assert/strict";
import { test } from "node:test";
import { passagesWorthAsking } from "../../extension/src/content/passages-worth-asking.js";
import {
  mergeAnswers,
  type Passage,
} from "../../extension/src/shared/merge-answers.js";
import type {
  Match,
  MatchAnswer,
  Span,
} from "../../extension/src/shared/match-answer.js";

test("a text without words is not asked about", () => {
  for (const text of ["", " \n\t ", "—…!?", "Hello, 1234"])
    assert.deepEqual(passagesWorthAsking(text), []);
});

test("a text of ordinary length is one passage", () => {
  const text = "A page with some words on it.";
  assert.deepEqual(passagesWorthAsking(text), [{ start: 0, text }]);
});

test("a long text is cut into passages that overlap, cover all, and split no character", () => {
  const text = "Words 😀 and 𝔸stral ones; ".repeat(40);
  const passages = passagesWorthAsking(text, null, 100, 20);
  let covered = 0;
  for (const { start, text: part } of passages) {
    assert.ok(part.length <= 100);
    assert.ok(part.isWellFormed());
    assert.equal(text.slice(start, start + part.length), part);
    assert.ok(start === 0 || covered - start >= 19);
    covered = start + part.length;
  }
  assert.equal(covered, text.length);
});

function answer(
  start: number,
  ...matches: [quote: string, coverage: number, ...spans: Span[]][]
): {
  passage: Passage;
  answer: MatchAnswer;
} {
  const read = matches.map(([quote, coverage, ...spans]): Match => ({
    quote,
    kind: "exact",
    spans,
    changes: [],
    coverage,
    speakerNamed: null,
  }));
  return {
    passage: { start, text: "" },
    answer: { revision: 1, matches: read, quotes: {}, complete: true },
  };
}

test("matches of several passages count in the page's text, each once and whole", () => {
  const merged = mergeAnswers(
    [
      answer(0, ["a", 1, [10, 20]], ["b", 1, [70, 80]], ["c", 0.4, [90, 100]]),
      answer(60, ["b", 1, [10, 20]], ["c", 1, [30, 55]], ["a", 1, [100, 110]]),
    ],
    "",
  );
  assert.deepEqual(
    merged.matches.map(({ quote, coverage, spans }) => [
      quote,
      coverage,
      spans,
    ]),
    [
      ["a", 1, [[10, 20]]],
      ["b", 1, [[70, 80]]],
      ["c", 1, [[90, 115]]],
      ["a", 1, [[160, 170]]],
    ],
  );
});

test("answers that hold more than any page are merged in part", () => {
  const many = Array.from(
    { length: 20_000 },
    (_, i): [string, number, Span] => ["a", 1, [2 * i, 2 * i + 1]],
  );
  const merged = mergeAnswers(
    [answer(0, ...many), answer(50_000, ...many)],
    "",
  );
  assert.ok(merged.matches.length > 1_000);
  assert.equal(merged.complete, false);
});
