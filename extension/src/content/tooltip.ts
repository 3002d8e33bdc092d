import {
  autoUpdate,
  computePosition,
  flip,
  hide,
  inline,
  offset,
  type Platform,
  platform,
  shift,
  size,
} from "@floating-ui/dom";
import { say, spokenLanguage } from "../shared/texts.js";
import { focusableBeside } from "./focus-beside.js";
import type { Explanation } from "./explain.js";
import type { OwnRoot } from "./own-root.js";
import { seenParentOf } from "./page-dom.js";
import { type Surface, themeOf } from "./surface.js";
import { type CardActions, cardContents } from "./tooltip-card.js";

/** Space between the card and the window's edge, and between the card and the words. */
const EDGE_PIXELS = 8;
const GAP_PIXELS = 6;
/** Less than this of a card is of no use. */
const FEWEST_PIXELS = 280;

/** Its own measures from the root element, which begins away from the window on a page that is centred by it, or vertical. */
const IN_THE_WINDOW: Platform = {
  ...platform,
  getElementRects: async ({ reference, floating }) => ({
    reference: reference.getBoundingClientRect(),
    floating: { x: 0, y: 0, ...(await platform.getDimensions(floating)) },
  }),
};

export interface Shown {
  explanation: Explanation;
  ranges: readonly Range[];
  surface: Surface;
  /** "2 of 5", for those who walk through the matches. */
  number: number;
  of: number;
  follow: CardActions["follow"];
  report: CardActions["report"];
  overlapping: CardActions["overlapping"];
}

/**
 * The card beside a match.
 *
 * It is a small dialog that is not modal, since it holds links: pointers may move into it, keyboards get
 * their focus put into it and back. It stands in the top layer, over whatever the page stacks.
 */
export class Tooltip {
  readonly #card = document.createElement("div");
  readonly #announcement = document.createElement("p");
  #stopPlacing: (() => void) | null = null;
  #focusBefore: Element | null = null;
  #words: readonly Range[] = [];

  readonly #root: OwnRoot;
  readonly #closed: () => void;

  /** `closed` is told of every end of showing that the reader brought about in the card itself. */
  constructor(root: OwnRoot, closed: () => void) {
    this.#root = root;
    this.#closed = closed;
    this.#announcement.className = "announcement";
    this.#announcement.setAttribute("role", "status");
    this.#card.popover = "manual";
    this.#card.tabIndex = -1;
    this.#card.setAttribute("role", "dialog");
    this.#card.addEventListener("keydown", this.#tab);
    this.#card.addEventListener("focusout", ({ relatedTarget }) => {
      // Elsewhere in the window only: who looks at another one comes back to it.
      if (relatedTarget instanceof Node && !this.#card.contains(relatedTarget)) this.#leave();
    });
    root.append(this.#announcement, this.#card);
  }

  get isOpen(): boolean {
    return this.#stopPlacing !== null;
  }

  get hasPointer(): boolean {
    return this.isOpen && this.#card.matches(":hover");
  }

  get hasFocus(): boolean {
    return this.isOpen && this.#card.matches(":focus-within");
  }

