import type { Change, Span } from "../shared/match-answer.js";

/** Find where the words stand that a match's changes name; those that can't be found are left out. */
export function locateChanges(text: string, spans: readonly Span[], changes: readonly Change[]): Span[] {
  const located: Span[] = [];
  let from = 0;
  for (const { page } of changes) {
    const found = page === "" ? null : findWithin(text, spans, page, from);
    if (!found) continue;
    located.push(found);
    from = found[1];
  }
  return located;
}

function findWithin(text: string, spans: readonly Span[], words: string, from: number): Span | null {
  for (const [start, end] of spans) {
    const begin = Math.max(start, from);
    if (begin >= end) continue;
    const at = text.slice(begin, end).indexOf(words);
    if (at >= 0) return [begin + at, begin + at + words.length];
  }
  return null;
}
