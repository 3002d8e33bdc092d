import { type Rating, readRating } from "./ratings.js";

/** What the server answers about a text, read into the extension's own words and checked on the way. */

export type MatchKind = "exact" | "altered" | "fragment" | "elided";
export type Guard = "negation" | "number" | "name";

export interface Change {
  checked: string;
  page: string;
  guard: Guard | null;
}

/** `[start, end)` in UTF-16 units of the text that was sent. */
export type Span = readonly [start: number, end: number];

export interface Match {
  quote: string;
  kind: MatchKind;
  spans: Span[];
  changes: Change[];
  coverage: number;
  speakerNamed: boolean | null;
}

export interface Check {
  label: string;
  rating: Rating;
  publisher: string;
  title: string;
  summary: string;
  /** Only https addresses get this far. */
  url: string | null;
  publishedOn: string | null;
}

export interface Quote {
  text: string;
  language: string | null;
  saidOn: string | null;
  speaker: { name: string; role: string | null } | null;
  checks: [Check, ...Check[]];
}

export interface MatchAnswer {
  revision: number;
  matches: Match[];
  quotes: Record<string, Quote>;
  /** False where the server's budget cut the search short. */
  complete: boolean;
}

/** Read a server's answer about a text of `length` units; null where it is not one. */
export function readAnswer(value: unknown, length: number): MatchAnswer | null {
  const answer = asObject(value);
  const matches = answer?.matches;
  const quotes = asObject(answer?.quotes);
  if (answer?.offsets !== "utf16" || !Array.isArray(matches) || !quotes) return null;

  const known: Record<string, Quote> = Object.create(null) as Record<string, Quote>;
  for (const [id, quote] of Object.entries(quotes)) {
    const read = readQuote(quote);
    if (read) known[id] = read;
  }
  const found = matches.flatMap((match) => {
    const read = readMatch(match, length);
    return read && known[read.quote] ? [read] : [];
  });
  const taken = atMost(found);
  return {
    revision: asNumber(answer.revision) ?? 0,
    matches: taken,
    quotes: known,
    complete: answer.complete !== false && taken.length === found.length,
  };
}

/** No page holds as many spans and changes; what compares each with each must not stop the page for a server's fault. */
const MOST_PARTS = 4_000;

/** The first of these matches, as many as are looked after. */
export function atMost(matches: readonly Match[]): Match[] {
  let parts = 0;
  const end = matches.findIndex(
    ({ spans, changes }) => (parts += spans.length + changes.length) > MOST_PARTS,
  );
  return matches.slice(0, end === -1 ? undefined : end);
}

function readMatch(value: unknown, length: number): Match | null {
  const match = asObject(value);
  const quote = asText(match?.quote);
  const kind = (["exact", "altered", "fragment", "elided"] as const).find((k) => k === match?.kind);
  const spans = asArray(match?.spans).map((span) => readSpan(span, length));
  if (!match || !quote || !kind || spans.length === 0 || spans.includes(null)) return null;
  return {
    quote,
    kind,
    spans: spans.filter((span) => span !== null),
    changes: asArray(match.changes).map(readChange),
    coverage: asNumber(match.coverage) ?? 1,
    speakerNamed: typeof match.speaker_named === "boolean" ? match.speaker_named : null,
  };
}

function readSpan(value: unknown, length: number): Span | null {
  const [start, end] = asArray(value);
  if (!Number.isInteger(start) || !Number.isInteger(end)) return null;
  const span = [start as number, end as number] as const;
  return span[0] >= 0 && span[0] < span[1] && span[1] <= length ? span : null;
}

function readChange(value: unknown): Change {
  const change = asObject(value);
  const guard = (["negation", "number", "name"] as const).find((g) => g === change?.guard) ?? null;
  return { checked: asText(change?.checked) ?? "", page: asText(change?.page) ?? "", guard };
}

function readQuote(value: unknown): Quote | null {
  const quote = asObject(value);
  const text = asText(quote?.text);
  const [first, ...others] = asArray(quote?.checks).flatMap((check) => readCheck(check) ?? []);
  if (!quote || !text || !first) return null;
  const speaker = asObject(quote.speaker);
  const name = asText(speaker?.name);
  return {
    text,
    language: asText(quote.language),
    saidOn: asText(quote.said_on),
    speaker: name ? { name, role: asText(speaker?.role) } : null,
    checks: [first, ...others],
  };
}

function readCheck(value: unknown): Check | null {
  const check = asObject(value);
  const verdict = asObject(check?.verdict);
  const label = asText(verdict?.label);
  const publisher = asText(check?.publisher) ?? asText(asObject(check?.publisher)?.name);
  if (!check || !label || !publisher) return null;
  return {
    label,
    rating: readRating(verdict?.rating),
    publisher,
    title: asText(check.title) ?? "",
    summary: asText(check.summary) ?? "",
    url: httpsOnly(asText(check.url)),
    publishedOn: asText(check.published_on),
  };
}

function httpsOnly(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === "https:" ? url.href : null;
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function asText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function asNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
