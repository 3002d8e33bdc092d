import table from "./folding-table.json" with { type: "json" };
import { carried, mix, multiply } from "./wide.js";

/**
 * Folding: the same words, and the same 64-bit hashes of them, as matcher/folding.py gives, where each rule is told.
 * Only a word of more than 32,768 characters may come out in other parts than there.
 */

export const FOLDING_VERSION = table.foldingVersion;

/** The tokens of a text, in order: arrays of equal length. */
export interface Tokens {
  readonly length: number;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** In UTF-16 units of the text. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** 1 where the token is one character of a script without spaces. */
  readonly unspaced: Uint8Array;
}

// What a code point folds to: a folded code point (or an expansion's number) and flags.
const SEPARATOR = 0;
const SKIPPED = 1;
const SPACE = 2;
const MUTE = 3; // of a word, but not of its hash
const CODE_POINT = (1 << 21) - 1;
const UNSPACED = 1 << 24;
const ATTACHED = 1 << 25;
const SPECIAL = 1 << 27;
const APOSTROPHE = SPECIAL | (1 << 28);
const POINT = SPECIAL | (1 << 29);
const EXPANDED = SPECIAL | (1 << 30);
const JAMO = SPECIAL | (1 << 26);

const TABLE_SIZE = 0x20000; // planes 0 and 1
const LAST_HAN = 0x40000; // planes 2 and 3
const [FIRST_TAG, LAST_TAG] = [0xe0000, 0xe1000];
const ZERO = 0x30;
const DECIMAL_POINT = 0x2e;

const [BASE_HIGH, BASE_LOW] = [0x9e3779b9, 0x7f4a7c15];

/** Characters with what they fold to, and where each begins in the text; after them stands the text's end. */
interface Folded {
  entries: Uint32Array;
  places: Uint32Array;
  length: number;
}

export function fold(text: string): Tokens {
  const folded = foldCharacters(text);
  resolveSpecials(folded);
  return findTokens(folded, text);
}

function foldCharacters(text: string): Folded {
  const foldsTo = codePointTable();
  const folded = {
    entries: new Uint32Array(text.length),
    places: new Uint32Array(text.length + 1),
    length: 0,
  };
  let hasJamo = false;
  for (let at = 0; at < text.length; at++) {
    const place = at;
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    const entry = codePoint < TABLE_SIZE ? (foldsTo[codePoint] ?? 0) : foldHighPlanes(codePoint);
    hasJamo ||= (entry & JAMO) === JAMO;
    folded.entries[folded.length] = entry;
    folded.places[folded.length++] = place;
  }
  if (hasJamo) composeJamo(folded);
  dropSkipped(folded);
  folded.places[folded.length] = text.length;
  return folded;
}

function foldHighPlanes(codePoint: number): number {
  if (codePoint < LAST_HAN) return codePoint | UNSPACED;
  return codePoint >= FIRST_TAG && codePoint < LAST_TAG ? SKIPPED : SEPARATOR;
}

/** Compose conjoining jamo to syllables (Unicode 3.12): the first place has it, the rest are skipped. */
function composeJamo({ entries, length }: Folded): void {
  const jamoAt = (at: number): number => {
    const entry = entries[at] ?? 0;
    return (entry & JAMO) === JAMO ? entry & CODE_POINT : 0;
  };
  for (let at = 0; at < length; at++) {
    const [jamo, next, last] = [jamoAt(at), jamoAt(at + 1), jamoAt(at + 2)];
    if (jamo !== 0) entries[at] = jamo;
    const lead = jamo - 0x1100;
    const vowel = next - 0x1161;
    const trail = last - 0x11a7;
    if (lead < 0 || lead >= 19 || vowel < 0 || vowel >= 21) continue;
    const isTriple = trail > 0 && trail < 28;
    entries[at] = 0xac00 + (lead * 21 + vowel) * 28 + (isTriple ? trail : 0);
    entries[at + 1] = SKIPPED;
    if (isTriple) entries[at + 2] = SKIPPED;
  }
}

function dropSkipped(folded: Folded): void {
  const { entries, places, length } = folded;
  let kept = 0;
  for (let at = 0; at < length; at++) {
    const entry = entries[at] ?? 0;
    if (entry === SKIPPED) continue;
    entries[kept] = entry;
    places[kept++] = places[at] ?? 0;
  }
  folded.length = kept;
}

