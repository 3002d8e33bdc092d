import assert from "node:assert/strict";
import { test } from "node:test";
import { fewSpans } from "../../extension/src/filter/few-spans.js";
import type { Span } from "../../extension/src/shared/match-answer.js";

test("passages stay as they are while they are few", () => {
  const spans = [
    [0, 10],
    [20, 30],
  ] as const;
  assert.deepEqual(fewSpans(spans, 2), spans);
  assert.deepEqual(fewSpans([], 2), []);
});

test("too many passages are joined where the least lies between them", () => {
  const spans = [
    [0, 10],
    [40, 50],
    [55, 60],
    [61, 70],
    [99, 100],
  ] as const;
  assert.deepEqual(fewSpans(spans, 3), [
    [0, 10],
    [40, 70],
    [99, 100],
  ]);
  assert.deepEqual(fewSpans(spans, 1), [[0, 100]]);
});

test("any passages are joined as by joining two at a time", () => {
  let seed = 26;
  const draw = (below: number): number =>
    (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 500; round++) {
    let end = 0;
    const spans = Array.from({ length: draw(30) }, (): Span => {
      const start = end + draw(6);
      return [start, (end = start + 1 + draw(9))];
    });
    const most = 1 + draw(9);
    assert.deepEqual(fewSpans(spans, most), oneByOne(spans, most));
  }
});

test("a hundred thousand passages are joined at once", () => {
  const spans = Array.from({ length: 100_000 }, (_, at): Span => [
    9 * at,
    9 * at + 4,
  ]);
  assert.equal(fewSpans(spans, 8).length, 8);
});

function oneByOne(spans: readonly Span[], most: number): Span[] {
  const few = [...spans];
  while (few.length > most) {
    const gaps = few.slice(1).map(([start], at) => start - (few[at]?.[1] ?? 0));
    const at = gaps.indexOf(Math.min(...gaps));
    const [first, second] = few.slice(at, at + 2);
    if (first && second) few.splice(at, 2, [first[0], second[1]]);
  }
  return few;
}
