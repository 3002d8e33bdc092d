import { browser } from "./browser.js";
import { type Language, nearestLanguage } from "./languages.js";
import type { Texts } from "./texts.js";

/**
 * Read the texts in a language, in the browser's own for `"auto"`. Content scripts can't: the background does.
 *
 * Not by the browser's `i18n.getMessage`: it speaks no other language than the browser, and Chromium at times hands
 * a process an empty list of messages, and never a full one.
 */
export async function readTexts(language: Language | "auto"): Promise<Texts> {
  const tag = language === "auto" ? nearestLanguage(browser.i18n.getUILanguage()) : language;
  const file = await fetch(browser.runtime.getURL(`_locales/${tag.replace("-", "_")}/messages.json`));
  return (await file.json()) as Texts;
}
