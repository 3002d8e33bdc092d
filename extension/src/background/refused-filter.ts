import { browser } from "../shared/browser.js";
import { readUntil } from "./until.js";

/** Servers whose filter is longer than any that is taken: for all tabs, and also after the background was stopped. */

/** As long as our server lets a filter be kept. Sooner, the same one would be fetched again, at its full cost. */
const REFUSED_MILLISECONDS = 300_000;

export async function refuseFilter(server: string): Promise<void> {
  await browser.storage.session.set({ [keyOf(server)]: Date.now() + REFUSED_MILLISECONDS });
}

export async function takeFilter(server: string): Promise<void> {
  await browser.storage.session.remove(keyOf(server));
}

/** The moment (as of Date.now) until which the last filter stays refused; 0 where it was taken. */
export function refusedUntil(server: string): Promise<number> {
  return readUntil(keyOf(server), REFUSED_MILLISECONDS);
}

function keyOf(server: string): string {
  return `refused filter ${server}`;
}
