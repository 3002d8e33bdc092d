import type { Span } from "../shared/match-answer.js";
import { fold, FOLDING_VERSION, type Tokens } from "./folding.js";
import { type Keys, keysOf, WORDS } from "./shingle-keys.js";

/**
 * Tells which passages of a text may hold a published quote, by the filter that the server offers: the same rules,
 * and numbers, as matcher/passage_filter.py, where the filter's form is told and why it is enough.
 */

const FORM = 1;
const MAGIC = "QMPF";
const HEADER_BYTES = 16;
const SECTION_BYTES = 8;
const FEWEST_BUCKET_BITS = 4;
const MOST_BUCKET_BITS = 28;

const LANE_PLACE = 5;
const CHECK_PLACE = 21;
const MOST_POINTS = 31;
const LANES = 1 << 16;

const ENOUGH = 19;
const ENOUGH_MARKED = 14;
const LONE_POINTS = 6;
const LONGEST_STEP = 60;
const MOST_SHIFT = 40;
const SHIFT_POINTS = 2;
const MOST_LOOKED_BACK = 256;
const MARK_WORDS = 8;
const CONTEXT_WORDS = 25;

const MARKS = /["“”„«»‟〝〞＂「」『』]|''|[‘’'](?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])[‘’']/u;

interface Section {
  bits: number;
  /** Where each bucket's entries begin, and after the last one where they end. */
  firsts: Uint32Array;
  entries: Uint32Array;
}

interface Hit {
  place: number;
  lane: number;
  points: number;
}

/** The best chain of runs that ends with a hit. */
interface Chain {
  place: number;
  diagonal: number;
  first: number;
  total: number;
  /** Those that count: fewer than all for a run alone. */
  points: number;
}

export class PassageFilter {
  /** The name of the base: 16 hexadecimal digits. */
  readonly base: string;
  readonly #sections: readonly Section[];

  private constructor(base: string, sections: readonly Section[]) {
    this.base = base;
    this.#sections = sections;
  }

  /** Null where the bytes are no filter, or one of another version. */
  static read(bytes: ArrayBuffer): PassageFilter | null {
    const base = readHeader(bytes);
    const sections = base === null ? null : readSections(bytes);
    return base === null || sections === null ? null : new PassageFilter(base, sections);
  }

  /** The same base with what came later, as that was fetched by itself; null where it is of another base. */
  withLater(bytes: ArrayBuffer): PassageFilter | null {
    const later = PassageFilter.read(bytes);
    if (later?.base !== this.base) return null;
    return new PassageFilter(this.base, [...this.#sections.slice(0, 1), ...later.#sections]);
  }

  /** The passages that may hold a quote, with some context: spans in UTF-16 units, in order. */
  passages(text: string): Span[] {
    const tokens = fold(text);
    const passages: [number, number][] = [];
    for (const [first, last] of this.#stretches(text, tokens)) {
      // Up to the words beside it, so that the quotation marks between are in it.
      let start = tokens.ends[first - CONTEXT_WORDS - 1] ?? 0;
      let end = tokens.starts[last + CONTEXT_WORDS] ?? text.length;
      for (let before = passages.at(-1); before && start <= before[1]; before = passages.at(-1)) {
        start = Math.min(start, before[0]);
        end = Math.max(end, before[1]);
        passages.pop();
      }
      passages.push([start, end]);
    }
    return passages;
  }

  /** Stretches of tokens that have enough points, by their last run. */
  *#stretches(text: string, tokens: Tokens): Generator<Span> {
    const chains: Chain[] = [];
    let begin = 0;
    for (const { place, lane, points } of this.#hits(keysOf(tokens))) {
      const diagonal = (lane - place) & (LANES - 1);
      while (
        (chains[begin]?.place ?? place) < place - LONGEST_STEP ||
        chains.length - begin > MOST_LOOKED_BACK
      )
        begin++;
      let best: Chain = { place, diagonal, first: place, total: points, points: points - LONE_POINTS };
      for (let at = begin; at < chains.length; at++) {
        const chain = chains[at];
        if (!chain) continue;
        const shift = ((diagonal - chain.diagonal + MOST_SHIFT) & (LANES - 1)) - MOST_SHIFT;
        if (chain.place === place || shift > MOST_SHIFT) continue;
        const total = chain.total + points - (shift === 0 ? 0 : SHIFT_POINTS);
        if (total > best.total) best = { place, diagonal, first: chain.first, total, points: total };
      }
      chains.push(best);
      const last = Math.min(place + WORDS, tokens.length);
      if (
        best.points >= ENOUGH ||
        (best.points >= ENOUGH_MARKED && hasMarks(text, tokens, best.first, last))
      ) {
        yield [best.first, last];
      }
    }
  }

  /** What of a text's runs stands in the filter, in order. */
  #hits({ high, low }: Keys): Hit[] {
    const hits: Hit[] = [];
    for (const { bits, firsts, entries } of this.#sections) {
      for (let place = 0; place < high.length; place++) {
        const [upper, lower] = [high[place] ?? 0, low[place] ?? 0];
        if (upper === 0 && lower === 0) continue;
        const bucket = upper >>> (32 - bits);
        const check = (lower >>> 8) & 0x7ff;
        const end = firsts[bucket + 1] ?? 0;
        for (let at = firsts[bucket] ?? 0; at < end; at++) {
          const entry = entries[at] ?? 0;
          if (entry >>> CHECK_PLACE !== check) continue;
          hits.push({ place, lane: (entry >>> LANE_PLACE) & (LANES - 1), points: entry & MOST_POINTS });
        }
      }
    }
    return hits.sort((a, b) => a.place - b.place || a.lane - b.lane || a.points - b.points);
  }
}

/** Whether the bytes are a filter, of this version or another. */
export function isFilter(bytes: ArrayBuffer): boolean {
  return String.fromCharCode(...new Uint8Array(bytes.slice(0, MAGIC.length))) === MAGIC;
}

function readHeader(bytes: ArrayBuffer): string | null {
  if (bytes.byteLength < HEADER_BYTES || !isFilter(bytes)) return null;
  const view = new DataView(bytes);
  if (view.getUint16(4, true) !== FORM || view.getUint16(6, true) !== FOLDING_VERSION) return null;
  return [...new Uint8Array(bytes, 8, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readSections(bytes: ArrayBuffer): Section[] | null {
  const view = new DataView(bytes);
  const sections: Section[] = [];
  let at = HEADER_BYTES;
  while (at < bytes.byteLength) {
    if (bytes.byteLength - at < SECTION_BYTES) return null;
    const [bits, count] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    at += SECTION_BYTES;
    if (bits < FEWEST_BUCKET_BITS || bits > MOST_BUCKET_BITS) return null;
    const buckets = 2 ** bits;
    if (bytes.byteLength - at < buckets + 4 * count) return null;
    const firsts = sumUp(new Uint8Array(bytes, at, buckets));
    if (firsts[buckets] !== count) return null;
    // All processors that browsers run on today are little-endian, as the filter is.
    sections.push({ bits, firsts, entries: new Uint32Array(bytes, at + buckets, count) });
    at += buckets + 4 * count;
  }
  return sections;
}

function sumUp(counts: Uint8Array): Uint32Array {
  const firsts = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at++) firsts[at + 1] = (firsts[at] ?? 0) + (counts[at] ?? 0);
  return firsts;
}

function hasMarks(text: string, tokens: Tokens, first: number, last: number): boolean {
  const start = tokens.starts[Math.max(0, first - MARK_WORDS)];
  const end = tokens.ends[Math.min(tokens.length, last + MARK_WORDS) - 1];
  return MARKS.test(text.slice(start, end));
}
