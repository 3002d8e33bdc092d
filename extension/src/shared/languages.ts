/** The languages that the extension speaks, as BCP 47 tags, each with its name in itself. */
export const LANGUAGES = {
  de: "Deutsch",
  en: "English",
  es: "Español",
  fr: "Français",
  ru: "Русский",
  uk: "Українська",
  "zh-CN": "简体中文",
} as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as Language[];

/** The language for a reader whose browser speaks `wanted`, a BCP 47 tag: English where we don't speak it. */
export function nearestLanguage(wanted: string): Language {
  const primary = primaryOf(wanted);
  return (
    LANGUAGE_TAGS.find((tag) => tag === wanted) ??
    LANGUAGE_TAGS.find((tag) => primaryOf(tag) === primary) ??
    "en"
  );
}

function primaryOf(tag: string): string {
  return tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
}
