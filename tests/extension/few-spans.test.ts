import assert from "node:assert/strict";
import { test } from "node:test";
import { fewSpans } from "../../extension/src/filter/few-spans.js";

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
