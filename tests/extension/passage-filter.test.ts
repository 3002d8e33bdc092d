import assert from "node:assert/strict";
import { test } from "node:test";
import { FOLDING_VERSION } from "../../extension/src/filter/folding.js";
import { PassageFilter } from "../../extension/src/filter/passage-filter.js";

const HEADER = [
  ...Buffer.from("QMPF"),
  1,
  0,
  FOLDING_VERSION,
  0,
  ...Array<number>(8).fill(7),
];
/** Four bits, no entries, and of each of sixteen buckets that it has none. */
const EMPTY_SECTION = [4, 0, 0, 0, 0, 0, 0, 0, ...Array<number>(16).fill(0)];

function filterOf(sections: number): ArrayBuffer {
  const all = Array<number[]>(sections).fill(EMPTY_SECTION).flat();
  return new Uint8Array([...HEADER, ...all]).buffer;
}

test("a filter has a base and what came later, and no more", () => {
  for (const sections of [0, 1, 2])
    assert.equal(
      PassageFilter.read(filterOf(sections))?.base,
      "0707070707070707",
    );
  assert.equal(PassageFilter.read(filterOf(3)), null);
});

test("what came later is one part", () => {
  const whole = PassageFilter.read(filterOf(2));
  assert.ok(whole);
  assert.ok(whole.withLater(filterOf(0)));
  assert.ok(whole.withLater(filterOf(1)));
  assert.equal(whole.withLater(filterOf(2)), null);
});
