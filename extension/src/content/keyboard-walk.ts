import type { Mark } from "./marks.js";
import { scrollersAround } from "./scrollers.js";

/** Positions are rounded by browsers that zoom. */
const SLACK_PIXELS = 2;

interface Position {
  left: number;
  top: number;
}

/** How keys lead a reader through the matches of a frame: which was visited last, and the way back. */
export class KeyboardWalk {
  #visited: Mark | null = null;
  /** Where all that the walk has scrolled stood before, and where the walk has left it. */
  readonly #scrolled = new Map<Element, { before: Position; after: Position }>();

  get visited(): Mark | null {
    return this.#visited;
  }

  /** Bring a match into view: at once, as whoever goes by keys waits for no scrolling. */
  visit(mark: Mark): void {
    this.#visited = mark;
    const scrollers = scrollersAround(mark);
    const from = scrollers.map(positionOf);
    scrollIntoView(mark, "instant");
    for (const [i, scroller] of scrollers.entries()) {
      const [here, after] = [from[i], positionOf(scroller)];
      if (!here || areClose(here, after)) continue;
      const known = this.#scrolled.get(scroller);
      this.#scrolled.set(scroller, {
        before: known && areClose(known.after, here) ? known.before : here,
        after,
      });
    }
  }

  /** Scroll back to where the reader was before, unless they have scrolled elsewhere since. */
  goBack(): void {
    for (const [scroller, { before, after }] of this.#scrolled) {
      if (areClose(positionOf(scroller), after)) scroller.scrollTo({ ...before, behavior: "instant" });
    }
    this.end();
  }

  /** The reader stays here. */
  end(): void {
    this.#scrolled.clear();
  }

  /** The walk goes on in another frame. */
  leave(): void {
    this.#visited = null;
  }
}

/** Scroll to a mark, smoothly for those who don't mind. */
export function bringIntoView(mark: Mark): void {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollIntoView(mark, isCalm ? "instant" : "smooth");
}

/** The first of the marks that is in the window or below; -1 where all are above. */
export function firstAhead(marks: readonly Mark[]): number {
  return marks.findIndex(({ ranges }) => ranges.some((range) => range.getBoundingClientRect().bottom > 0));
}

function scrollIntoView(mark: Mark, behavior: ScrollBehavior): void {
  const [words] = mark.ranges;
  const element = words?.startContainer.parentElement;
  if (!element) return;
  const scrollers = scrollersAround(mark);
  if (scrollers.every((scroller) => fits(element, scroller))) {
    element.scrollIntoView({ block: "center", behavior });
    return;
  }
  // Of what is longer than the window, a text without paragraphs for one, the middle is not where the words are.
  element.scrollIntoView({ block: "center", behavior: "instant" });
  for (const scroller of scrollers) {
    const seen = boxOf(scroller);
    const { left, right, top, bottom } = words.getBoundingClientRect();
    scroller.scrollBy({
      left: wayToMiddle([left, right], [seen.left, seen.right]),
      top: wayToMiddle([top, bottom], [seen.top, seen.bottom]),
      behavior: "instant",
    });
  }
}

/** How far a stretch is from the middle of a window that does not show all of it. */
function wayToMiddle([start, end]: [number, number], [from, to]: [number, number]): number {
  return start >= from && end <= to ? 0 : (start + end - from - to) / 2;
}

function fits(element: Element, { clientWidth, clientHeight }: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  // It may be the scroller itself.
  const [across, down] = [Math.max(width, element.scrollWidth), Math.max(height, element.scrollHeight)];
  return across <= clientWidth && down <= clientHeight;
}

function boxOf(scroller: Element): DOMRect {
  return scroller === document.scrollingElement
    ? new DOMRect(0, 0, innerWidth, innerHeight)
    : scroller.getBoundingClientRect();
}

function positionOf({ scrollLeft, scrollTop }: Element): Position {
  return { left: scrollLeft, top: scrollTop };
}

function areClose(one: Position, other: Position): boolean {
  return Math.abs(one.left - other.left) <= SLACK_PIXELS && Math.abs(one.top - other.top) <= SLACK_PIXELS;
}
