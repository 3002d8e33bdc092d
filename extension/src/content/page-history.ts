import type { Way } from "./page-address.js";

/** Tells when a page goes to another address within its document, comes back from where it was kept, or scrolls. */

export interface HistoryListener {
  moved: (way: Way) => void;
  /** From the back-forward cache: as it was left, but what was under way is lost. */
  returned: () => void;
  /** At most once a second. */
  scrolled: () => void;
  scrollEnded: () => void;
}

const SCROLL_MILLISECONDS = 1_000;

export function followHistory(
  { moved, returned, scrolled, scrollEnded }: HistoryListener,
  signal: AbortSignal,
): void {
  const options = { capture: true, passive: true, signal };
  // Not every browser has it; without it, the change of the page itself tells.
  const { navigation } = globalThis as { navigation?: EventTarget };
  navigation?.addEventListener(
    "currententrychange",
    (event) => {
      moved((event as { navigationType?: unknown }).navigationType === "replace" ? "replaced" : "went");
    },
    options,
  );
  for (const type of ["popstate", "hashchange"]) {
    addEventListener(
      type,
      () => {
        moved("went");
      },
      options,
    );
  }
  addEventListener(
    "pageshow",
    ({ persisted }) => {
      if (persisted) returned();
    },
    options,
  );
  addEventListener("scrollend", scrollEnded, options);
  let scrolledAt = -Infinity;
  addEventListener(
    "scroll",
    ({ timeStamp }) => {
      if (timeStamp < scrolledAt + SCROLL_MILLISECONDS) return;
      scrolledAt = timeStamp;
      scrolled();
    },
    options,
  );
}
