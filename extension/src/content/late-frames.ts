import { rootElementOf } from "./page-dom.js";

/** Tells when one of the frames that are still on their way has come: once for each. */
export function followLateFrames(came: () => void, signal: AbortSignal): void {
  for (const frame of rootElementOf(document).querySelectorAll("iframe")) {
    // As every frame begins.
    if (frame.contentDocument?.URL !== "about:blank") continue;
    frame.addEventListener("load", came, { once: true, signal });
  }
}
