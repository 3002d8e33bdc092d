import { reachOf, siteOf } from "../shared/address-rules.js";

/** Read a site as a reader types it, with or without a scheme or a path; null where it is no public site. */
export function readSite(typed: string): string | null {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return text !== "" && reachOf(address) === "web" ? siteOf(address) : null;
}
