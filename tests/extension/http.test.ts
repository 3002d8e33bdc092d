import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseAskedFor } from "../../extension/src/background/http.js";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const CASES: [string | null, number][] = [
  ["0", 0],
  ["7", 7_000],
  [" 120 ", 120_000],
  ["Wed, 25 Nov 2026 12:00:30 GMT", 30_000],
  ["Wed, 25 Nov 2026 11:00:00 GMT", 0],
  ["soon", 0],
  ["-5", 0],
  ["", 0],
  [null, 0],
];

for (const [asked, pause] of CASES) {
  test(`Retry-After: ${asked ?? "(absent)"}`, () => {
    const headers = new Headers(asked === null ? {} : { "retry-after": asked });
    assert.equal(pauseAskedFor(new Response(null, { headers }), NOW), pause);
  });
}
