import type { Span } from "../shared/match-answer.js";
import { type Block, isBlock } from "./block-text.js";
import { isEditable } from "./element-roles.js";
import { bodyOf, designModeOf, rootElementOf } from "./page-dom.js";
import { MOST_CHARACTERS, PageMemory } from "./page-memory.js";
import { readBlocks } from "./read-blocks.js";
import { runInSlices } from "./slices.js";
import { type Run, TextMap } from "./text-map.js";

/** The text of a page, and the way from it to the page's nodes and back. */
export interface CollectedText {
  readonly text: string;
  readonly map: TextMap;
  /** What of the text is new since the last news was dealt with, in order; empty where something was taken away. */
  readonly news: readonly Span[];
  /** True where the page holds more than was collected. */
  readonly truncated: boolean;
}

/**
 * The visible text of a document in reading order, read again and again as it changes.
 *
 * Block ends and `<br>` are line breaks. Open shadow roots are read in their place, with what is slotted
 * into them. Left out are scripts, forms and their fields, what can be edited, and what is hidden from eyes
 * or from assistive technology. Nothing of the page is changed. A reading after the first reads only the
 * blocks that have changed, and gives what a first one would give.
 */
export class PageText {
  readonly #document: Document;
  readonly memory = new PageMemory();
  /** The milliseconds of work that the last reading took. */
  work = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  /** Something that leaves no trace in the tree may have changed what is in sight. */
  noteRestyling(): void {
    const body = bodyOf(this.#document) as HTMLElement | null;
    if (body) this.memory.noteRestyling(body);
  }

  async read(signal: AbortSignal): Promise<CollectedText> {
    const { result, milliseconds } = await runInSlices(this.#read(), signal);
    this.work = milliseconds;
    return result;
  }

  *#read(): Generator<undefined, CollectedText> {
    const body = bodyOf(this.#document) as HTMLElement | null;
    this.memory.beginReading();
    if (!body || isDraft(this.#document, body)) return new TextWriter().finish();
    yield* this.memory.lookAgain();
    const top = yield* readBlocks(body, this.memory);
    const collected = yield* write(top, this.memory.settled);
    return { ...collected, truncated: collected.truncated || this.memory.isTruncated };
  }
}

/** Whether a document is written in whole by the reader, as many editors have one in a frame. */
function isDraft(document: Document, body: Element): boolean {
  return designModeOf(document) === "on" || isEditable(body) || isEditable(rootElementOf(document));
}

interface Writing {
  block: Block;
  next: number;
  /** Whether all in it is news because it itself is. */
  isNew: boolean;
  hasNews: boolean;
}

/** Write a tree of blocks as one text. */
function* write(top: Block, settled: number): Generator<undefined, CollectedText> {
  const writer = new TextWriter();
  const open: Writing[] = [];
  const enter = (block: Block, isNew: boolean): void => {
    writer.breakLine();
    open.push({ block, next: 0, isNew, hasNews: block.readIn > settled });
  };
  enter(top, false);
  for (let writing = open.at(-1); writing && !writer.isFull; writing = open.at(-1)) {
    const { block, next, isNew, hasNews } = writing;
    if (hasNews && block.news.joints.has(next)) writer.noteNews(writer.length);
    const part = block.parts[writing.next++];
    const isPartNew = isNew || (hasNews && block.news.parts.has(next));
    if (part === undefined) {
      open.pop();
      writer.breakLine();
    } else if (isBlock(part)) {
      enter(part, isPartNew);
    } else {
      const start = writer.length;
      if (part === "\n") writer.breakLine();
      else if (typeof part === "string") writer.add(part);
      else writer.writeRun(part);
      if (isPartNew) writer.noteNews(start);
    }
    yield;
  }
  return writer.finish();
}

class TextWriter {
  readonly #parts: string[] = [];
  readonly #runs: Run[] = [];
  readonly #starts: number[] = [];
  readonly #news: [number, number][] = [];
  #endsInBreak = true;
  #isFull = false;
  length = 0;

  get isFull(): boolean {
    return this.#isFull;
  }

  writeRun(run: Run): void {
    if (this.length + run.text.length > MOST_CHARACTERS) {
      this.#isFull = true;
      return;
    }
    this.#starts.push(this.length);
    this.#runs.push(run);
    this.add(run.text);
  }

  add(text: string): void {
    this.#parts.push(text);
    this.length += text.length;
    this.#endsInBreak = text.endsWith("\n");
  }

  /** End a line, once. */
  breakLine(): void {
    if (!this.#endsInBreak) this.add("\n");
  }

  /** What has been written since `start` is news; nothing, where something was taken away. */
  noteNews(start: number): void {
    const last = this.#news.at(-1);
    if (last && last[1] >= start - 1) last[1] = this.length;
    else this.#news.push([start, this.length]);
  }

  finish(): CollectedText {
    return {
      text: this.#parts.join(""),
      map: new TextMap(this.#starts, this.#runs),
      news: this.#news,
      truncated: this.#isFull,
    };
  }
}
