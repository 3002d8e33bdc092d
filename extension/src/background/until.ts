import { browser } from "../shared/browser.js";

/** Moments until which something holds, of the session: for all tabs, and also after the background was stopped. */

/** The moment (as of Date.now) that is noted under a key; 0 where there is none. `longest`: milliseconds that it may be off. */
export async function readUntil(key: string, longest: number): Promise<number> {
  const until: unknown = (await browser.storage.session.get(key))[key];
  // Later than that: the clock was ahead when it was noted, and has been put right.
  return typeof until === "number" && until <= Date.now() + longest ? until : 0;
}
