import { browser } from "../shared/browser.js";
import type { ToFrame } from "../shared/messages.js";
import { FrameSession } from "./frame-session.js";
import { removeRootsLeftBehind } from "./own-root.js";
import { isPrerendering } from "./page-dom.js";
import { clearPaintLeftBehind } from "./paint.js";
import { findPasswordField } from "./password-fields.js";

/** Smaller frames are advertisements and counters. */
const SMALLEST_FRAME_PIXELS = 150;

function isWorthReading(): boolean {
  return (
    window === window.top || (innerWidth >= SMALLEST_FRAME_PIXELS && innerHeight >= SMALLEST_FRAME_PIXELS)
  );
}

function start(): void {
  removeRootsLeftBehind();
  clearPaintLeftBehind();
  const session = new FrameSession(new AbortController().signal);
  globalThis.quotemark = session;
  browser.runtime.onMessage.addListener((message: ToFrame) => {
    session.hear(message);
  });
  void session.start();
}

// The script comes by a click or by a rule, and may come more than once: the first one stays.
function startOnceWorthIt(): void {
  if (!globalThis.quotemark && isWorthReading()) start();
  if (globalThis.quotemark) removeEventListener("resize", startOnceWorthIt);
}

function begin(): void {
  // Embedded posts come small, and grow when they know their height.
  addEventListener("resize", startOnceWorthIt, { passive: true });
  startOnceWorthIt();
}

globalThis.quotemarkPasswordField ??= findPasswordField;

// Chromium shows a PDF file in an empty page of HTML.
if (document.documentElement instanceof HTMLElement && document.contentType !== "application/pdf") {
  if (isPrerendering()) document.addEventListener("prerenderingchange", begin, { once: true });
  else begin();
}
