import { browser } from "./browser.js";
import type { FrameReport } from "./messages.js";

declare global {
  /** The session of a frame, in the extension's own world there: pages can't see it. */
  var quotemark: { readonly report: FrameReport } | undefined;
}

export interface Frame {
  id: number;
  report: FrameReport;
}

/**
 * Ask all frames of a tab, themselves, how they stand: nothing is kept elsewhere that could go stale.
 *
 * Null where the browser lets no extension in: its own pages, stores, files without leave.
 */
export async function framesIfReadable(tab: number): Promise<Frame[] | null> {
  try {
    const results = await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      func: () => globalThis.quotemark?.report,
    });
    return results.flatMap(({ frameId, result }) => (result ? [{ id: frameId, report: result }] : []));
  } catch {
    return null;
  }
}

export async function framesOf(tab: number): Promise<Frame[]> {
  return (await framesIfReadable(tab)) ?? [];
}
