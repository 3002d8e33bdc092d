import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  LANGUAGE_TAGS,
  nearestLanguage,
} from "../../extension/src/shared/languages.js";
import {
  LINE_STYLES,
  LOOKS,
  RATINGS,
} from "../../extension/src/shared/ratings.js";
import {
  say,
  sayCount,
  speak,
  spokenLanguage,
} from "../../extension/src/shared/texts.js";

type Texts = Record<string, { message: string }>;
const read = (language: string): Texts =>
  JSON.parse(
    readFileSync(`_locales/${language}/messages.json`, "utf8"),
  ) as Texts;
const english = read("en");

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : [readFileSync(join(folder, entry.name), "utf8")],
  );
}

test("every text that is said exists, and every text is said", () => {
  const code = sources("src").join("\n");
  const said = [
    ...code.matchAll(/\bsay\(\s*"(\w+)"|data-say(?:-label)?="(\w+)"/g),
  ].map(([, a, b]) => a ?? b ?? "");
  for (const key of said) assert.ok(key in english, key);
  // Said by a name that is put together, or by the manifest or the browser.
  const families =
    /^(rating_|kind_|guard_|popup_|failure_|server_fault_|sent_when_|act_|mode_|strength_|language_tag|name$|description$|command_)/;
  for (const key of Object.keys(english)) {
    assert.ok(
      code.includes(`"${key}"`) || families.test(key),
      `${key} is never said`,
    );
  }
  for (const rating of RATINGS) assert.ok(`rating_${rating}` in english);
});

/** Texts that have a form for each plural category of their language: their keys end in it. */
const PLURAL = /^(popup_found)_(zero|one|two|few|many|other)$/;
const withoutForms = (texts: Texts): string[] =>
  [
    ...new Set(Object.keys(texts).map((key) => PLURAL.exec(key)?.[1] ?? key)),
  ].sort();

test("these languages, and no others, are spoken", () => {
  const folders = readdirSync("_locales").map((name) => name.replace("_", "-"));
  assert.deepEqual(folders.sort(), [...LANGUAGE_TAGS].sort());
});

test("a reader hears the nearest language", () => {
  const wanted = {
    de: "de",
    "de-AT": "de",
    "zh-CN": "zh-CN",
    zh_TW: "zh-CN",
    "en-GB": "en",
    "pt-BR": "en",
    "": "en",
  };
  for (const [tag, nearest] of Object.entries(wanted))
    assert.equal(nearestLanguage(tag), nearest, tag);
});

test("texts are said with their places filled, and dollars in what fills them stay", () => {
  speak(english);
  assert.equal(spokenLanguage(), "en");
  assert.equal(
    say("rated_by_on", "A $2 $& checker", "today"),
    "Rated by A $2 $& checker, today",
  );
  assert.equal(sayCount("popup_found", 1), "1 checked quote on this page");
  assert.equal(
    sayCount("popup_found", 1234),
    "1,234 checked quotes on this page",
  );
  assert.equal(say("no_such_text"), "no_such_text");
});

for (const language of readdirSync("_locales")) {
  const texts = read(language);

  test(`${language} has all texts, with the same places to fill`, () => {
    assert.deepEqual(withoutForms(texts), withoutForms(english));
    const places = (text = ""): string[] =>
      [...new Set(text.match(/\$\d/g) ?? [])].sort();
    for (const [key, { message }] of Object.entries(texts)) {
      const form = PLURAL.exec(key)?.[1];
      const twin = english[form ? `${form}_other` : key];
      assert.deepEqual(places(message), places(twin?.message), key);
      assert.equal(message, message.trim(), key);
      // A dollar that is no place to fill makes browsers refuse the whole extension.
      assert.doesNotMatch(message, /\$(?!\d)/, key);
    }
  });

  test(`${language} has a form for each of its plurals`, () => {
    const tag = texts.language_tag?.message ?? "";
    assert.equal(tag, language.replace("_", "-"));
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    const forms = Object.keys(texts).flatMap(
      (key) => PLURAL.exec(key)?.[2] ?? [],
    );
    assert.deepEqual(forms.sort(), [...pluralCategories].sort());
  });

  test(`${language} is translated`, () => {
    if (language === "en") return;
    const same = Object.keys(texts).filter(
      (key) => texts[key]?.message === english[key]?.message,
    );
    // Words that are the same in both, as they happen to be.
    const mayBeSame =
      /^(name|language_tag|rating_satire|asks_server|server_title|popup_options|strength_normal)$/;
    assert.deepEqual(
      same.filter((key) => !mayBeSame.test(key)),
      [],
    );
  });
}

test("what stores show is as short as they demand", () => {
  for (const language of readdirSync("_locales")) {
    const { name, description } = read(language);
    assert.ok((name?.message.length ?? 0) <= 45, language);
    assert.ok((description?.message.length ?? 999) <= 132, language);
  }
});

test("looks differ without their colours", () => {
  assert.equal(
    new Set(
      LOOKS.map(
        (look) => `${LINE_STYLES[look].line} ${LINE_STYLES[look].thickness}`,
      ),
    ).size,
    LOOKS.length,
  );
});

/** WCAG 2's contrast ratio. */
function contrast(one: string, other: string): number {
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test("looks can be read as text on the grounds that they stand on", () => {
  for (const look of LOOKS) {
    assert.ok(contrast(LINE_STYLES[look].onLight, "#ffffff") >= 4.5, look);
    assert.ok(contrast(LINE_STYLES[look].onDark, "#1c222d") >= 4.5, look);
  }
});

test("words from right to left are set apart, and no others", () => {
  speak(read("de"));
  assert.equal(
    say("rated_by_on", "פקטה", "19. Mai 2024"),
    "Bewertet von \u2068פקטה\u2069, 19. Mai 2024",
  );
  assert.equal(
    say("rated_by_on", "Tide Check", "19. Mai 2024"),
    "Bewertet von Tide Check, 19. Mai 2024",
  );
  speak(english);
});
