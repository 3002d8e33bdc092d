import { browser } from "../shared/browser.js";
import { leaveFor, withLeave } from "../shared/site-leave.js";
import { readSettings } from "../shared/stored-settings.js";
import { CONTENT_SCRIPT } from "./scan-tab.js";

const SCRIPT_ID = "allowed-sites";

/** Have the browser run the content script where the reader allowed it, and nowhere else. */
export function registerSites(): Promise<void> {
  running = running.then(registerOnce, registerOnce);
  return running;
}

/** One at a time, since the browser refuses a second script of the same name. */
let running: Promise<void> = Promise.resolve();

async function registerOnce(): Promise<void> {
  const matches = leaveFor(await withLeave(await readSettings()));
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  if (matches.length === 0) {
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    return;
  }
  const script: chrome.scripting.RegisteredContentScript = {
    id: SCRIPT_ID,
    js: [CONTENT_SCRIPT],
    matches,
    allFrames: true,
    // A frame without an address of its own (`srcdoc`, `about:blank`) belongs to the page that made it.
    matchOriginAsFallback: true,
    runAt: "document_idle",
    persistAcrossSessions: true,
  };
  // Not taken away and put back: a page that is opened between the two would not be scanned.
  if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
}
