import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswer } from "../../extension/src/shared/match-answer.js";

const CHECK = {
  verdict: { label: "Pants on Fire", rating: "false" },
  publisher: "Tide Check",
  summary: "It rose.",
  url: "https://tidecheck.example/sea",
};
const ANSWER = {
  revision: 3,
  offsets: "utf16",
  matches: [
    {
      quote: "q",
      kind: "altered",
      spans: [[0, 4]],
      changes: [{ checked: "a", page: "b", guard: "number" }],
      coverage: 1,
    },
  ],
  quotes: {
    q: {
      text: "The sea",
      checks: [CHECK],
      speaker: { name: "Ada", role: null },
    },
  },
};

function withCheck(check: object): unknown {
  return {
    ...ANSWER,
    quotes: { q: { ...ANSWER.quotes.q, checks: [{ ...CHECK, ...check }] } },
  };
}

test("an answer is read into our words", () => {
  const answer = readAnswer(ANSWER, 10);
  assert.deepEqual(answer?.matches[0]?.changes, [
    { checked: "a", page: "b", guard: "number" },
  ]);
  assert.deepEqual(answer.quotes.q?.speaker, { name: "Ada", role: null });
  assert.equal(answer.complete, true);
  assert.equal(readAnswer({ ...ANSWER, complete: false }, 10)?.complete, false);
});

test("what is no answer is none", () => {
  for (const value of [
    null,
    1,
    "x",
    [],
    {},
    { ...ANSWER, offsets: "codepoint" },
    { ...ANSWER, matches: {} },
  ]) {
    assert.equal(readAnswer(value, 10), null);
  }
});

test("matches with spans outside of the text, or of quotes that are not told, are left out", () => {
  for (const spans of [
    [],
    [[0, 11]],
    [[-1, 3]],
    [[3, 3]],
    [[1.5, 3]],
    [["0", 3]],
    "0-3",
  ]) {
    assert.deepEqual(
      readAnswer({ ...ANSWER, matches: [{ ...ANSWER.matches[0], spans }] }, 10)
        ?.matches,
      [],
    );
  }
  for (const quote of ["other", "__proto__", "constructor"]) {
    assert.deepEqual(
      readAnswer({ ...ANSWER, matches: [{ ...ANSWER.matches[0], quote }] }, 10)
        ?.matches,
      [],
    );
  }
});

test("only https addresses become links", () => {
  for (const url of [
    "javascript:alert(1)",
    "http://tidecheck.example/",
    "data:text/html,x",
    "no address",
    7,
    null,
  ]) {
    assert.equal(
      readAnswer(withCheck({ url }), 10)?.quotes.q?.checks[0].url,
      null,
    );
  }
  assert.equal(
    readAnswer(withCheck({}), 10)?.quotes.q?.checks[0].url,
    CHECK.url,
  );
});

test("a rating of a later version keeps its label, in the plainest look", () => {
  const check = readAnswer(
    withCheck({ verdict: { label: "Brandneu", rating: "brand_new" } }),
    10,
  )?.quotes.q?.checks[0];
  assert.deepEqual([check?.label, check?.rating], ["Brandneu", "unrated"]);
});

test("of more than any page holds a part is read, and the rest told as unsearched", () => {
  const [match] = ANSWER.matches;
  const spans = Array.from({ length: 10 }, () => [0, 4]);
  const matches = Array.from({ length: 50_000 }, () => ({ ...match, spans }));
  const answer = readAnswer({ ...ANSWER, matches }, 10);
  assert.ok((answer?.matches.length ?? 0) > 100);
  assert.ok((answer?.matches.length ?? 0) < 1_000);
  assert.equal(answer?.complete, false);
});
