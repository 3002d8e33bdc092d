/** The one place that knows what differs between browsers: Firefox names its API `browser`. */
export const browser: typeof chrome = (globalThis as { browser?: typeof chrome }).browser ?? chrome;

/** Say a text of `_locales` in the reader's language. */
export function say(key: string, ...substitutions: string[]): string {
  return browser.i18n.getMessage(key, substitutions) || key;
}

/** The language that `say` speaks, as a BCP 47 tag. */
export function spokenLanguage(): string {
  return browser.i18n.getMessage("language_tag") || "en";
}

/** Say a text of which there is a form for each of the language's plural categories, with the count as `$1`. */
export function sayCount(key: string, count: number): string {
  const tag = spokenLanguage();
  const form = new Intl.PluralRules(tag).select(count);
  return say(`${key}_${form}`, new Intl.NumberFormat(tag).format(count));
}
