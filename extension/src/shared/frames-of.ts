import { browser } from "./browser.js";
import type { FrameReport, PasswordField } from "./messages.js";

declare global {
  /** The session of a frame, in the extension's own world there: pages can't see it. */
  var quotemark: { readonly report: FrameReport } | undefined;
  /** Looks for a password field in the frame, which may be too small to have a session. */
  var quotemarkPasswordField: (() => Promise<PasswordField | null>) | undefined;
}

export interface Frame {
  id: number;
  report: FrameReport;
}

/**
 * Ask all frames of a tab, themselves, how they stand: nothing is kept elsewhere that could go stale. Those that are
 * still loading, as advertisements do for long, are not waited for.
 *
 * Null where there is no page to read: where the browser lets no extension in (its own pages, stores, files without
 * leave), and where a document is drawn by something else than HTML, as PDF files and pictures are.
 */
export async function framesIfReadable(tab: number): Promise<Frame[] | null> {
  try {
    const results = await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      injectImmediately: true,
      func: lookAtFrame,
    });
    const looks = results.flatMap(({ frameId, result }) => (result ? [{ id: frameId, ...result }] : []));
    if (looks.some(({ id, isReadable }) => id === TOP_FRAME && !isReadable)) return null;
    return looks.flatMap(({ id, report }) => (report ? [{ id, report }] : []));
  } catch {
    return null;
  }
}

export const TOP_FRAME = 0;

/** Runs in the frame, alone: it can't use anything of this module. */
function lookAtFrame(): { isReadable: boolean; report: FrameReport | undefined } {
  return {
    // Chromium shows a PDF file in an empty page of HTML.
    isReadable: document.documentElement instanceof HTMLElement && document.contentType !== "application/pdf",
    report: globalThis.quotemark?.report,
  };
}

export async function framesOf(tab: number): Promise<Frame[]> {
  return (await framesIfReadable(tab)) ?? [];
}
