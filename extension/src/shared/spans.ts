import type { Match, Span } from "./match-answer.js";

/** Where matches stand in a text. */

export function startOf({ spans }: Match): number {
  return spans[0]?.[0] ?? 0;
}

export function overlap(some: readonly Span[], others: readonly Span[]): boolean {
  return some.some(([start, end]) => others.some(([from, to]) => start < to && from < end));
}

/** The first place of words that lies whole in one of the spans, and not before an offset; null where there is none. */
export function findWithin(text: string, spans: readonly Span[], words: string, from: number): Span | null {
  for (const [start, end] of spans) {
    const begin = Math.max(start, from);
    if (begin >= end) continue;
    const at = text.slice(begin, end).indexOf(words);
    if (at >= 0) return [begin + at, begin + at + words.length];
  }
  return null;
}
