import assert from "node:assert/strict";
import { test } from "node:test";
import {
  pauseAskedFor,
  problemTitle,
  readBytes,
  readJson,
} from "../../extension/src/background/http.js";

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

test("an answer's bytes are read, but not without end", async () => {
  let isOpen = true;
  let drawn = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(1_000).fill(++drawn));
    },
    cancel: () => {
      isOpen = false;
    },
  });
  assert.equal(await readBytes(new Response(endless), 5_500), null);
  assert.equal(isOpen, false);
  assert.ok(drawn < 10);

  const three = new ReadableStream({
    start: (controller) => {
      for (const byte of [1, 2, 3]) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  assert.deepEqual(
    await readBytes(new Response(three), 3),
    new Uint8Array([1, 2, 3]).buffer,
  );
  assert.equal((await readBytes(new Response(null), 3))?.byteLength, 0);
});

test("JSON is read up to a length, and a problem's title with it", async () => {
  const body = JSON.stringify({ title: "Zu groß" });
  const length = Buffer.byteLength(body);
  assert.deepEqual(await readJson(new Response(body), length), {
    title: "Zu groß",
  });
  assert.equal(await readJson(new Response(body), length - 1), null);
  const headers = { "content-type": "application/problem+json" };
  assert.equal(await problemTitle(new Response(body, { headers })), "Zu groß");
  assert.equal(
    await problemTitle(new Response(body + " ".repeat(2 ** 16), { headers })),
    null,
  );
});
