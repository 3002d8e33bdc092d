import type { Change, Match, MatchAnswer, Span } from "../shared/match-answer.js";
import { findWithin } from "../shared/spans.js";

/**
 * An answer as it may be kept: without the page's words. Where a match's changes quote the page, the place is
 * kept instead, and the words are put back from the text when it is asked about again.
 */
export type KeptAnswer = Omit<MatchAnswer, "matches"> & { matches: KeptMatch[] };
type KeptMatch = Omit<Match, "changes"> & { changes: KeptChange[] };
type KeptChange = Omit<Change, "page"> & { page: Span | null };

/** Null where some words of the page are not where they can be found again. */
export function withoutWords(answer: MatchAnswer, text: string): KeptAnswer | null {
  const matches: KeptMatch[] = [];
  for (const match of answer.matches) {
    const changes: KeptChange[] = [];
    let from = 0;
    for (const change of match.changes) {
      const page = change.page === "" ? null : findWithin(text, match.spans, change.page, from);
      if (page === null && change.page !== "") return null;
      changes.push({ ...change, page });
      from = page?.[1] ?? from;
    }
    matches.push({ ...match, changes });
  }
  return { ...answer, matches };
}

export function withWords(kept: KeptAnswer, text: string): MatchAnswer {
  return {
    ...kept,
    matches: kept.matches.map((match) => ({
      ...match,
      changes: match.changes.map((change) => ({
        ...change,
        page: change.page ? text.slice(...change.page) : "",
      })),
    })),
  };
}
