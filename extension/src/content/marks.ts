import { say, spokenLanguage } from "../shared/browser.js";
import type { Match, Quote } from "../shared/match-answer.js";
import type { ListedMatch } from "../shared/messages.js";
import { lookOfMatch } from "../shared/ratings.js";
import { explain, type Explanation } from "./explain.js";
import { locateChanges } from "./locate-changes.js";
import type { PageMatches } from "./merge-answers.js";
import type { PaintedMatch } from "./paint.js";
import { surfaceOf } from "./surface.js";
import { type Place, rangesOf } from "./text-map.js";
import type { CollectedText } from "./text-writer.js";

/** A match with its place on the page. */
export interface Mark extends PaintedMatch {
  match: Match;
  quote: Quote;
  /** The page's words, as collected, span by span. */
  pieces: string[];
}

/** Find the places of all matches; those whose text has changed since it was collected are left out. */
export function marksOf({ text, map }: CollectedText, { matches, quotes }: PageMatches): Mark[] {
  return matches.flatMap((match) => {
    const quote = quotes[match.quote];
    const places = match.spans.flatMap((span) => map.places(span));
    const [first] = places;
    if (!quote || !first || !places.every(isThere)) return [];
    const pieces = match.spans.map(([start, end]) => text.slice(start, end));
    if (lettersOf(places.map(textOf).join("")) !== lettersOf(pieces.join(""))) return [];
    return {
      match,
      quote,
      pieces,
      look: lookOfMatch(match.changes, quote.checks[0].rating),
      surface: surfaceOf(first.node),
      isVerbatim: match.kind !== "altered",
      ranges: match.spans.flatMap((span) => rangesOf(map.places(span))),
      nodes: places.map(({ node }) => node),
      changedRanges: locateChanges(text, match.spans, match.changes).flatMap((span) =>
        rangesOf(map.places(span)),
      ),
    };
  });
}

/** A mark as its text stands now: on light or on dark ground. */
export function onItsSurface(mark: Mark): Mark {
  const text = mark.ranges[0]?.startContainer;
  return text instanceof Text ? { ...mark, surface: surfaceOf(text) } : mark;
}

export function explainMark({ match, quote, pieces }: Mark): Explanation {
  return explain(match, quote, pieces, location.href, { say, tag: spokenLanguage() });
}

export function listMark({ match, quote }: Mark, index: number): ListedMatch {
  const [check] = quote.checks;
  return {
    index,
    label: check.label,
    look: lookOfMatch(match.changes, check.rating),
    publisher: check.publisher,
    speaker: quote.speaker?.name ?? null,
    words: quote.text,
    kind: match.kind,
  };
}

function isThere({ node, end }: Place): boolean {
  return node.isConnected && end <= node.data.length;
}

function textOf({ node, start, end }: Place): string {
  return node.data.slice(start, end);
}

/** Without what stands on the screen or in the list of words but in no text node. */
function lettersOf(text: string): string {
  return text.replace(/[\s“”]/g, "");
}
