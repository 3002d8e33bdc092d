/** Where matches overlap, the shortest is the one that is seen and pointed at; of two as long, the first. */

/** Each range lies in one text node. */
export interface Laid {
  readonly ranges: readonly Range[];
}

/** The innermost first; those of one length stay in their order. */
export function innermostFirst<T extends Laid>(items: readonly T[]): T[] {
  return [...items].sort((one, other) => lengthOf(one) - lengthOf(other));
}

function lengthOf({ ranges }: Laid): number {
  return ranges.reduce((sum, { startOffset, endOffset }) => sum + endOffset - startOffset, 0);
}

export function overlap({ ranges }: Laid, other: Laid): boolean {
  return ranges.some((range) => other.ranges.some((otherRange) => doOverlap(range, otherRange)));
}

function doOverlap(one: Range, other: Range): boolean {
  return (
    one.startContainer === other.startContainer &&
    one.startOffset < other.endOffset &&
    other.startOffset < one.endOffset
  );
}

/** For each item that overlaps one further in, what covers it: the ranges of those. */
export function coversOf<T extends Laid>(items: readonly T[]): Map<T, Range[]> {
  const covers = new Map<T, Range[]>();
  const inner = new Map<Node, Range[]>();
  for (const item of innermostFirst(items)) {
    const over = item.ranges.flatMap((range) =>
      (inner.get(range.startContainer) ?? []).filter((other) => doOverlap(range, other)),
    );
    if (over.length > 0) covers.set(item, over);
    for (const range of item.ranges) {
      const ofNode = inner.get(range.startContainer);
      if (ofNode) ofNode.push(range);
      else inner.set(range.startContainer, [range]);
    }
  }
  return covers;
}

/** What is left of ranges where others cover them. */
export function cut(ranges: readonly Range[], covers: readonly Range[]): Range[] {
  return ranges.flatMap((range) => {
    const over = covers.filter((cover) => doOverlap(range, cover));
    over.sort((one, other) => one.startOffset - other.startOffset);
    const parts: Range[] = [];
    let from = range.startOffset;
    for (const { startOffset, endOffset } of over) {
      if (startOffset > from) parts.push(part(range, from, startOffset));
      from = Math.max(from, endOffset);
    }
    if (from < range.endOffset) parts.push(part(range, from, range.endOffset));
    return parts;
  });
}

function part({ startContainer }: Range, start: number, end: number): Range {
  const range = new Range();
  range.setStart(startContainer, start);
  range.setEnd(startContainer, end);
  return range;
}
