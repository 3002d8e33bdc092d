import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Pause } from "../../extension/src/content/pause.js";

const BUSY = { reason: "busy" as const, detail: null };

/** Stop the clock, and return how to put it on, in seconds. */
function clockOf({ mock }: TestContext): (seconds: number) => void {
  let now = 0;
  mock.method(performance, "now", () => now);
  return (seconds) => {
    now += seconds * 1_000;
  };
}

test("nothing is asked in the pause after a failure, which is told instead", (context) => {
  const pass = clockOf(context);
  const pause = new Pause();
  assert.equal(pause.failure, null);
  pause.begin(BUSY);
  pass(4.9);
  assert.equal(pause.failure, BUSY);
  pass(2.7);
  assert.equal(pause.failure, null);
});

test("what fails at the same time is one failure", (context) => {
  const pass = clockOf(context);
  const pause = new Pause();
  pause.begin(BUSY);
  pause.begin(BUSY);
  pass(7.6);
  assert.equal(pause.failure, null);
});

test("pauses grow, and it is not tried again for ever", (context) => {
  const pass = clockOf(context);
  const pause = new Pause();
  const waits: number[] = [];
  for (;;) {
    pause.begin(BUSY);
    const wait = pause.millisecondsToRetry;
    if (wait === null) break;
    waits.push(wait / 1_000);
    pass(wait / 1_000);
  }
  assert.equal(waits.length, 12);
  [5, 20, 60, 300, 900, 900].forEach((seconds, i) => {
    const wait = waits[i] ?? 0;
    assert.ok(wait >= seconds && wait <= seconds * 1.5, `${wait} s`);
  });
});

test("after an answer the next pause is short again", (context) => {
  const pass = clockOf(context);
  const pause = new Pause();
  for (let i = 0; i < 5; i++) {
    pause.begin(BUSY);
    pass(2_000);
  }
  pause.end();
  assert.equal(pause.failure, null);
  pause.begin(BUSY);
  pass(7.6);
  assert.equal(pause.failure, null);
});

test("what does not pass by itself is not tried again", () => {
  const pause = new Pause();
  pause.begin({ reason: "refused", detail: null });
  assert.equal(pause.millisecondsToRetry, null);
});
