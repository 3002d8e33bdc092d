import messages from "../../_locales/en/messages.json";

/** Stands in for the browser's own texts where the card is shown outside of the extension: in English. */
const texts: Readonly<Record<string, { message: string }>> = messages;

Object.assign(globalThis, {
  browser: {
    i18n: {
      getMessage: (key: string, given: readonly string[] = []): string =>
        (texts[key]?.message ?? "").replace(/\$(\d)/g, (_, place: string) => given[Number(place) - 1] ?? ""),
    },
  },
});
