/** Tells when a page's text has probably changed and has come to rest. */

const REST_MILLISECONDS = 1_000;
/** A page that never rests is looked at this often. */
const LONGEST_WAIT_MILLISECONDS = 10_000;

export class PageWatch {
  readonly #observer: MutationObserver;
  #waitingSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  readonly #rested: () => void;

  /** `isOurs` tells nodes that the extension itself added. */
  constructor(rested: () => void, isOurs: (node: Node) => boolean) {
    this.#rested = rested;
    this.#observer = new MutationObserver((records) => {
      if (!records.every((record) => [...record.addedNodes, ...record.removedNodes].some(isOurs)))
        this.#wait();
    });
  }

  /** Watch these documents and shadow roots, and no others. */
  watch(roots: readonly Node[]): void {
    this.stop();
    for (const root of roots) {
      this.#observer.observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
        attributeFilter: ["hidden", "open", "aria-hidden"],
      });
    }
  }

  stop(): void {
    this.#observer.disconnect();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waitingSince = null;
  }

  #wait(): void {
    const now = performance.now();
    this.#waitingSince ??= now;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const left = this.#waitingSince + LONGEST_WAIT_MILLISECONDS - now;
    this.#timer = setTimeout(this.#rest, Math.max(0, Math.min(REST_MILLISECONDS, left)));
  }

  readonly #rest = (): void => {
    this.#timer = null;
    if (document.hidden) {
      document.addEventListener("visibilitychange", this.#rest, { once: true });
      return;
    }
    this.#waitingSince = null;
    this.#rested();
  };
}
