import assert from "node:assert/strict";
import { test } from "node:test";
import { type Run, TextMap } from "../../extension/src/content/text-map.js";

/** Lay nodes one after the other into a text; "|" stands for a line break that no node holds. */
function lay(nodes: readonly string[]): {
  text: string;
  map: TextMap<{ data: string }>;
} {
  const starts: number[] = [];
  const runs: Run<{ data: string }>[] = [];
  let text = "";
  for (const data of nodes) {
    if (data !== "|") {
      starts.push(text.length);
      runs.push({ node: { data }, nodeStart: 0, text: data });
    }
    text += data === "|" ? "\n" : data;
  }
  return { text, map: new TextMap(starts, runs) };
}

const NODES = ["One ", "link", ", and", "|", "😀 astral", "|", "é", "x"];

test("every span maps to places that hold its text, and line breaks to none", () => {
  const { text, map } = lay(NODES);
  for (let start = 0; start <= text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) {
      const held = map
        .places([start, end])
        .map((place) => place.node.data.slice(place.start, place.end));
      assert.equal(
        held.join(""),
        text.slice(start, end).replaceAll("\n", ""),
        `[${start}, ${end})`,
      );
    }
  }
});

test("every offset that stands in a node comes back from there", () => {
  const { text, map } = lay(NODES);
  for (let offset = 0; offset < text.length; offset++) {
    const [place] = map.places([offset, offset + 1]);
    assert.equal(place === undefined, text[offset] === "\n");
    if (place) assert.equal(map.offsetOf(place.node, place.start), offset);
  }
});

test("a run may begin inside its node", () => {
  const node = "  abc";
  const map = new TextMap([5], [{ node, nodeStart: 2, text: "abc" }]);
  assert.deepEqual(map.places([0, 7]), [{ node, start: 2, end: 4 }]);
  assert.deepEqual(map.places([0, 5]), []);
  assert.equal(map.offsetOf(node, 3), 6);
  assert.equal(map.offsetOf(node, 1), null);
  assert.equal(map.offsetOf("another", 0), null);
});
