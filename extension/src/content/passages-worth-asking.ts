import type { Span } from "../shared/match-answer.js";
import type { Passage } from "../shared/merge-answers.js";

/**
 * The step between collecting and asking: which passages of a page the background is asked about.
 *
 * These are all that is new since the last time, with some context: on a page's first reading all of its text,
 * in parts where it is longer than a server takes in one request. What of them leaves the browser, the background
 * decides by the filter that the server offers.
 */

/** Below the server's limit of 1,000,000 code points, and of 4 MiB for three bytes a unit. */
const MOST_PASSAGE_UNITS = 900_000;
/** Longer than any quote that a server takes (10,000 characters), so that each lies whole in one passage. */
const OVERLAP_UNITS = 25_000;
/** A quote that begins before what is new, or ends after it, is found if it is no longer than this. */
const CONTEXT_UNITS = 2_000;
/** Rather one passage with what lies between than more requests than these. */
const MOST_NEW_PASSAGES = 4;
/** A text without this many letters and digits can't hold a quote. */
const FEWEST_LETTERS = 12;

/** `news` are the spans of `text` that are new, in order; null where all of it is. */
export function passagesWorthAsking(
  text: string,
  news: readonly Span[] | null = null,
  most = MOST_PASSAGE_UNITS,
  overlap = OVERLAP_UNITS,
): Passage[] {
  const windows = news ? fewWindows(windowsOf(text, news)) : [[0, text.length] as const];
  return windows
    .flatMap((window) => cut(text, window, most, overlap))
    .filter((passage) => holdsLetters(passage.text));
}

/** What is new with its context, from line to line, as far apart as the contexts do not meet. */
function windowsOf(text: string, news: readonly Span[]): Span[] {
  const windows: [number, number][] = [];
  for (const [start, end] of news) {
    const from = lineStart(text, start - CONTEXT_UNITS);
    const to = lineEnd(text, end + CONTEXT_UNITS);
    const last = windows.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else windows.push([from, to]);
  }
  return windows;
}

function fewWindows(windows: Span[]): Span[] {
  const [first] = windows;
  const last = windows.at(-1);
  return first && last && windows.length > MOST_NEW_PASSAGES ? [[first[0], last[1]]] : windows;
}

/** The start of the line that holds an offset; a line that is much longer than the context is cut. */
function lineStart(text: string, offset: number): number {
  if (offset <= 0) return 0;
  const line = text.lastIndexOf("\n", offset) + 1;
  return offset - line > CONTEXT_UNITS ? placeToCut(text, offset) : line;
}

function lineEnd(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const line = text.indexOf("\n", offset);
  const end = line < 0 ? text.length : line;
  return end - offset > CONTEXT_UNITS ? placeToCut(text, offset) : end;
}

function cut(text: string, [from, to]: Span, most: number, overlap: number): Passage[] {
  const passages: Passage[] = [];
  let start = from;
  while (to - start > most) {
    const end = placeToCut(text, start + most);
    passages.push({ start, text: text.slice(start, end) });
    start = placeToCut(text, end - overlap);
  }
  if (start < to) passages.push({ start, text: text.slice(start, to) });
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