/** Give apostrophes and points, in place, the meaning that their neighbours decide. */
function resolveSpecials({ entries, length }: Folded): void {
  const resolved: [number, number][] = [];
  const entry = (at: number): number => (at >= 0 && at < length ? (entries[at] ?? 0) : SEPARATOR);
  const isDigitAt = (at: number): boolean => (entry(at) - ZERO) >>> 0 <= 9;
  const groupsThousands = (at: number): boolean => {
    const isFollowed = isDigitAt(at + 2) && isDigitAt(at + 3) && !isDigitAt(at + 4);
    const isTooLong = isDigitAt(at - 4) && isDigitAt(at - 3) && isDigitAt(at - 2);
    const isLoneZero = entry(at - 1) === ZERO && !isDigitAt(at - 2);
    return isFollowed && !isTooLong && !isLoneZero;
  };
  for (let at = 0; at < length; at++) {
    const kind = entries[at];
    if (kind === APOSTROPHE) {
      const [before, after] = [entry(at - 1), entry(at + 1)];
      const joins = isWord(before) && isWord(after) && ((before | after) & (UNSPACED | ATTACHED)) === 0;
      resolved.push([at, joins ? MUTE : SEPARATOR]);
    } else if (kind === POINT || kind === SPACE) {
      const isBetweenDigits = isDigitAt(at - 1) && isDigitAt(at + 1);
      const isMute = isBetweenDigits && groupsThousands(at);
      if (isMute) resolved.push([at, MUTE]);
      else if (kind === POINT) resolved.push([at, isBetweenDigits ? DECIMAL_POINT : SEPARATOR]);
    }
  }
  for (const [at, value] of resolved) entries[at] = value;
}

function isWord(entry: number): boolean {
  return entry > SPACE && (entry < SPECIAL || (entry & EXPANDED) === EXPANDED);
}

function findTokens({ entries, places, length }: Folded, text: string): Tokens {
  const found = {
    high: new Uint32Array(length),
    low: new Uint32Array(length),
    starts: new Uint32Array(length),
    ends: new Uint32Array(length),
    unspaced: new Uint8Array(length),
  };
  const hash = new WordHash();
  let count = 0;
  let isOpen = false;
  let isSingle = false; // the last character that is no mark on another stands for itself
  const close = (next: number): void => {
    if (!isOpen) return;
    isOpen = false;
    found.low[count] = hash.finish();
    found.high[count] = carried;
    found.ends[count++] = places[next] ?? text.length;
  };
  const take = (entry: number, at: number): void => {
    const isAttached = (entry & ATTACHED) !== 0;
    if (isAttached && !isOpen) return; // a mark on something that is no word is none either
    if (!isAttached) {
      const standsAlone = (entry & UNSPACED) !== 0;
      if (standsAlone || isSingle) close(at);
      isSingle = standsAlone;
    }
    if (!isOpen) {
      isOpen = true;
      hash.begin();
      found.starts[count] = places[at] ?? 0;
      found.unspaced[count] = isSingle ? 1 : 0;
    }
    if (entry !== MUTE) hash.add(entry & CODE_POINT);
  };
  for (let at = 0; at < length; at++) {
    const entry = entries[at] ?? 0;
    if (entry >= SPECIAL) {
      for (const piece of expansions()[entry & CODE_POINT] ?? []) take(piece, at);
    } else if (entry > SPACE) {
      take(entry, at);
    } else {
      close(at);
      isSingle = false;
    }
  }
  close(length);
  return { length: count, ...cut(found, count) };
}

function cut<T extends Record<string, Uint32Array | Uint8Array>>(arrays: T, count: number): T {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name, array.subarray(0, count)]),
  ) as T;
}

/** A polynomial of a word's characters, modulo 2^64. */
class WordHash {
  #high = 0;
  #low = 0;
  #place = 0;
  readonly #powers = new Powers();

  begin(): void {
    this.#high = this.#low = this.#place = 0;
  }

  add(character: number): void {
    this.#powers.reach(this.#place);
    const product = (this.#powers.low[this.#place] ?? 0) * character; // below 2^53, so exact
    const low = this.#low + (product >>> 0);
    const above = Math.floor(product / 0x1_0000_0000) + (low > 0xffffffff ? 1 : 0);
    this.#high = (this.#high + Math.imul(this.#powers.high[this.#place] ?? 0, character) + above) >>> 0;
    this.#low = low >>> 0;
    this.#place++;
  }

  /** The lower half; the upper one is in `carried`. */
  finish(): number {
    return mix(this.#high, this.#low);
  }
}

class Powers {
  high = new Uint32Array([0]);
  low = new Uint32Array([1]);

  reach(power: number): void {
    if (power < this.low.length) return;
    const [high, low] = [new Uint32Array(4 * power + 64), new Uint32Array(4 * power + 64)];
    high.set(this.high);
    low.set(this.low);
    for (let at = this.low.length; at < low.length; at++) {
      low[at] = multiply(high[at - 1] ?? 0, low[at - 1] ?? 0, BASE_HIGH, BASE_LOW);
      high[at] = carried;
    }
    [this.high, this.low] = [high, low];
  }
}

let knownTable: Uint32Array | null = null;
let knownExpansions: number[][] | null = null;

function codePointTable(): Uint32Array {
  if (knownTable) return knownTable;
  const entries = new Uint32Array(TABLE_SIZE);
  let at = 0;
  for (const run of table.runs.split(";")) {
    const [gap = 0, count = 0, first = 0, step = 0] = run.split(",").map((number) => parseInt(number, 36));
    at += gap;
    for (let number = 0; number < count; number++) entries[at++] = first + number * step;
  }
  return (knownTable = entries);
}

/** What stands for the characters that fold to several: folded code points with their flags. */
function expansions(): number[][] {
  return (knownExpansions ??= table.expansions.map((text) =>
    Array.from(text, (character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      return codePoint | ((codePointTable()[codePoint] ?? 0) & (UNSPACED | ATTACHED));
    }),
  ));
}
