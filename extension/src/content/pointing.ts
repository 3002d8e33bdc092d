import { isAt, itemAt } from "./hit-test.js";
import { isSelected } from "./selected.js";
import type { Mark } from "./marks.js";

/** A pointer that only crosses a quote opens nothing; one that slips off it for a moment closes nothing. */
const OPEN_AFTER_MILLISECONDS = 130;
const CLOSE_AFTER_MILLISECONDS = 280;
/** As long as browsers wait before they take a finger that rests for one that is held. */
const HELD_AFTER_MILLISECONDS = 500;
/** A pressed pointer that goes farther than this selects text, or drags something. */
const DRAG_PIXELS = 4;

export interface PointingTarget {
  marks: () => readonly Mark[];
  /** The mark whose tooltip is open. */
  current: () => Mark | null;
  /** The mark that the reader chose in the tooltip: it stays under a pointer that reaches another first. */
  chosen: () => Mark | null;
  /** Whether the tooltip itself is pointed at or holds the focus. */
  isHeld: () => boolean;
  open: (mark: Mark) => void;
  close: () => void;
}

/** Open and close the tooltip by mouse, pen and touch, until `signal` aborts. */
export function followPointer(target: PointingTarget, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let planned: Mark | null = null;
  let frame = 0;
  let press: { x: number; y: number; isInTooltip: boolean } | null = null;
  let isTouched = false;
  let holding: ReturnType<typeof setTimeout> | undefined;
  const options = { capture: true, passive: true, signal };

  const markAt = (x: number, y: number): Mark | null => {
    const chosen = target.chosen();
    return chosen && isAt(chosen, x, y) ? chosen : itemAt(target.marks(), x, y);
  };

  const plan = (under: Mark | null): void => {
    if (under === planned) return;
    clearTimeout(timer);
    planned = under;
    if (under === target.current()) return;
    timer = under
      ? setTimeout(() => {
          // Keys may have opened a tooltip meanwhile, this one or another with the focus in it.
          if (under !== target.current() && !target.isHeld() && !isSelected(under)) target.open(under);
        }, OPEN_AFTER_MILLISECONDS)
      : setTimeout(() => {
          if (!target.isHeld()) target.close();
        }, CLOSE_AFTER_MILLISECONDS);
  };

  const dropPlans = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    clearTimeout(holding);
    planned = target.current();
  };
  // What was planned for marks that are no longer followed must not open.
  signal.addEventListener("abort", dropPlans);

  const isDrag = (x: number, y: number): boolean =>
    press !== null && Math.hypot(x - press.x, y - press.y) > DRAG_PIXELS;

  /** A tap on a link follows it. A finger held on it opens the tooltip, and what browsers do then they do as ever. */
  const hold = (x: number, y: number, held: EventTarget | null): void => {
    clearTimeout(holding);
    if (target.isHeld() || !isInLink(held)) return;
    const under = itemAt(target.marks(), x, y);
    if (under) target.open(under);
  };

  addEventListener(
    "pointerdown",
    ({ clientX, clientY, pointerType, isTrusted, target: pressed }) => {
      press = null;
      isTouched = pointerType === "touch";
      clearTimeout(holding);
      if (isTouched && isTrusted) {
        holding = setTimeout(() => {
          hold(clientX, clientY, pressed);
        }, HELD_AFTER_MILLISECONDS);
      }
      if (pointerType === "touch" || !isTrusted) return;
      press = { x: clientX, y: clientY, isInTooltip: target.isHeld() };
      dropPlans();
    },
    options,
  );
  addEventListener(
    "pointermove",
    ({ clientX, clientY, buttons, pointerType, isTrusted }) => {
      if (pointerType === "touch" || !isTrusted || target.marks().length === 0) return;
      cancelAnimationFrame(frame);
      if (buttons !== 0) {
        // A tooltip would stand in the way of a selection that is being made.
        if (press && !press.isInTooltip && isDrag(clientX, clientY) && target.current()) target.close();
        return;
      }
      frame = requestAnimationFrame(() => {
        plan(target.isHeld() ? target.current() : markAt(clientX, clientY));
      });
    },
    options,
  );
  document.documentElement.addEventListener(
    "pointerleave",
    ({ pointerType }) => {
      // A finger leaves with every touch that ends or scrolls: only a tap elsewhere closes.
      if (pointerType === "touch") return;
      cancelAnimationFrame(frame);
      plan(null);
    },
    { passive: true, signal },
  );
  // Some browsers cancel the touch and show their menu sooner.
  addEventListener(
    "contextmenu",
    ({ clientX, clientY, isTrusted, target: held }) => {
      if (isTrusted && isTouched) hold(clientX, clientY, held);
    },
    options,
  );
  addEventListener(
    "keydown",
    ({ key, isTrusted }) => {
      // What is closed by this key stays closed, though the pointer rests on the words, or came there a moment ago.
      if (key === "Escape" && isTrusted) dropPlans();
    },
    options,
  );
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(
      end,
      () => {
        clearTimeout(holding);
      },
      options,
    );
  }
  addEventListener(
    "click",
    ({ clientX, clientY, isTrusted, target: clicked }) => {
      if (!isTrusted || target.isHeld() || isDrag(clientX, clientY)) return;
      const under = itemAt(target.marks(), clientX, clientY);
      clearTimeout(timer);
      planned = under;
      if (under && !isInLink(clicked)) target.open(under);
      else if (!under) target.close();
    },
    options,
  );
}

function isInLink(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a[href]") !== null;
}
