import { say, spokenLanguage } from "./texts.js";

/** Fill in the texts of a page: `data-say` names an element's text, `data-say-label` its accessible name. */
export function localize(page: Document, ...substitutions: string[]): void {
  page.documentElement.lang = spokenLanguage();
  for (const element of page.querySelectorAll<HTMLElement>("[data-say]")) {
    element.textContent = say(element.dataset.say ?? "", ...substitutions);
  }
  for (const element of page.querySelectorAll<HTMLElement>("[data-say-label]")) {
    element.setAttribute("aria-label", say(element.dataset.sayLabel ?? ""));
    element.title = say(element.dataset.sayLabel ?? "");
  }
}
