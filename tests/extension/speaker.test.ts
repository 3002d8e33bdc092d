import assert from "node:assert/strict";
import { test } from "node:test";
import { namesIn } from "../../extension/src/shared/speaker.js";
// The server, too, tells by these cases.
import cases from "../data/named-speakers.json" with { type: "json" };

for (const { page, speaker, named } of cases) {
  test(`${speaker} ${named ? "is" : "is not"} named in “${page}”`, () => {
    assert.equal(namesIn(page)(speaker), named);
  });
}
