import { browser } from "../shared/browser.js";

/**
 * Whether the page shows frames of other sites, large enough for text, that the browser lets no extension look into: it
 * gives leave for a site, and such frames are of others.
 */
export async function hasUnreadFrames(tab: number): Promise<boolean> {
  try {
    const looks = await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      injectImmediately: true,
      func: lookForFrames,
    });
    const results = looks.flatMap(({ result }) => result ?? []);
    const shown = results.reduce((sum, { foreign }) => sum + foreign, 0);
    return shown > results.filter(({ isForeign, isRead }) => isForeign && isRead).length;
  } catch {
    return false;
  }
}

/** Runs in the frame, alone: it can't use anything of this module. */
function lookForFrames(): { foreign: number; isForeign: boolean; isRead: boolean } {
  // As the content script takes it: smaller frames are advertisements and counters.
  const smallest = 150;
  const foreign = [...document.querySelectorAll("iframe")].filter(
    (frame) =>
      frame.contentDocument === null &&
      frame.clientWidth >= smallest &&
      frame.clientHeight >= smallest &&
      frame.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
  );
  return {
    foreign: foreign.length,
    isForeign: window !== window.top && window.frameElement === null,
    isRead: globalThis.quotemark !== undefined,
  };
}
