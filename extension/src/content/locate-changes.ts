import type { Change, Span } from "../shared/match-answer.js";
import { findWithin } from "../shared/spans.js";

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
