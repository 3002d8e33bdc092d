import { isAmong, reachOf, readServerAddress, siteOf } from "./address-rules.js";
import { type Language, LANGUAGE_TAGS } from "./languages.js";

/** When pages are scanned: only by hand, by themselves on chosen sites, or by themselves on all sites. */
export const MODES = ["click", "sites", "all"] as const;
export type Mode = (typeof MODES)[number];

/** How strongly painted words stand out. */
export const STRENGTHS = ["faint", "normal", "strong"] as const;
export type Strength = (typeof STRENGTHS)[number];

export interface Settings {
  server: string;
  mode: Mode;
  /** Hosts that may be scanned by themselves. */
  sites: string[];
  /** Hosts that are never scanned, not even by hand, until switched on again. */
  offSites: string[];
  strength: Strength;
  /** In which language the extension speaks; `auto`: the browser's own. */
  language: Language | "auto";
  /** Whether a page's matches are summed up at its end. */
  summary: boolean;
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  server: "http://127.0.0.1:8000",
  mode: "click",
  sites: [],
  offSites: [],
  strength: "normal",
  language: "auto",
  summary: true,
};

export function isOff(settings: Settings, address: string): boolean {
  return isAmong(siteOf(address), settings.offSites);
}

/** May a page be scanned without the reader asking for it, each time? */
export function mayScanByItself(settings: Settings, address: string): boolean {
  if (reachOf(address) !== "web" || isOff(settings, address)) return false;
  if (settings.mode === "all") return true;
  return settings.mode === "sites" && isAmong(siteOf(address), settings.sites);
}

/**
 * Read settings that come from elsewhere: a file, or an organization's policy. What is not there, or is no
 * value of its setting, is left out.
 */
export function readPartialSettings(value: unknown): Partial<Settings> {
  if (typeof value !== "object" || value === null) return {};
  const { server, mode, sites, offSites, strength, language, summary } = value as Record<string, unknown>;
  const address = typeof server === "string" ? readServerAddress(server) : null;
  const knownMode = MODES.find((known) => known === mode);
  const knownStrength = STRENGTHS.find((known) => known === strength);
  const knownLanguage = ["auto" as const, ...LANGUAGE_TAGS].find((known) => known === language);
  const read = { sites: readSites(sites), offSites: readSites(offSites) };
  return {
    ...(address?.ok ? { server: address.address } : {}),
    ...(knownMode ? { mode: knownMode } : {}),
    ...(read.sites ? { sites: read.sites } : {}),
    ...(read.offSites ? { offSites: read.offSites } : {}),
    ...(knownStrength ? { strength: knownStrength } : {}),
    ...(typeof summary === "boolean" ? { summary } : {}),
    ...(knownLanguage ? { language: knownLanguage } : {}),
  };
}

/**
 * Read a site as a reader types it, with or without a scheme, a path or a "*." for its subdomains, which it covers in
 * any case; null where it is no public site.
 */
export function readSite(typed: string): string | null {
  const text = typed.trim().replace(/^\*\./, "");
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  // Some browsers take a host with spaces in it for one.
  const isPlain = !/^[^/]*\/\/[^/?#]*[*%\s]/.test(address);
  return text !== "" && isPlain && reachOf(address) === "web" ? siteOf(address) : null;
}

function readSites(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const sites = value.map((site) => (typeof site === "string" ? readSite(site) : null));
  return [...new Set(sites.filter((site) => site !== null))].sort();
}
