/** By which way the document came to its address; null where the browser does not tell. */
export type Way = "replaced" | "went" | null;

/** Browsers keep no more entries of a tab's history: then one more drops the oldest. */
const MOST_ENTRIES = 50;

/**
 * The address of the page that a document showed, to tell when it shows another one.
 *
 * A page that puts another query or fragment in the place of its own, as many do to drop what they were linked with,
 * stays the same page; to another path, or by a step of the history, it goes.
 */
export class PageAddress {
  #address = addressOf(location);
  #last = this.#address;
  #entries = history.length;

  get isLeft(): boolean {
    return this.#address !== addressOf(location);
  }

  note(way: Way): void {
    const now = addressOf(location);
    const isReplaced =
      way === null ? history.length === this.#entries && this.#entries < MOST_ENTRIES : way === "replaced";
    if (isReplaced && this.#last === this.#address && pathOf(now) === pathOf(this.#last)) this.#address = now;
    this.#last = now;
    this.#entries = history.length;
  }
}

/** What tells a page from another: without an anchor, but with the path that some apps keep behind the "#". */
function addressOf({ href }: Location): string {
  return href.replace(/#[^/!?]*$/, "");
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/, "");
}
