import assert from "node:assert/strict";
import { test } from "node:test";
import {
  withoutWords,
  withWords,
} from "../../extension/src/background/kept-answer.js";
import type { MatchAnswer } from "../../extension/src/shared/match-answer.js";

const TEXT =
  "He said: we firmly oppose it, we firmly oppose it and do not regret it. Other words of a private page.";

function answer(pages: string[]): MatchAnswer {
  return {
    revision: 7,
    complete: true,
    quotes: {},
    matches: [
      {
        quote: "q_1",
        kind: "altered",
        spans: [
          [9, 28],
          [30, 70],
        ],
        coverage: 1,
        speakerNamed: true,
        changes: pages.map((page) => ({
          checked: "strongly reject",
          page,
          guard: null,
        })),
      },
    ],
  };
}

test("an answer is kept without the page's words and given back with them", () => {
  const given = answer(["firmly oppose", "firmly oppose", "", "do not regret"]);
  const kept = withoutWords(given, TEXT);
  assert.ok(kept);
  assert.doesNotMatch(JSON.stringify(kept), /firmly|regret/);
  assert.deepEqual(
    kept.matches[0]?.changes.map(({ page }) => page),
    [[12, 25], [33, 46], null, [54, 67]],
  );
  assert.deepEqual(withWords(kept, TEXT), given);
});

test("words that are nowhere in the match are not kept at all", () => {
  assert.equal(withoutWords(answer(["Other words"]), TEXT), null);
  assert.equal(
    withoutWords(answer(["do not regret", "firmly oppose"]), TEXT),
    null,
  );
});
