import { browser } from "../shared/browser.js";
import type { PasswordField } from "../shared/messages.js";

/** Whether any frame of a tab that lets us in has a password field: one that is seen, or else one that is not. */
export async function passwordFieldIn(tab: number): Promise<PasswordField | null> {
  const results = await browser.scripting.executeScript({
    target: { tabId: tab, allFrames: true },
    injectImmediately: true,
    func: () => globalThis.quotemarkPasswordField?.(),
  });
  const fields = results.map(({ result }) => result);
  return fields.find((field) => field === "visible") ?? fields.find((field) => field === "hidden") ?? null;
}
