import { browser } from "../shared/browser.js";
import { tellFrames } from "../shared/messages.js";

/** The script that reads and paints a frame, as the build names it. */
export const CONTENT_SCRIPT = "content.js";

/** Scan a tab because the reader asked for it; false where the browser does not let us. */
export async function scanTab(tab: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      files: [CONTENT_SCRIPT],
    });
  } catch {
    return false;
  }
  await tellFrames(tab, { type: "scan" });
  return true;
}
