import { type Block, isBlock, newsOf, type Part } from "./block-text.js";
import { hidesOwnText, isLeftOut, roleOf } from "./element-roles.js";
import { seenParentOf, shadowRootOf } from "./page-dom.js";

/** Attributes by which an element and all in it comes to be read, or not, whatever its style. */
const TELLING = ["hidden", "open", "aria-hidden", "inert", "contenteditable", "role", "slot"];
/** Attributes by which it may come into sight or go out of it: pages change them all the time for other ends. */
const STYLING = ["class", "style"];

/** What the memory needs to be told of. */
export const NOTED_CHANGES: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: [...TELLING, ...STYLING],
};

/** More than the longest books; a page beyond it is read in part, and the reader is told. */
export const MOST_CHARACTERS = 5_000_000;

/** What is remembered of a page between one reading and the next, and what has changed in it since. */
export class PageMemory {
  readonly #blocks = new WeakMap<Element, Block>();
  readonly #changedAt = new WeakMap<Element, number>();
  readonly #doubtedAt = new WeakMap<Element, number>();
  /** Elements whose style may have changed since it was looked at. */
  readonly #restyled = new Set<Element>();
  /** The outermost elements that were out of sight: they may come into sight later. */
  readonly hidden = new Set<Element>();
  #now = 1;
  #reading = 0;
  #settled = 0;
  #charactersLeft = 0;
  #isTruncated = false;

  /** A clock that goes on with every change. */
  get now(): number {
    return this.#now;
  }

  /** The last reading whose news has been dealt with. */
  get settled(): number {
    return this.#settled;
  }

  /** True where the page held more than a reading takes. */
  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  beginReading(): void {
    this.#reading++;
    this.#charactersLeft = MOST_CHARACTERS;
  }

  /** Whether there is room for another text. */
  takes(text: Text): boolean {
    this.#charactersLeft -= text.length;
    this.#isTruncated ||= this.#charactersLeft < 0;
    return this.#charactersLeft >= 0;
  }

  /** What has been read so far is news no longer. */
  settle(): void {
    this.#settled = this.#reading;
  }

  /** All that has been read is news again. */
  unsettle(): void {
    this.#settled = -1;
  }

  /** Note what the page has done to itself. */
  note(records: readonly MutationRecord[]): void {
    this.#now++;
    for (const { type, target, addedNodes, attributeName } of records) {
      if (type === "attributes" && !TELLING.includes(attributeName ?? "")) {
        if (target instanceof Element) this.#restyled.add(target);
        continue;
      }
      this.#noteChange(target);
      if (type === "childList") {
        for (const node of addedNodes) if (node instanceof Element) this.#doubt(node);
        // What is slotted stands elsewhere than where it was put.
        if (target instanceof Element && shadowRootOf(target)) this.#doubt(target);
      } else if (type === "attributes" && target instanceof Element) {
        this.#doubt(target);
        const parent = attributeName === "slot" ? target.parentElement : null;
        if (parent) {
          this.#noteChange(parent);
          this.#doubt(parent);
        }
      }
    }
  }

  /** Something that leaves no trace in the tree may have brought things into sight, or out of it. */
  noteRestyling(body: Element): void {
    this.#restyled.add(body);
  }

  /** Look at what may have come into sight or gone out of it, and note what has. Can be interrupted. */
  *lookAgain(): Generator<undefined, void> {
    if (this.#restyled.size === 0) return;
    const restyled = [...this.#restyled];
    this.#restyled.clear();
    this.#now++;
    for (const element of restyled) {
      if (element.isConnected) yield* this.#lookForHidden(element);
    }
    for (const element of [...this.hidden]) {
      if (!element.isConnected) this.hidden.delete(element);
      else if (!isHidden(element)) this.#renew(element);
      yield;
    }
  }

  /** The block of an element, if it still is as it was read. */
  recall(element: Element, doubtedAt: number): Block | null {
    const block = this.#blocks.get(element);
    if (!block) return null;
    const changedAt = Math.max(doubtedAt, this.#changedAt.get(element) ?? 0, this.doubtedAt(element));
    return block.readAt >= changedAt ? block : null;
  }

  doubtedAt(element: Element): number {
    return this.#doubtedAt.get(element) ?? 0;
  }

  keep(element: Element, parts: readonly Part[], readAt: number): Block {
    const before = this.#blocks.get(element);
    // News that nobody has dealt with stays news.
    const known = before && before.readIn <= this.#settled ? before.parts : null;
    const block = { element, parts, readIn: this.#reading, news: newsOf(parts, known), readAt };
    this.#blocks.set(element, block);
    return block;
  }

  /** A style may hide an element by a change of any around it: look at all blocks that have been read in it. */
  *#lookForHidden(element: Element): Generator<undefined, void> {
    const elements = [element];
    for (let next = elements.pop(); next; next = elements.pop()) {
      if (!this.hidden.has(next) && isHidden(next)) {
        this.#renew(next);
        continue;
      }
      for (const part of this.#blocks.get(next)?.parts ?? []) if (isBlock(part)) elements.push(part.element);
      yield;
    }
  }

  #renew(element: Element): void {
    this.hidden.delete(element);
    this.#doubt(element);
    this.#noteChange(element);
  }

  /** Nothing that was read in this element before now holds. */
  #doubt(element: Element): void {
    this.#doubtedAt.set(element, this.#now);
  }

  /** Every block around a change has changed. */
  #noteChange(node: Node): void {
    let element = node instanceof Element ? node : seenParentOf(node);
    while (element && this.#changedAt.get(element) !== this.#now) {
      this.#changedAt.set(element, this.#now);
      element = seenParentOf(element);
    }
  }
}

function isHidden(element: Element): boolean {
  if (isLeftOut(element)) return false;
  const style = getComputedStyle(element);
  return roleOf(element, style) === "hidden" || hidesOwnText(style);
}
