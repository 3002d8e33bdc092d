import type { Run } from "./text-map.js";

/**
 * The text of one block element as it was read, with the blocks inside it: a page's text is a tree of these.
 * A block's text does not depend on what stands around it, so one that has not changed is used again.
 */
export interface Block {
  readonly element: Element;
  readonly parts: readonly Part[];
  /** The number of the reading that read it. */
  readonly readIn: number;
  readonly news: News;
  /** When the reading came to it, on the clock of the page's memory. */
  readonly readAt: number;
}

/** A string stands for what is on the screen but in no text node: a line break is a `<br>`. */
export type Part = Run | Block | "\n" | "“" | "”";

/** What a block holds that it did not hold when it was read before. */
export interface News {
  /** The parts that are new, by index. */
  readonly parts: ReadonlySet<number>;
  /** The parts before which something else stood; one more index stands for the end. */
  readonly joints: ReadonlySet<number>;
}

export function isBlock(part: Part): part is Block {
  return typeof part === "object" && "element" in part;
}

/** Compare a block's parts with those that it had before; all are new where there is no before. */
export function newsOf(parts: readonly Part[], before: readonly Part[] | null): News {
  const old = new Map(before?.map((part, i) => [keyOf(part, i), i]));
  const news = { parts: new Set<number>(), joints: new Set<number>() };
  let expected = 0;
  for (const [i, part] of parts.entries()) {
    const index = old.get(keyOf(part, i));
    const was = index === undefined ? undefined : before?.[index];
    const isNew = index === undefined || was === undefined || !isSame(part, was);
    if (isNew) news.parts.add(i);
    if (index !== expected) news.joints.add(i);
    expected = (index ?? NaN) + 1;
  }
  if (expected !== (before?.length ?? 0)) news.joints.add(parts.length);
  return news;
}

function keyOf(part: Part, index: number): unknown {
  return typeof part === "string" ? index : isBlock(part) ? part.element : part.node;
}

/** A block is the same if it is the same element's: what has changed in it, it knows itself. */
function isSame(part: Part, was: Part): boolean {
  if (typeof part === "string" || typeof was === "string") return part === was;
  if (isBlock(part) || isBlock(was)) return isBlock(part) && isBlock(was);
  return part.nodeStart === was.nodeStart && part.text === was.text;
}
