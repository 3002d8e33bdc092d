import assert from "node:assert/strict";
import { test } from "node:test";
import { type Piece, TextMap } from "../../extension/src/content/text-map.js";

/** Lay nodes one after the other into a text; "|" stands for a line break that no node holds. */
function lay(nodes: readonly string[]): { text: string; map: TextMap<string> } {
  const pieces: Piece<string>[] = [];
  let text = "";
  for (const node of nodes) {
    if (node !== "|")
      pieces.push({
        start: text.length,
        length: node.length,
        node,
        nodeStart: 0,
        stretch: 0,
      });
    text += node === "|" ? "\n" : node;
  }
  return { text, map: new TextMap(pieces) };
}

const NODES = ["One ", "link", ", and", "|", "😀 astral", "|", "é", "x"];

test("every span maps to places that hold its text, and line breaks to none", () => {
  const { text, map } = lay(NODES);
  for (let start = 0; start <= text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) {
      const held = map
        .places([start, end])
        .map((place) => place.node.slice(place.start, place.end));
      assert.equal(
        held.join(""),
        text.slice(start, end).replaceAll("\n", ""),
        `[${start}, ${end})`,
      );
    }
  }
});

test("a piece may begin inside its node", () => {
  const map = new TextMap([
    { start: 5, length: 3, node: "  abc", nodeStart: 2, stretch: 7 },
  ]);
  assert.deepEqual(map.places([0, 7]), [
    { node: "  abc", start: 2, end: 4, stretch: 7 },
  ]);
  assert.deepEqual(map.places([0, 5]), []);
});
