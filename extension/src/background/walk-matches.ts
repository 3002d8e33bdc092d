import { browser } from "../shared/browser.js";
import { framesOf } from "../shared/frames-of.js";
import { tellFrames } from "../shared/messages.js";

/**
 * Go to the next or previous match of a tab, over all its frames, round and round: from the one that is open, or was
 * visited last, or else from where the reader is.
 */
export async function walkMatches(tab: number, step: 1 | -1): Promise<void> {
  const frames = await framesOf(tab);
  const stops = frames.flatMap(({ id, report }) => report.matches.map(({ index }) => ({ frame: id, index })));
  if (stops.length === 0) {
    await openPopup();
    return;
  }
  const placeOf = (kind: "current" | "visited" | "ahead"): number => {
    const frame = frames.find(({ report }) => report[kind] !== null);
    return stops.findIndex((stop) => stop.frame === frame?.id && stop.index === frame.report[kind]);
  };
  const [current, visited, ahead] = [placeOf("current"), placeOf("visited"), placeOf("ahead")];
  const at = current === -1 ? visited : current;
  // Before the first step, the reader stands between what is above and what is ahead.
  const unbounded = at !== -1 ? at + step : step === 1 ? Math.max(ahead, 0) : Math.max(ahead, 0) - 1;
  const next = (unbounded + stops.length) % stops.length;
  const to = stops[next];
  if (!to) return;
  for (const { id, report } of frames) {
    const isLeft = id !== to.frame && (report.current !== null || report.visited !== null);
    if (isLeft) await tellFrames(tab, { type: "close" }, id);
  }
  await tellFrames(tab, { type: "open", index: to.index, number: next + 1, of: stops.length }, to.frame);
}

/** Where there is nothing to walk through, the popup says why. */
async function openPopup(): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    // Older browsers let no extension open it.
  }
}
