/** A file of `_locales`, as browsers define it; `$1` to `$9` are places to fill. */
export type Texts = Readonly<Record<string, { message: string }>>;

let texts: Texts = {};

/** From now on, say these texts. */
export function speak(spoken: Texts): void {
  texts = spoken;
}

export function say(key: string, ...substitutions: string[]): string {
  const message = texts[key]?.message ?? key;
  return message.replace(/\$([1-9])/g, (_, place: string) =>
    setApart(substitutions[Number(place) - 1] ?? ""),
  );
}

/**
 * Digits and marks beside words from right to left would be drawn at their other end: such words are set apart, or
 * others where they stand beside such.
 */
export function setApart(words: string, beside = words): string {
  return FROM_RIGHT_TO_LEFT.test(beside) ? `\u2068${words}\u2069` : words;
}

/** Hebrew, Arabic, and what else Unicode keeps beside them. */
const FROM_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The language that `say` speaks, as a BCP 47 tag. */
export function spokenLanguage(): string {
  return texts.language_tag?.message ?? "en";
}

/** Say a text of which there is a form for each of the language's plural categories, with the count as `$1`. */
export function sayCount(key: string, count: number): string {
  const tag = spokenLanguage();
  const form = new Intl.PluralRules(tag).select(count);
  return say(`${key}_${form}`, new Intl.NumberFormat(tag).format(count));
}
