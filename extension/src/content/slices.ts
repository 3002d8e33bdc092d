/** A page stays usable while it is read: work runs in slices, in the time that the page has to spare. */

/** Longer slices would keep a click waiting. */
const LONGEST_SLICE_MILLISECONDS = 16;
/** A page that is never idle is still read, by a slice every so often: a tenth of the time at most. */
const LONGEST_WAIT_MILLISECONDS = 100;
const SLICE_OF_BUSY_PAGE_MILLISECONDS = 8;

/** Run a generator to its end in slices; it yields where it may be interrupted. Tells what work it took. */
export async function runInSlices<T>(
  work: Iterator<void, T>,
  signal: AbortSignal,
): Promise<{ result: T; milliseconds: number }> {
  let milliseconds = 0;
  for (;;) {
    const sliceEnds = await nextSlice();
    signal.throwIfAborted();
    const start = performance.now();
    let now = start;
    let step: IteratorResult<void, T>;
    do {
      step = work.next();
      now = performance.now();
    } while (!step.done && now < sliceEnds);
    milliseconds += now - start;
    if (step.done) return { result: step.value, milliseconds };
  }
}

/** Wait for the next slice, and tell when it ends. */
function nextSlice(): Promise<number> {
  return new Promise((resolve) => {
    requestIdleCallback(
      (deadline) => {
        const left = deadline.didTimeout ? SLICE_OF_BUSY_PAGE_MILLISECONDS : deadline.timeRemaining();
        resolve(performance.now() + Math.min(left, LONGEST_SLICE_MILLISECONDS));
      },
      { timeout: LONGEST_WAIT_MILLISECONDS },
    );
  });
}
