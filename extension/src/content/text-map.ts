import type { Span } from "../shared/match-answer.js";

/** The way from offsets of the collected text back to the text nodes that it was collected from. */

/** A run of `text` that stands in one text node, character by character. */
export interface Piece<N = Text> {
  /** Offset in the collected text, in UTF-16 units, as all offsets here. */
  readonly start: number;
  readonly length: number;
  readonly node: N;
  /** Offset in the node. */
  readonly nodeStart: number;
  /** Pieces of one stretch have nothing between them that was left out: a Range may run over all of them. */
  readonly stretch: number;
}

export interface Place<N = Text> {
  readonly node: N;
  readonly start: number;
  readonly end: number;
  readonly stretch: number;
}

export class TextMap<N = Text> {
  readonly #pieces: readonly Piece<N>[];

  /** `pieces` in order of `start`. */
  constructor(pieces: readonly Piece<N>[]) {
    this.#pieces = pieces;
  }

  /** The places in text nodes that make up a span; line breaks that stand for block ends are in none. */
  places([start, end]: Span): Place<N>[] {
    const places: Place<N>[] = [];
    for (let i = this.#firstEndingAfter(start); i < this.#pieces.length; i++) {
      const piece = this.#pieces[i];
      if (!piece || piece.start >= end) break;
      const from = Math.max(start, piece.start);
      const to = Math.min(end, piece.start + piece.length);
      places.push({
        node: piece.node,
        start: piece.nodeStart + from - piece.start,
        end: piece.nodeStart + to - piece.start,
        stretch: piece.stretch,
      });
    }
    return places;
  }

  /** Binary search for the first piece that ends after an offset. */
  #firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.#pieces[middle];
      if (piece && piece.start + piece.length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** One Range for each stretch of places, so that none covers what was left out. */
export function rangesOf(places: readonly Place[]): Range[] {
  const ranges: Range[] = [];
  let range: Range | null = null;
  let stretch = -1;
  for (const place of places) {
    if (!range || place.stretch !== stretch) {
      range = place.node.ownerDocument.createRange();
      range.setStart(place.node, place.start);
      ranges.push(range);
      stretch = place.stretch;
    }
    range.setEnd(place.node, place.end);
  }
  return ranges;
}
