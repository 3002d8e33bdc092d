import type { Span } from "../shared/match-answer.js";

/** The way from offsets of the collected text to the text nodes that it was collected from, and back. */

/** A run of the collected text that stands in one text node, character by character. */
export interface Run<N = Text> {
  readonly node: N;
  /** Where it begins in the node, in UTF-16 units, as all offsets here. */
  readonly nodeStart: number;
  readonly text: string;
}

export interface Place<N = Text> {
  readonly node: N;
  readonly start: number;
  readonly end: number;
}

export class TextMap<N = Text> {
  readonly #starts: readonly number[];
  readonly #runs: readonly Run<N>[];
  #indexes: Map<N, number> | null = null;

  /** `starts[i]` is where `runs[i]` begins in the text; both in order. */
  constructor(starts: readonly number[], runs: readonly Run<N>[]) {
    this.#starts = starts;
    this.#runs = runs;
  }

  /** The places in text nodes that make up a span; line breaks that stand for block ends are in none. */
  places([start, end]: Span): Place<N>[] {
    const places: Place<N>[] = [];
    for (let i = this.#firstEndingAfter(start); i < this.#runs.length; i++) {
      const run = this.#runs[i];
      const runStart = this.#starts[i] ?? Infinity;
      if (!run || runStart >= end) break;
      const from = Math.max(start, runStart);
      const to = Math.min(end, runStart + run.text.length);
      places.push({
        node: run.node,
        start: run.nodeStart + from - runStart,
        end: run.nodeStart + to - runStart,
      });
    }
    return places;
  }

  /** Where an offset of a node stands in the text; null for what was not collected. */
  offsetOf(node: N, offset: number): number | null {
    this.#indexes ??= new Map(this.#runs.map((run, i) => [run.node, i]));
    const index = this.#indexes.get(node);
    const run = index === undefined ? undefined : this.#runs[index];
    if (index === undefined || !run) return null;
    const inRun = offset - run.nodeStart;
    return inRun >= 0 && inRun <= run.text.length ? (this.#starts[index] ?? 0) + inRun : null;
  }

  /** Binary search for the first run that ends after an offset. */
  #firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) + (this.#runs[middle]?.text.length ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * One Range for each place. A Range over several nodes would also cover what the page puts between them
 * later; these can only shrink, or move with their node.
 */
export function rangesOf(places: readonly Place[]): Range[] {
  return places.map((place) => {
    const range = new Range();
    lay(range, place);
    return range;
  });
}

/** Where white space at the end of a node has gone, its place ends with the node. */
export function lay(range: Range, { node, start, end }: Place): void {
  range.setStart(node, Math.min(start, node.length));
  range.setEnd(node, Math.min(end, node.length));
}
