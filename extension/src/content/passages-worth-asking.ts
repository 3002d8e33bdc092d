/**
 * The step between collecting and asking: which passages of a page leave the browser at all.
 *
 * Today all of its text does, in parts where it is longer than a server takes in one request. A filter of
 * the published quotes' fingerprints, kept in the browser, will stand here and let through only passages
 * that probably hold a checked quote.
 */

export interface Passage {
  /** Where the passage begins in the page's text. */
  readonly start: number;
  readonly text: string;
}

/** Below the server's limit of 1,000,000 code points, and of 4 MiB for three bytes a unit. */
export const MOST_PASSAGE_UNITS = 900_000;
/** Longer than any quote that a server takes (10,000 characters), so that each lies whole in one passage. */
export const OVERLAP_UNITS = 25_000;
/** A text without this many letters and digits can't hold a quote. */
const FEWEST_LETTERS = 12;

export function passagesWorthAsking(
  text: string,
  most = MOST_PASSAGE_UNITS,
  overlap = OVERLAP_UNITS,
): Passage[] {
  if (!holdsLetters(text)) return [];
  const passages: Passage[] = [];
  let start = 0;
  while (text.length - start > most) {
    const end = placeToCut(text, start + most);
    passages.push({ start, text: text.slice(start, end) });
    start = placeToCut(text, end - overlap);
  }
  passages.push({ start, text: text.slice(start) });
  return passages;
}

function holdsLetters(text: string): boolean {
  const letter = /[\p{L}\p{N}]/gu;
  for (let letters = 0; letters < FEWEST_LETTERS; letters++) if (!letter.test(text)) return false;
  return true;
}

/** Never between the halves of a surrogate pair. */
function placeToCut(text: string, offset: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(offset)) ? offset - 1 : offset;
}
