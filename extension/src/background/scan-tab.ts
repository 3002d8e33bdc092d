import { browser } from "../shared/browser.js";
import { tellFrames, type ToFrame } from "../shared/messages.js";

/** The script that reads and paints a frame, as the build names it. */
export const CONTENT_SCRIPT = "content.js";

/** Scan a tab because the reader asked for it; false where the browser does not let us. */
export function scanTab(tab: number): Promise<boolean> {
  return tellInto(tab, { type: "scan" });
}

/** Scan those frames of a tab that were not there yet when the reader asked for it. */
export async function scanLateFrames(tab: number): Promise<void> {
  await tellInto(tab, { type: "scan_if_new" });
}

/** Scan a tab if the reader's rules allow it, as when it is opened; false where the browser does not let us. */
export function startTab(tab: number): Promise<boolean> {
  return tellInto(tab, { type: "start" });
}

async function tellInto(tab: number, message: ToFrame): Promise<boolean> {
  try {
    await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      // A frame that never ends to load, as advertisements do, keeps no other waiting.
      injectImmediately: true,
      files: [CONTENT_SCRIPT],
    });
  } catch {
    return false;
  }
  await tellFrames(tab, message);
  return true;
}
