import { sitePattern } from "./address-rules.js";
import { browser } from "./browser.js";
import type { Settings } from "./settings.js";

/** The browser's leave to read sites: asked for when a reader chooses them, given back when they are no longer. */

export const ALL_SITES = ["*://*/*"];

/** The patterns for which a choice needs leave. */
export function leaveFor({ mode, sites }: Pick<Settings, "mode" | "sites">): string[] {
  return mode === "all" ? ALL_SITES : mode === "sites" ? sites.map(sitePattern) : [];
}

/** Must be called while a click of the reader is being handled. */
export async function askLeave(origins: string[]): Promise<boolean> {
  return origins.length === 0 || browser.permissions.request({ origins });
}

export async function giveBackLeave(origins: string[]): Promise<void> {
  // Firefox keeps what a manifest of an organization demands, and says so by an error.
  await browser.permissions.remove({ origins }).catch(() => false);
}