  show({ explanation, ranges, surface, number, of, follow, report, overlapping }: Shown): void {
    this.#stopPlacing?.();
    this.#words = ranges;
    this.#root.attach(ranges[0]?.startContainer);
    this.#card.className = `card ${themeOf(surface)} ${explanation.look}`;
    this.#card.lang = spokenLanguage();
    // Not the page's direction: the sentences are ours, and none of our languages is written from right to left.
    // What checkers wrote finds its own (see tooltip-card).
    this.#card.dir = "ltr";
    this.#card.setAttribute("aria-label", say("tooltip_name", String(number), String(of)));
    const hadFocus = this.hasFocus;
    this.#card.replaceChildren(
      ...cardContents(explanation, { close: this.#leave, follow, report, overlapping }),
    );
    if (!this.#card.matches(":popover-open")) this.#card.showPopover();
    this.#undoZoom();
    this.#stopPlacing = this.#place(ranges);
    if (hadFocus) this.#card.focus({ preventScroll: true });
  }

  /** Move the keyboard's focus into the card, and remember where it was. */
  takeFocus(): void {
    if (!this.hasFocus) this.#focusBefore = document.activeElement;
    this.#card.focus({ preventScroll: true });
  }

  hide(): void {
    if (!this.isOpen) return;
    const hadFocus = this.hasFocus;
    this.#stopPlacing?.();
    this.#stopPlacing = null;
    // The page may have taken the host away, and the card with it.
    if (this.#card.matches(":popover-open")) this.#card.hidePopover();
    this.#card.replaceChildren();
    if (this.#root.isAttached) this.#root.attach();
    if (hadFocus && this.#focusBefore instanceof HTMLElement)
      this.#focusBefore.focus({ preventScroll: true });
    this.#focusBefore = null;
  }

  /** Say something to screen readers alone. */
  announce(text: string): void {
    this.#root.attach();
    this.#announcement.textContent = text;
  }

  /** The card stands at the page's end, but Tab leads out of it to what is beside the words. */
  readonly #tab = (event: KeyboardEvent): void => {
    if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey || !event.isTrusted) return;
    const controls = [...this.#card.querySelectorAll("a[href], button")];
    const isLeaving = event.shiftKey
      ? event.target === this.#card || event.target === controls[0]
      : event.target === controls.at(-1);
    const words = event.shiftKey ? this.#words[0] : this.#words.at(-1);
    if (!isLeaving || !words) return;
    event.preventDefault();
    const beside = focusableBeside(words, event.shiftKey);
    if (beside) this.#focusBefore = beside;
    this.#leave();
    // The page scrolls to it, as it does wherever Tab leads.
    beside?.focus();
  };

  readonly #leave = (): void => {
    this.hide();
    this.#closed();
  };

  /** It is placed in the window's pixels, and must not be scaled by a page that zooms all that is in it. */
  #undoZoom(): void {
    this.#card.style.zoom = "";
    // Chromium knows it since 128.
    const { currentCSSZoom } = this.#card as { currentCSSZoom?: number };
    this.#card.style.zoom = String(1 / (currentCSSZoom ?? 1));
  }

  /** Keep the card beside the words while the page scrolls, zooms or moves; returns how to stop. */
  #place(ranges: readonly Range[]): () => void {
    const [first] = ranges;
    if (!first) return () => undefined;
    const container = first.commonAncestorContainer;
    const contextElement = container instanceof Element ? container : container.parentElement;
    const frame = frameAround(contextElement);
    const words = {
      getBoundingClientRect: () => enclosing(seenBoxes(ranges, frame)),
      getClientRects: () => seenBoxes(ranges, frame),
      ...(contextElement ? { contextElement } : {}),
    };
    const { style } = this.#card;
    // Not the window's edge where room is kept for a scrollbar.
    style.left = "0";
    const edge = this.#card.getBoundingClientRect().left;
    style.left = "";
    const stop = autoUpdate(words, this.#card, () => {
      void computePosition(words, this.#card, {
        strategy: "fixed",
        placement: "bottom-start",
        platform: IN_THE_WINDOW,
        middleware: [
          inline(),
          offset(GAP_PIXELS),
          // Where neither above nor below has room for all of it, beside the words may have.
          flip({
            padding: EDGE_PIXELS,
            // Below words that begin at the right it is shifted.
            crossAxis: false,
            fallbackPlacements: ["top-start", "right", "left"],
            fallbackStrategy: "bestFit",
          }),
          size({
            padding: EDGE_PIXELS,
            apply: ({ availableHeight, elements }) => {
              const fewest = Math.min(FEWEST_PIXELS, innerHeight - 2 * EDGE_PIXELS);
              elements.floating.style.maxHeight = `${Math.max(fewest, Math.floor(availableHeight))}px`;
            },
          }),
          // In a low window (a phone on its side, a page at 300 %) it covers some of the words rather than
          // showing too little of itself.
          shift({ padding: EDGE_PIXELS, crossAxis: true }),
          hide(),
        ],
      }).then(({ x, y, middlewareData }) => {
        if (this.#stopPlacing !== stop) return;
        style.left = `${Math.round(x - edge)}px`;
        style.top = `${Math.round(y)}px`;
        const areGone = middlewareData.hide?.referenceHidden === true;
        // Who reads by keyboard keeps the focus, and finds the card again beside its words.
        if (areGone && !this.hasFocus) this.#leave();
        else this.#card.classList.toggle("away", areGone);
      });
    });
    return stop;
  }
}

/** The nearest element around that shows a part of what is in it, as a teaser that ends after some lines does. */
function frameAround(element: Element | null): Element | null {
  for (let around = element; around; around = seenParentOf(around)) {
    const { overflow, display } = getComputedStyle(around);
    if (overflow !== "visible" && display !== "inline") return around;
  }
  return null;
}

/** The boxes of the words that their frame shows, or all where it shows none. */
function seenBoxes(ranges: readonly Range[], frame: Element | null): DOMRect[] {
  const all = ranges.flatMap((range) => [...range.getClientRects()]);
  const { left, right, top, bottom } = frame?.getBoundingClientRect() ?? ENDLESS;
  const seen = all.filter(
    (box) =>
      Math.min(box.right, right) > Math.max(box.left, left) &&
      Math.min(box.bottom, bottom) > Math.max(box.top, top) + 1,
  );
  return seen.length > 0 ? seen : ranges.map((range) => range.getBoundingClientRect());
}

const ENDLESS = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };

function enclosing(boxes: readonly DOMRect[]): DOMRect {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return new DOMRect(left, top, right - left, bottom - top);
}
