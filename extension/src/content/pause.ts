import type { Failure } from "../shared/messages.js";

/** How long nothing is asked after a failure, after one more in a row, and so on: the last holds for all further ones. */
const PAUSES_MILLISECONDS = [5_000, 20_000, 60_000, 300_000, 900_000];
/** For about two hours: then a change of the page asks again, or the reader. */
const MOST_TRIES = 12;
/** What does not pass by itself. A server's refusal is one of the text. */
const LASTING: ReadonlySet<Failure["reason"]> = new Set(["refused", "not_permitted", "own_fault"]);

/** The time after a failure in which a scan does not ask, however often its page changes. */
export class Pause {
  #failure: Failure | null = null;
  #failures = 0;
  #until = 0;

  /** What went wrong, as long as the pause lasts. */
  get failure(): Failure | null {
    return performance.now() < this.#until ? this.#failure : null;
  }

  /** The milliseconds after which to ask again though the page has not changed; null where that is of no use. */
  get millisecondsToRetry(): number | null {
    if (!this.#failure || LASTING.has(this.#failure.reason) || this.#failures > MOST_TRIES) return null;
    return Math.max(0, this.#until - performance.now());
  }

  begin(failure: Failure): void {
    // What was asked at the same time failed once, not twice in a row.
    if (this.failure) return;
    const pause = PAUSES_MILLISECONDS[Math.min(this.#failures++, PAUSES_MILLISECONDS.length - 1)] ?? 0;
    this.#failure = failure;
    // Not all readers of a server that comes back come back in the same moment.
    this.#until = performance.now() + pause * (1 + Math.random() / 2);
  }

  end(): void {
    this.#failure = null;
    this.#failures = 0;
    this.#until = 0;
  }
}
