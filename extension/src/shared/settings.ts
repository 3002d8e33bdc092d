import { reachOf, siteOf } from "./address-rules.js";

/** When pages are scanned: only by hand, by themselves on chosen sites, or by themselves on all sites. */
export const MODES = ["click", "sites", "all"] as const;
export type Mode = (typeof MODES)[number];

export interface Settings {
  server: string;
  mode: Mode;
  /** Hosts that may be scanned by themselves. */
  sites: string[];
  /** Hosts that are never scanned, not even by hand, until switched on again. */
  offSites: string[];
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  server: "http://127.0.0.1:8000",
  mode: "click",
  sites: [],
  offSites: [],
};

export function isOff(settings: Settings, address: string): boolean {
  return settings.offSites.includes(siteOf(address));
}

/** May a page be scanned without the reader asking for it, each time? */
export function mayScanByItself(settings: Settings, address: string): boolean {
  if (reachOf(address) !== "web" || isOff(settings, address)) return false;
  return settings.mode === "all" || (settings.mode === "sites" && settings.sites.includes(siteOf(address)));
}
