import { browser } from "../shared/browser.js";
import type { ToFrame } from "../shared/messages.js";
import { FrameSession } from "./frame-session.js";
import { removeRootsLeftBehind } from "./own-root.js";
import { bodyOf, isPrerendering } from "./page-dom.js";
import { clearPaintLeftBehind } from "./paint.js";
import { findPasswordField } from "./password-fields.js";

/** Smaller frames are advertisements and counters. */
const SMALLEST_FRAME_PIXELS = 150;

function isWorthReading(): boolean {
  const isPage = window === window.top;
  return (
    isPage || (innerWidth >= SMALLEST_FRAME_PIXELS && innerHeight >= SMALLEST_FRAME_PIXELS && !isBlank())
  );
}

/** Every frame begins so. Its own document takes this one's place, and all that was begun in it would stay behind. */
function isBlank(): boolean {
  return document.URL === "about:blank" && !(bodyOf(document) as HTMLElement | null)?.hasChildNodes();
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
  if (!globalThis.quotemark) return;
  removeEventListener("resize", startOnceWorthIt);
  filling.disconnect();
}

const filling = new MutationObserver(startOnceWorthIt);

function begin(): void {
  // Embedded posts come small, and grow when they know their height.
  addEventListener("resize", startOnceWorthIt, { passive: true });
  if (isBlank()) filling.observe(document, { childList: true, subtree: true });
  startOnceWorthIt();
}

globalThis.quotemarkPasswordField ??= findPasswordField;

// Chromium shows a PDF file in an empty page of HTML.
if (document.documentElement instanceof HTMLElement && document.contentType !== "application/pdf") {
  if (isPrerendering()) document.addEventListener("prerenderingchange", begin, { once: true });
  else begin();
}
