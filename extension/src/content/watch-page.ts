import { bodyOf, rootElementOf } from "./page-dom.js";

/** Tells when a page has probably changed in what it shows, and has come to rest. */

const REST_MILLISECONDS = 700;
/** A page that never rests is looked at this often. */
const LONGEST_WAIT_MILLISECONDS = 3_000;
/** Looking at changes takes no more than a hundredth of the time, however large the page is. */
const REST_PER_WORK = 100;
const LONGEST_REST_MILLISECONDS = 20_000;

export interface Watcher {
  /** Changes of the page, as they come: to be noted, not yet to be looked into. */
  changed: (records: readonly MutationRecord[]) => void;
  /** What is shown may have changed without a change of the page's tree. */
  restyled: () => void;
  /** The document has another root element, and perhaps none of the listeners that it had. */
  rootReplaced: () => void;
  /** The page rests: look at it now. Resolves to the milliseconds of work that this took. */
  rested: () => Promise<number>;
  /** Whether a node is one that the extension itself added. */
  isOurs: (node: Node) => boolean;
  /** Nodes have come or gone: such a node may be among them, or in them. */
  treeChanged: () => void;
}

export class PageWatch {
  readonly #watcher: Watcher;
  readonly #options: MutationObserverInit;
  readonly #observer: MutationObserver;
  readonly #watched = new Set<Node>();
  #unlisten = new AbortController();
  #waitingSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Stands for the look that is under way. */
  #looking: symbol | null = null;
  #rest = REST_MILLISECONDS;

  /** `options` say which changes count. */
  constructor(watcher: Watcher, options: MutationObserverInit) {
    this.#watcher = watcher;
    this.#options = options;
    this.#observer = new MutationObserver((records) => {
      const theirs = records.filter((record) => !this.#isOurs(record));
      this.#watcher.treeChanged();
      if (theirs.length === 0) return;
      const root = rootElementOf(document) as Element | null;
      if (root && theirs.some(({ target }) => target === document)) {
        this.#listen(document);
        this.#watcher.rootReplaced();
      }
      this.#watcher.changed(theirs);
      this.wait();
    });
  }

  get isLooking(): boolean {
    return this.#looking !== null;
  }

  /** Watch a document or shadow root, if it is not watched yet. */
  watch(root: Document | ShadowRoot): void {
    if (this.#watched.has(root)) return;
    this.#watched.add(root);
    this.#observer.observe(root, this.#options);
    this.#listen(root);
  }

  /** Listen to a root, once, however often this is called. */
  #listen(root: Document | ShadowRoot): void {
    // Sites switch from light to dark by attributes of any name there.
    if (root instanceof Document) {
      for (const element of [rootElementOf(root), bodyOf(root) as HTMLElement | null])
        if (element) this.#observer.observe(element, { attributes: true });
    }
    const options = { capture: true, passive: true, signal: this.#unlisten.signal };
    // Sections that open by a tick, a fold or an animation; style sheets that arrive late.
    for (const type of ["toggle", "change", "transitionend", "animationend", "load"])
      root.addEventListener(type, this.#onRestyled, options);
    // Another version for narrow windows; sections that a link within the page opens (`:target`).
    for (const type of ["resize", "hashchange"]) addEventListener(type, this.#onRestyled, options);
  }

  stop(): void {
    this.#observer.disconnect();
    this.#unlisten.abort();
    this.#unlisten = new AbortController();
    this.#watched.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waitingSince = null;
    this.#looking = null;
    this.#rest = REST_MILLISECONDS;
  }

  /** Look at the page once it rests. */
  wait(): void {
    const now = performance.now();
    this.#waitingSince ??= now;
    if (this.#looking) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const latest = this.#waitingSince + Math.max(this.#rest, LONGEST_WAIT_MILLISECONDS);
    this.#timer = setTimeout(this.#look, Math.max(0, Math.min(this.#rest, latest - now)));
  }

  readonly #onRestyled = ({ type, target }: Event): void => {
    if (type === "load" && !(target instanceof HTMLLinkElement)) return;
    this.#watcher.restyled();
    this.wait();
  };

  readonly #look = (): void => {
    this.#timer = null;
    if (document.hidden) {
      addEventListener("visibilitychange", this.#look, {
        capture: true,
        once: true,
        signal: this.#unlisten.signal,
      });
      return;
    }
    this.#waitingSince = null;
    const look = (this.#looking = Symbol());
    void this.#watcher
      .rested()
      .then((work) => {
        if (this.#looking !== look) return;
        this.#rest = Math.min(Math.max(REST_MILLISECONDS, work * REST_PER_WORK), LONGEST_REST_MILLISECONDS);
      })
      .finally(() => {
        if (this.#looking !== look) return;
        this.#looking = null;
        // What changed meanwhile waits its turn.
        if (this.#waitingSince !== null) this.wait();
      });
  };

  #isOurs({ type, addedNodes, removedNodes }: MutationRecord): boolean {
    return type === "childList" && [...addedNodes, ...removedNodes].every(this.#watcher.isOurs);
  }
}
