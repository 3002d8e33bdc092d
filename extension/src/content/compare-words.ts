/** A word-by-word comparison of the checked words with the page's words. */

export interface Segment {
  /** `both`: the same words in both. `checked`: only in the checked quote. `page`: only on the page. */
  readonly where: "both" | "checked" | "page";
  readonly text: string;
}

/** Beyond this many pairs of words the texts are shown one after the other instead. */
const MOST_PAIRS = 1_000_000;

/** Scripts without spaces between words are compared character by character. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(String.raw`(?:[${UNSPACED}]|[^\s${UNSPACED}]+)\s*`, "gu");

/**
 * Compare the checked words with the pieces in which a page repeats them; case, marks and accents don't count.
 *
 * Pieces that stand in the checked words as they are, in order, are shown where they stand. Otherwise words
 * are compared by their longest common subsequence. Null where the texts are too long to compare in the time
 * that a tooltip has.
 */
export function compareWords(checked: string, pieces: readonly string[]): Segment[] | null {
  const left = wordsOf(checked);
  const right = pieces.map(wordsOf);
  if (left.length * right.flat().length > MOST_PAIRS) return null;
  const segments = placePieces(left, right) ?? alignWords(left, right.flat());
  return segments.map(({ where, text }, i) => ({
    where,
    text: i === segments.length - 1 ? text.trimEnd() : text,
  }));
}

function placePieces(checked: readonly Word[], pieces: readonly (readonly Word[])[]): Segment[] | null {
  const segments: Segment[] = [];
  let from = 0;
  for (const piece of pieces) {
    const at = placeOf(piece, checked, from);
    if (at === -1) return null;
    for (const word of checked.slice(from, at)) add(segments, "checked", word.text);
    for (const word of checked.slice(at, at + piece.length)) add(segments, "both", word.text);
    from = at + piece.length;
  }
  for (const word of checked.slice(from)) add(segments, "checked", word.text);
  return segments;
}

function placeOf(piece: readonly Word[], words: readonly Word[], from: number): number {
  for (let at = from; at + piece.length <= words.length; at++) {
    if (piece.every(({ folded }, i) => folded === words[at + i]?.folded)) return at;
  }
  return -1;
}

function alignWords(left: readonly Word[], right: readonly Word[]): Segment[] {
  const common = commonLengths(left, right);
  const segments: Segment[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (a && a.folded === b?.folded) {
      add(segments, "both", b.text);
      i++;
      j++;
    } else if (a && (!b || common(i + 1, j) >= common(i, j + 1))) {
      add(segments, "checked", a.text);
      i++;
    } else if (b) {
      add(segments, "page", b.text);
      j++;
    }
  }
  return segments;
}

interface Word {
  /** As written, with the space after it. */
  text: string;
  folded: string;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const [written] of text.matchAll(WORD)) {
    const folded = fold(written);
    const last = words.at(-1);
    // A mark that stands alone ("–") belongs to the word before it.
    if (folded === "" && last) last.text += written;
    else words.push({ text: written, folded });
  }
  const last = words.at(-1);
  if (last && !/\s$/.test(last.text)) last.text += " ";
  return words;
}

function fold(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** Lengths of the longest common subsequences of all pairs of ends, by dynamic programming. */
function commonLengths(left: readonly Word[], right: readonly Word[]): (i: number, j: number) => number {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const same = left[i]?.folded === right[j]?.folded;
      lengths[i * width + j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}

function add(segments: Segment[], where: Segment["where"], text: string): void {
  const last = segments.at(-1);
  if (last?.where === where) segments[segments.length - 1] = { where, text: last.text + text };
  else segments.push({ where, text });
}
