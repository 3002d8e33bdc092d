import { browser } from "../shared/browser.js";
import { framesOf } from "../shared/frames-of.js";

const FOUND_COLOUR = "#3b3f9e";
const FAILED_COLOUR = "#6b7280";

/** Show on the button how many matches a tab's frames have found, and that asking failed where it did. */
export async function refreshBadge(tab: number): Promise<void> {
  const frames = await framesOf(tab);
  const found = frames.reduce((sum, { report }) => sum + report.matches.length, 0);
  const failed = frames.some(({ report }) => report.state === "failed");
  const text = `${found > 0 ? String(found) : ""}${failed ? "!" : ""}`;
  try {
    await browser.action.setBadgeText({ tabId: tab, text });
    await browser.action.setBadgeBackgroundColor({
      tabId: tab,
      color: found > 0 ? FOUND_COLOUR : FAILED_COLOUR,
    });
    await browser.action.setBadgeTextColor({ tabId: tab, color: "#ffffff" });
  } catch {
    // The tab was closed meanwhile.
  }
}
