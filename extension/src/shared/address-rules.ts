/** Which addresses may be read, and how: the rules behind "off until allowed". */

/**
 * `web`: a public page. `near`: this machine or its network, read by hand only.
 * `closed`: pages that no extension may read.
 */
export type Reach = "web" | "near" | "closed";

export function reachOf(address: string): Reach {
  if (!URL.canParse(address)) return "closed";
  const url = new URL(address);
  if (url.protocol === "file:") return "near";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "closed";
  return isNearHost(url.hostname) ? "near" : "web";
}

/** The name under which a site is kept in the settings: its host, without port. */
export function siteOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : "";
}

/** The pattern of host permissions that covers a site with its subdomains, on all its ports. */
export function sitePattern(site: string): string {
  return /^[\d.]+$|:/.test(site) ? `*://${site}/*` : `*://*.${site}/*`;
}

/** Whether a site is another one or a subdomain of it: www.news.example of news.example. */
export function isWithin(site: string, other: string): boolean {
  return site === other || site.endsWith(`.${other}`);
}

/** Whether one of the sites covers a site. */
export function isAmong(site: string, sites: readonly string[]): boolean {
  return sites.some((other) => isWithin(site, other));
}

const NEAR_SUFFIXES = [
  ".localhost",
  ".local",
  ".localdomain",
  ".internal",
  ".intranet",
  ".lan",
  ".home",
  ".corp",
  ".private",
  ".home.arpa",
];

function isNearHost(host: string): boolean {
  const name = host.replace(/\.$/, "");
  if (name.startsWith("[")) return isNearV6(name.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return isNearV4(name);
  return !name.includes(".") || NEAR_SUFFIXES.some((suffix) => name.endsWith(suffix));
}

/** RFC 6890's special blocks that are not the public internet (URL has already made hosts canonical). */
function isNearV4(host: string): boolean {
  const [a = 0, b = 0] = host.split(".").map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  );
}

function isNearV6(host: string): boolean {
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(host);
  if (mapped) {
    const [high = 0, low = 0] = mapped.slice(1).map((part) => parseInt(part, 16));
    return isNearV4([high >> 8, high & 255, low >> 8, low & 255].join("."));
  }
  return host === "::" || host === "::1" || /^f[cd]/.test(host) || /^fe[89ab]/.test(host);
}

export type ServerAddressFault = "not_an_address" | "not_http" | "not_encrypted" | "has_extras";
export type ServerAddress = { ok: true; address: string } | { ok: false; fault: ServerAddressFault };

/**
 * Read a server's address as a reader types it: https, or http where the text stays on the machine or network. Typed
 * without either, it is the one that servers there have.
 */
export function readServerAddress(typed: string): ServerAddress {
  const text = typed.trim();
  const usual = reachOf(`http://${text}`) === "near" ? "http" : "https";
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${usual}://${text}`;
  if (text === "" || /\s/.test(text) || !URL.canParse(withScheme))
    return { ok: false, fault: "not_an_address" };
  const url = new URL(withScheme);
  if (url.protocol !== "https:" && url.protocol !== "http:") return { ok: false, fault: "not_http" };
  if (url.username || url.password || url.search || url.hash) return { ok: false, fault: "has_extras" };
  if (url.protocol === "http:" && reachOf(url.href) !== "near") return { ok: false, fault: "not_encrypted" };
  return { ok: true, address: url.origin + url.pathname.replace(/\/+$/, "") };
}

/** The server as a reader knows it: host and port. */
export function serverName(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** The pattern of host permissions that covers the server (patterns know no ports). */
export function serverPattern(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.hostname}/*`;
}
