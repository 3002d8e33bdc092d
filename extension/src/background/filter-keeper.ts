import { isFilter, PassageFilter } from "../filter/passage-filter.js";
import type { Failure } from "../shared/messages.js";
import { getBytes, readBytes } from "./http.js";
import { refusedUntil, refuseFilter, takeFilter } from "./refused-filter.js";
import { failed, type Outcome, request } from "./request.js";

/**
 * The filter that the reader's server offers, by which this browser tells what of a page is worth asking about.
 *
 * It is some megabytes where tens of thousands of quotes are published. Its base, which stays the same for
 * thousands of changes, is kept by the browser's own HTTP cache; what came later is asked for when it has grown old.
 */

/** A quote that was published a moment ago is missed for this long. */
const FRESH_MILLISECONDS = 300_000;
/** Where the reader asks by hand it is looked for at once; but once for all frames of a page. */
const FRESH_BY_HAND_MILLISECONDS = 1_000;
/** Until then a filter serves on while a newer one is fetched; later it tells too little of what is published. */
const USABLE_MILLISECONDS = 1_800_000;

/** A filter of a million quotes has 54 MB: what is longer is none, or no browser should hold it. */
const MOST_FILTER_BYTES = 64 * 2 ** 20;

/** What the browser's cache may hold of another moment: a fault, or another server's word. */
const MAYBE_KEPT = new Set<Failure["reason"]>(["not_understood", "refused", "server_fault", "busy"]);

/** Null: the server offers none, or none that this version can read. It is asked about whole texts then. */
export type FilterOutcome = Outcome<{ filter: PassageFilter | null }>;

interface Kept {
  server: string;
  filter: PassageFilter | null;
  at: number;
}

let kept: Kept | null = null;
let renewing: { server: string; outcome: Promise<FilterOutcome> } | null = null;

export async function filterOf(server: string, isByHand: boolean): Promise<FilterOutcome> {
  const has = kept?.server === server ? kept : null;
  if (!has) return renew(server, null, isByHand);
  const { filter } = has;
  // What seems to be of the future is of a clock that was ahead.
  const age = Math.abs(Date.now() - has.at);
  if (age > (isByHand ? FRESH_BY_HAND_MILLISECONDS : FRESH_MILLISECONDS)) {
    const renewed = renew(server, filter, isByHand);
    if (isByHand || age > USABLE_MILLISECONDS) return renewed;
  }
  return { ok: true, value: { filter } };
}

function renew(server: string, before: PassageFilter | null, isByHand: boolean): Promise<FilterOutcome> {
  if (renewing?.server === server) return renewing.outcome;
  const outcome = fetchFilter(server, before, isByHand)
    .then((fetched) => {
      if (fetched.ok) kept = { server, filter: fetched.value.filter, at: Date.now() };
      return fetched;
    })
    .finally(() => {
      if (renewing?.outcome === outcome) renewing = null;
    });
  renewing = { server, outcome };
  return outcome;
}

async function fetchFilter(
  server: string,
  before: PassageFilter | null,
  isByHand: boolean,
): Promise<FilterOutcome> {
  const refused = await refusedUntil(server);
  if (Date.now() < refused) return failed("not_understood");
  // What was refused may be what the browser's cache has.
  const known = before ? fetchedAs(before) : await fetchWhole(server, refused ? "reload" : "force-cache");
  if (!known.ok && !MAYBE_KEPT.has(known.failure.reason)) return known;
  const base = known.ok ? known.value.filter : null;
  if (base) {
    // A background that was stopped a moment ago finds this, too, in the browser's cache.
    const later = await fetchBytes(server, `?base=${base.base}`, before || isByHand ? "no-cache" : "default");
    if (!later.ok) return later;
    const filter = later.value.bytes && base.withLater(later.value.bytes);
    if (filter) return fetchedAs(filter);
  }
  if (Date.now() < (await refusedUntil(server))) return failed("not_understood");
  // The server has another base now, or what the browser's cache had is of another version.
  const whole = await fetchWhole(server, "reload");
  // A server that offered a filter a moment ago does not lose it.
  const isLost = before !== null && whole.ok && whole.value.filter === null;
  return isLost ? failed("not_understood") : whole;
}

async function fetchWhole(server: string, cache: RequestCache): Promise<FilterOutcome> {
  const fetched = await fetchBytes(server, "", cache);
  if (!fetched.ok) return fetched;
  return fetchedAs(fetched.value.bytes && PassageFilter.read(fetched.value.bytes));
}

/** Null bytes: the server has nothing under this address. */
function fetchBytes(
  server: string,
  query: string,
  cache: RequestCache,
): Promise<Outcome<{ bytes: ArrayBuffer | null }>> {
  return request(server, {
    send: () => getBytes(`${server}/v1/filter${query}`, cache),
    isAnswer: (response) => response.ok || isNotThere(response),
    mayBeKept: cache === "force-cache",
    read: async (response) => {
      if (!response.ok) return { bytes: null };
      const bytes = await readBytes(response, MOST_FILTER_BYTES);
      await (bytes ? takeFilter(server) : refuseFilter(server));
      // What is no filter at all, such as a network's page to sign in, is no leave to send whole texts.
      return bytes && isFilter(bytes) ? { bytes } : null;
    },
  });
}

/** As our server says it; another's word, such as a proxy's, is no leave to send whole texts either. */
function isNotThere({ status, headers }: Response): boolean {
  return status === 404 && (headers.get("content-type") ?? "").startsWith("application/problem+json");
}

function fetchedAs(filter: PassageFilter | null): FilterOutcome {
  return { ok: true, value: { filter } };
}
