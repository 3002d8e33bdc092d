import { atMost, type Match, type Quote } from "./match-answer.js";
import { overlap, startOf } from "./spans.js";
import { namesIn } from "./speaker.js";

export interface Passage {
  /** Where the passage begins in the page's text. */
  readonly start: number;
  readonly text: string;
}

export interface PageMatches {
  matches: Match[];
  quotes: Record<string, Quote>;
  complete: boolean;
}

/**
 * Put the answers about passages of a page's text together: spans count in the text, a match that the
 * overlap of two passages showed twice, or cut short in one of them, stands once and whole, and a speaker
 * whom the text names outside of the passage is named.
 */
export function mergeAnswers(
  answers: readonly { passage: Passage; answer: PageMatches }[],
  text: string,
): PageMatches {
  const names = namesIn(text);
  const found = answers
    .flatMap(({ passage, answer }) =>
      answer.matches.map((match) => {
        const name = passage.text.length < text.length ? answer.quotes[match.quote]?.speaker?.name : null;
        const isNamed = match.speakerNamed === false && name && names(name);
        return moved(isNamed ? { ...match, speakerNamed: true } : match, passage.start);
      }),
    )
    .sort((a, b) => startOf(a) - startOf(b) || b.coverage - a.coverage);
  const taken = atMost(found);
  const matches: Match[] = [];
  for (const match of taken) {
    const twin = matches.findIndex(
      (other) => other.quote === match.quote && overlap(other.spans, match.spans),
    );
    const other = matches[twin];
    if (!other) matches.push(match);
    else if (match.coverage > other.coverage) matches[twin] = match;
  }
  return {
    matches,
    quotes: Object.assign({}, ...answers.map(({ answer }) => answer.quotes)) as Record<string, Quote>,
    complete: taken.length === found.length && answers.every(({ answer }) => answer.complete),
  };
}

function moved(match: Match, by: number): Match {
  return { ...match, spans: match.spans.map(([start, end]) => [start + by, end + by] as const) };
}
