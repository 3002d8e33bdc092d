import type { Match, Quote, Span } from "../shared/match-answer.js";
import type { ListedMatch } from "../shared/messages.js";
import { lookOfMatch } from "../shared/ratings.js";
import { say, spokenLanguage } from "../shared/texts.js";
import { explain, type Explanation } from "./explain.js";
import { locateChanges } from "./locate-changes.js";
import type { CollectedText } from "./page-text.js";
import type { PaintedMatch } from "./paint.js";
import { type Surface, surfaceOf } from "./surface.js";
import { lay, type Place, rangesOf } from "./text-map.js";

/** A match with its place on the page. */
export interface Mark extends PaintedMatch {
  /** Its spans count in the text as it was read last. */
  match: Match;
  quote: Quote;
  /** The page's words, as collected, span by span. */
  pieces: string[];
  places: Place[][];
  /** The places of the words that differ. */
  changedPlaces: Place[];
}

/** Find the place of a match; null where the text has changed since it was collected. */
export function markOf({ text, map }: CollectedText, match: Match, quote: Quote): Mark | null {
  const places = match.spans.map((span) => map.places(span));
  const [first] = places.flat();
  const pieces = match.spans.map(([start, end]) => text.slice(start, end));
  if (!first || !stand(places, pieces)) return null;
  const changedPlaces = locateChanges(text, match.spans, match.changes).flatMap((span) => map.places(span));
  return {
    match,
    quote,
    pieces,
    places,
    changedPlaces,
    look: lookOfMatch(match.changes, quote.checks[0].rating),
    surface: surfaceOf(first.node),
    isVerbatim: match.kind !== "altered",
    ranges: places.flatMap(rangesOf),
    nodes: places.flat().map(({ node }) => node),
    changedRanges: rangesOf(changedPlaces),
  };
}

/** Whether a mark's words still stand where they were found. */
export function stands({ places, pieces }: Mark): boolean {
  return stand(places, pieces);
}

/** Lay a mark's ranges over its words again: they collapse where the page sets the same words anew, or moves them. */
export function putInPlace(mark: Mark): void {
  const places = [...mark.places.flat(), ...mark.changedPlaces];
  const ranges = [...mark.ranges, ...mark.changedRanges];
  const isDisplaced = places.some(({ node, start }, i) => {
    const range = ranges[i];
    return range?.startContainer !== node || range.startOffset !== start || range.collapsed;
  });
  if (!isDisplaced || !stands(mark)) return;
  for (const [i, place] of places.entries()) if (ranges[i]) lay(ranges[i], place);
}

/** Where a mark's spans are in a later text of the page; null where the page has changed something in them. */
export function spansNow({ places, pieces }: Mark, { text, map }: CollectedText): Span[] | null {
  const spans: Span[] = [];
  for (const [i, ofSpan] of places.entries()) {
    const [first, last] = [ofSpan[0], ofSpan.at(-1)];
    const start = first ? map.offsetOf(first.node, first.start) : null;
    const end = last ? map.offsetOf(last.node, last.end) : null;
    if (start === null || end === null || lettersOf(text.slice(start, end)) !== lettersOf(pieces[i] ?? "")) {
      return null;
    }
    spans.push([start, end]);
  }
  return spans;
}

/** Look at the ground of a mark's text anew. */
export function putOnItsSurface(mark: Mark): void {
  mark.surface = surfaceNow(mark);
}

export function isOnItsSurface(mark: Mark): boolean {
  return mark.surface === surfaceNow(mark);
}

function surfaceNow({ nodes: [node], surface }: Mark): Surface {
  return node ? surfaceOf(node) : surface;
}

export function explainMark({ match, quote, pieces }: Mark): Explanation {
  return explain(match, quote, pieces, location.href, { say, tag: spokenLanguage() });
}

/** The page's words that a mark stands on. */
export function wordsOf({ pieces }: Mark): string {
  return pieces.join(" … ");
}

export function listMark(mark: Mark, index: number): ListedMatch {
  const { match, quote } = mark;
  const [check] = quote.checks;
  return {
    index,
    label: check.label,
    look: lookOfMatch(match.changes, check.rating),
    publisher: check.publisher,
    speaker: quote.speaker?.name ?? null,
    words: wordsOf(mark),
    kind: match.kind,
    changes: match.changes,
  };
}

function stand(places: readonly Place[][], pieces: readonly string[]): boolean {
  return places.every((ofSpan, i) => {
    const words = ofSpan.map(({ node, start, end }) => (node.isConnected ? node.data.slice(start, end) : ""));
    return lettersOf(words.join("")) === lettersOf(pieces[i] ?? "");
  });
}

/** Without what stands on the screen or in the list of words but in no text node. */
function lettersOf(text: string): string {
  return text.replace(/[\s“”]/g, "");
}
