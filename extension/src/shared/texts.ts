/** A file of `_locales`, as browsers define it; `$1` to `$9` are places to fill. */
export type Texts = Readonly<Record<string, { message: string }>>;

let texts: Texts = {};

/** From now on, say these texts. */
export function speak(spoken: Texts): void {
  texts = spoken;
}

export function say(key: string, ...substitutions: string[]): string {
  const message = texts[key]?.message ?? key;
  return message.replace(/\$([1-9])/g, (_, place: string) => substitutions[Number(place) - 1] ?? "");
}

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
