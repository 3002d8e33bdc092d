import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  LINE_STYLES,
  LOOKS,
  RATINGS,
} from "../../extension/src/shared/ratings.js";

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
    /^(rating_|kind_|guard_|popup_|failure_|server_fault_|sent_when_|act_|language_tag|name$|description$|command_)/;
  for (const key of Object.keys(english)) {
    assert.ok(
      code.includes(`"${key}"`) || families.test(key),
      `${key} is never said`,
    );
  }
  for (const rating of RATINGS) assert.ok(`rating_${rating}` in english);
});

for (const language of readdirSync("_locales")) {
  test(`${language} has all texts, with the same places to fill`, () => {
    const texts = read(language);
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
    const places = (text = ""): string[] =>
      [...new Set(text.match(/\$\d/g) ?? [])].sort();
    for (const [key, { message }] of Object.entries(texts)) {
      assert.deepEqual(places(message), places(english[key]?.message), key);
    }
  });
}

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
