import { sitePattern } from "./address-rules.js";
import { browser } from "./browser.js";
import type { Settings } from "./settings.js";

/** The browser's leave to read sites: asked for when a reader chooses them, given back when they are no longer. */

export const ALL_SITES = ["*://*/*"];

/** The patterns for which a choice needs leave. */
export function leaveFor({ mode, sites }: Pick<Settings, "mode" | "sites">): string[] {
  return mode === "all" ? ALL_SITES : mode === "sites" ? sites.map(sitePattern) : [];
}

/** The settings as far as there is leave for them: readers also refuse it, and take it back, in the browser's own pages. */
export async function withLeave(settings: Settings): Promise<Settings> {
  const { mode, sites } = settings;
  if (mode === "all") return (await hasLeave(ALL_SITES)) ? settings : { ...settings, mode: "click" };
  const isGiven = await Promise.all(sites.map((site) => hasLeave([sitePattern(site)])));
  return { ...settings, sites: sites.filter((_site, i) => isGiven[i]) };
}

/** Whether the browser has given leave for all of these patterns. */
export function hasLeave(origins: string[]): Promise<boolean> {
  return browser.permissions.contains({ origins });
}

/** Must be called while a click of the reader is being handled. */
export async function askLeave(origins: string[]): Promise<boolean> {
  return origins.length === 0 || browser.permissions.request({ origins });
}

export async function giveBackLeave(origins: string[]): Promise<void> {
  // Firefox keeps what a manifest of an organization demands, and says so by an error.
  await browser.permissions.remove({ origins }).catch(() => false);
}
