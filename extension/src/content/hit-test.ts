import { innermostFirst, type Laid } from "./overlaps.js";

/** Which text stands under a point: by geometry, since the page's own elements are not to be touched. */

/** A line's box is a little lower than its text seems to a pointer; underlines stand below it. */
const SLACK_PIXELS = 2;

/** The innermost of `items` with a range under the point that nothing covers. */
export function itemAt<T extends Laid>(items: readonly T[], x: number, y: number): T | null {
  const under = items.filter((item) => isAt(item, x, y));
  return innermostFirst(under)[0] ?? null;
}

export function isAt({ ranges }: Laid, x: number, y: number): boolean {
  return ranges.some((range) => isUnder(range, x, y) && isUncovered(range, x, y));
}

function isUnder(range: Range, x: number, y: number): boolean {
  return (
    holds(range.getBoundingClientRect(), x, y) && [...range.getClientRects()].some((box) => holds(box, x, y))
  );
}

function holds(box: DOMRect, x: number, y: number): boolean {
  return (
    x >= box.left &&
    x <= box.right &&
    y >= box.top - SLACK_PIXELS &&
    y <= box.bottom + SLACK_PIXELS &&
    box.width > 0
  );
}

/** Whether the text is what the reader sees at the point, rather than a dialog or a picture over it. */
function isUncovered(range: Range, x: number, y: number): boolean {
  const common = range.commonAncestorContainer;
  const block = common instanceof Element ? common : common.parentElement;
  const root = common.getRootNode();
  if (!block || !(root instanceof Document || root instanceof ShadowRoot)) return false;
  for (const element of root.elementsFromPoint(x, y)) {
    if (element === block || block.contains(element) || element.contains(block)) return true;
    if (isOpaque(element)) return false;
  }
  return false;
}

/** Links stretched over a whole card are clear as glass: the text below them is still read. */
function isOpaque(element: Element): boolean {
  if (/^(img|video|canvas|iframe|svg|picture|object|embed)$/.test(element.localName)) return true;
  const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
  const isClear =
    /^(transparent|rgba\(\d+, \d+, \d+, 0\))$/.test(backgroundColor) && backgroundImage === "none";
  return !isClear && opacity !== "0";
}
