import { browser } from "../shared/browser.js";
import { readUntil } from "./until.js";

/** Servers that asked to be left alone for a while: for all tabs, and also after the background was stopped. */

/** No server is left alone for longer, whatever it asks: it may have meant something else. */
const LONGEST_REST_MILLISECONDS = 3_600_000;

export async function letRest(server: string, until: number): Promise<void> {
  const longest = Date.now() + LONGEST_REST_MILLISECONDS;
  await browser.storage.session.set({ [keyOf(server)]: Math.min(until, longest) });
}

/** The moment (as of Date.now) until which a server wants no requests; 0 where it wants them. */
export function restsUntil(server: string): Promise<number> {
  return readUntil(keyOf(server), LONGEST_REST_MILLISECONDS);
}

function keyOf(server: string): string {
  return `rest ${server}`;
}
