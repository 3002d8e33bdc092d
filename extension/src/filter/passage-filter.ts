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
/** Of a packed hit: lane and points stand below its place. */
const PACKED_PLACE = 2 ** CHECK_PLACE;

const ENOUGH = 19;
const ENOUGH_MARKED = 14;
const LONE_POINTS = 6;
const LONGEST_STEP = 60;
const MOST_SHIFT = 40;
const SHIFT_POINTS = 2;
const MOST_LOOKED_BACK = 256;
const MARK_WORDS = 8;
const CONTEXT_WORDS = 25;
const MOST_HITS_A_WORD = 1;
const SPARE_HITS = 4096;
const MOST_IN_BUCKET = 255;

/** The base, and what came later. */
const MOST_SECTIONS = 2;

const MARKS = /["“”„«»‟〝〞＂「」『』]|''|[‘’'](?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])[‘’']/gu;

interface Section {
  bits: number;
  /** Where each bucket's entries begin, and after the last one where they end. */
  firsts: Uint32Array;
  entries: Uint32Array;
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
    if (later?.base !== this.base || later.#sections.length >= MOST_SECTIONS) return null;
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
    const most = MOST_HITS_A_WORD * tokens.length + SPARE_HITS;
    const hits = this.#hits(keysOf(tokens), most);
    const { places, firsts, points } = chain(hits.subarray(0, most));
    const marks = new Marks(text);
    for (let at = 0; at < places.length; at++) {
      const [first, enough] = [firsts[at] ?? 0, points[at] ?? 0];
      const last = Math.min((places[at] ?? 0) + WORDS, tokens.length);
      if (enough >= ENOUGH || (enough >= ENOUGH_MARKED && hasMarks(marks, tokens, first, last))) {
        yield [first, last];
      }
    }
    const next = hits[most];
    if (next !== undefined) yield [placeOf(next), tokens.length];
  }

  /** What of a text's runs stands in the filter, in order, packed; some more than `most` where there are more. */
  #hits({ high, low }: Keys, most: number): Float64Array {
    const hits: number[] = [];
    for (const { bits, firsts, entries } of this.#sections) {
      // All of one place are needed to know which of them are the first.
      const enough = hits.length + most + MOST_IN_BUCKET;
      for (let place = 0; place < high.length && hits.length <= enough; place++) {
        const [upper, lower] = [high[place] ?? 0, low[place] ?? 0];
        if (upper === 0 && lower === 0) continue;
        const bucket = upper >>> (32 - bits);
        const check = (lower >>> 8) & 0x7ff;
        const end = firsts[bucket + 1] ?? 0;
        for (let at = firsts[bucket] ?? 0; at < end; at++) {
          const entry = entries[at] ?? 0;
          if (entry >>> CHECK_PLACE === check) hits.push(packed(place, entry));
        }
      }
    }
    return Float64Array.from(hits).sort();
  }
}

/** A hit as a number: place, lane and points, so that the order of the numbers is that of the hits. */
function packed(place: number, entry: number): number {
  return place * PACKED_PLACE + (entry & (PACKED_PLACE - 1));
}

function placeOf(hit: number): number {
  return Math.floor(hit / PACKED_PLACE);
}

/** Of the best chain of runs that ends with each hit. */
interface Chains {
  places: Int32Array;
  firsts: Int32Array;
  /** Those that count: fewer than all for a run alone. */
  points: Int32Array;
}

function chain(hits: Float64Array): Chains {
  const { length } = hits;
  const [places, diagonals] = [new Int32Array(length), new Int32Array(length)];
  const [firsts, totals, counted] = [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
  let begin = 0;
  for (let at = 0; at < length; at++) {
    const hit = hits[at] ?? 0;
    const place = placeOf(hit);
    const entry = hit - place * PACKED_PLACE;
    const points = entry & MOST_POINTS;
    const diagonal = ((entry >>> LANE_PLACE) - place) & (LANES - 1);
    while ((places[begin] ?? 0) < place - LONGEST_STEP && begin < at) begin++;
    begin = Math.max(begin, at - MOST_LOOKED_BACK);
    let [first, total, enough] = [place, points, points - LONE_POINTS];
    for (let before = begin; before < at && places[before] !== place; before++) {
      const shift = ((diagonal - (diagonals[before] ?? 0) + MOST_SHIFT) & (LANES - 1)) - MOST_SHIFT;
      if (shift > MOST_SHIFT) continue;
      const sum = (totals[before] ?? 0) + points - (shift === 0 ? 0 : SHIFT_POINTS);
      if (sum <= total) continue;
      total = enough = sum;
      first = firsts[before] ?? 0;
    }
    places[at] = place;
    diagonals[at] = diagonal;
    firsts[at] = first;
    totals[at] = total;
    counted[at] = enough;
  }
  return { places, firsts, points: counted };
}

/** Where a text has quotation marks: looked for at most once, and only when asked. */
class Marks {
  readonly #text: string;
  #places: number[] | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  standIn(start: number, end: number): boolean {
    const places = (this.#places ??= Array.from(this.#text.matchAll(MARKS), ({ index }) => index));
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (places[low] ?? end) < end;
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
    if (sections.length === MOST_SECTIONS || bytes.byteLength - at < SECTION_BYTES) return null;
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

function hasMarks(marks: Marks, tokens: Tokens, first: number, last: number): boolean {
  const start = tokens.starts[Math.max(0, first - MARK_WORDS)] ?? 0;
  const end = tokens.ends[Math.min(tokens.length, last + MARK_WORDS) - 1] ?? 0;
  return marks.standIn(start, end);
}
