import { isClippedAway } from "./element-roles.js";
import { bodyOf, rootElementOf, seenParentOf } from "./page-dom.js";

/** A stretch of one axis, in the window's pixels. */
type Stretch = readonly [start: number, end: number];

/**
 * Whether a reader sees an element, or would by scrolling to it.
 *
 * Where in doubt they would: only what is certain to be out of sight is.
 */
export function canBeSeen(element: Element): boolean {
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  if (right - left <= 1 || bottom - top <= 1) return false;
  let across: Stretch = [left, right];
  let down: Stretch = [top, bottom];
  let position = "";
  for (let around: Element | null = element; around && !isRoot(around); around = seenParentOf(around)) {
    const style = getComputedStyle(around);
    if (style.opacity === "0" || isClippedAway(style)) return false;
    // What is positioned is not clipped by those around it that are not.
    if (position === "fixed" || (position === "absolute" && style.position === "static")) continue;
    if (around !== element && hasBox(style)) {
      const box = around.getBoundingClientRect();
      const seenAcross = shownOf(across, [box.left, box.right], style.overflowX);
      const seenDown = shownOf(down, [box.top, box.bottom], style.overflowY);
      if (!seenAcross || !seenDown) return false;
      [across, down] = [seenAcross, seenDown];
    }
    // Neither style nor place of what is around these counts.
    if (around.matches(":modal, :popover-open, :fullscreen")) return true;
    position = style.position;
    if (position === "fixed" && !scrollsThoughFixed(around)) {
      return isShared(across, [0, innerWidth]) && isShared(down, [0, innerHeight]);
    }
  }
  return canBeScrolledTo(across, down);
}

function isRoot(element: Element): boolean {
  return element === rootElementOf(document) || element === bodyOf(document);
}

function hasBox({ display }: CSSStyleDeclaration): boolean {
  return display !== "inline" && display !== "contents";
}

/** Where a box shows a stretch that lies in it, by itself or when it is scrolled; null where it does not. */
function shownOf(stretch: Stretch, box: Stretch, overflow: string): Stretch | null {
  if (overflow === "visible") return stretch;
  if (overflow !== "hidden" && overflow !== "clip") return box[1] - box[0] > 1 ? box : null;
  if (!isShared(stretch, box)) return null;
  return [Math.max(stretch[0], box[0]), Math.min(stretch[1], box[1])];
}

function isShared([start, end]: Stretch, [from, to]: Stretch): boolean {
  return Math.min(end, to) - Math.max(start, from) > 1;
}

/** Whether something around a fixed element is, or may be, the frame that it is fixed in, instead of the window. */
function scrollsThoughFixed(fixed: Element): boolean {
  for (let around = seenParentOf(fixed); around; around = seenParentOf(around)) {
    const { transform, translate, scale, rotate, filter, backdropFilter, perspective, contain, willChange } =
      getComputedStyle(around);
    const frames = [transform, translate, scale, rotate, filter, backdropFilter, perspective, contain];
    if (willChange !== "auto" || frames.some((value) => value && value !== "none")) return true;
  }
  return false;
}

/** Of a page that is read from the left, nothing left of its start or above it comes into sight. */
function canBeScrolledTo([left, right]: Stretch, [, bottom]: Stretch): boolean {
  const styles = [rootElementOf(document), bodyOf(document) as HTMLElement | null].flatMap((element) =>
    element ? [getComputedStyle(element)] : [],
  );
  const isFromLeft = styles.every(
    ({ direction, writingMode }) => direction === "ltr" && writingMode === "horizontal-tb",
  );
  if (!isFromLeft) return true;
  // The window takes the first one that is not "visible".
  const overflow = styles.map(({ overflowX }) => overflowX).find((value) => value !== "visible");
  const isAside = (overflow === "hidden" || overflow === "clip") && left >= innerWidth - 1;
  return right + scrollX > 1 && bottom + scrollY > 1 && !isAside;
}
