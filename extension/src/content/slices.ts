/** A page stays usable while it is read: work runs in slices, and the page's own tasks come between them. */

const SLICE_MILLISECONDS = 10;

/** Run a generator to its end in slices; it yields where it may be interrupted. */
export async function runInSlices<T>(work: Iterator<void, T>, signal: AbortSignal): Promise<T> {
  let sliceEnds = performance.now() + SLICE_MILLISECONDS;
  for (;;) {
    signal.throwIfAborted();
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() >= sliceEnds) {
      await letPageWork();
      sliceEnds = performance.now() + SLICE_MILLISECONDS;
    }
  }
}

function letPageWork(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
