import { browser } from "../shared/browser.js";
import { framesOf } from "../shared/frames-of.js";
import { tellFrames } from "../shared/messages.js";

/** Go to the next or previous match of a tab, over all its frames, round and round. */
export async function walkMatches(tab: number, step: 1 | -1): Promise<void> {
  const stops = (await framesOf(tab)).flatMap(({ id, report }) =>
    report.matches.map(({ index }) => ({ frame: id, index, isCurrent: index === report.current })),
  );
  if (stops.length === 0) {
    await openPopup();
    return;
  }
  const at = stops.findIndex(({ isCurrent }) => isCurrent);
  const next = at === -1 ? (step === 1 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
  const from = stops[at];
  const to = stops[next];
  if (!to) return;
  if (from && from.frame !== to.frame) await tellFrames(tab, { type: "close" }, from.frame);
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
