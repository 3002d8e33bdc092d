import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  readSettingsFile,
  writeSettingsFile,
} from "../../extension/src/options/settings-file.js";
import { LANGUAGE_TAGS } from "../../extension/src/shared/languages.js";
import {
  DEFAULT_SETTINGS,
  mayScanByItself,
  MODES,
  readPartialSettings,
  STRENGTHS,
  type Settings,
} from "../../extension/src/shared/settings.js";

const CHOSEN: Settings = {
  server: "https://quotes.example.org/en",
  mode: "sites",
  sites: ["news.example", "www.paper.example"],
  offSites: ["bank.example"],
  strength: "strong",
  language: "uk",
  summary: false,
};

test("what is written to a file is read from it", () => {
  assert.deepEqual(readSettingsFile(writeSettingsFile(CHOSEN)), CHOSEN);
});

test("files that are none are refused", () => {
  for (const text of [
    "",
    "{",
    "[]",
    "null",
    "7",
    '"x"',
    "{}",
    '{"quotemark-settings": 2}',
  ]) {
    assert.equal(readSettingsFile(text), null, text);
  }
});

test("what a file says wrongly is as at first", () => {
  const file = JSON.stringify({
    "quotemark-settings": 1,
    server: "http://evil.example",
    mode: "everything",
    sites: [
      "news.example",
      7,
      "192.168.0.1",
      "https://NEWS.example/today",
      "file:///etc/passwd",
    ],
    offSites: "bank.example",
    strength: ["strong"],
    language: "tlh",
    summary: "yes",
    other: "thing",
    __proto__: { server: "https://evil.example" },
  });
  assert.deepEqual(readSettingsFile(file), {
    ...DEFAULT_SETTINGS,
    sites: ["news.example"],
  });
});

test("an organization's settings are read like a file's", () => {
  assert.deepEqual(
    readPartialSettings({ mode: "all", server: "quotes.example.org" }),
    {
      mode: "all",
      server: "https://quotes.example.org",
    },
  );
  for (const value of [null, undefined, 7, "all", []])
    assert.deepEqual(readPartialSettings(value), {});
});

test("the schema for organizations names the settings and their values", () => {
  const { properties } = JSON.parse(
    readFileSync("managed-schema.json", "utf8"),
  ) as {
    properties: Record<string, { enum?: string[] }>;
  };
  assert.deepEqual(
    Object.keys(properties).sort(),
    Object.keys(DEFAULT_SETTINGS).sort(),
  );
  assert.deepEqual(properties.mode?.enum, [...MODES]);
  assert.deepEqual(properties.strength?.enum, [...STRENGTHS]);
  assert.deepEqual(properties.language?.enum, ["auto", ...LANGUAGE_TAGS]);
});

test("by itself only what the reader chose is scanned, and nothing that is near", () => {
  assert.ok(mayScanByItself(CHOSEN, "https://news.example/today"));
  assert.ok(mayScanByItself(CHOSEN, "https://www.news.example/today"));
  assert.ok(!mayScanByItself(CHOSEN, "https://other-news.example/today"));
  assert.ok(!mayScanByItself(CHOSEN, "https://www.bank.example/"));
  assert.ok(!mayScanByItself(CHOSEN, "https://other.example/"));
  const everywhere: Settings = { ...CHOSEN, mode: "all" };
  assert.ok(mayScanByItself(everywhere, "https://other.example/"));
  for (const address of [
    "https://bank.example/",
    "http://127.0.0.1:8000/",
    "http://localhost/",
    "http://wiki/",
    "http://10.1.2.3/",
    "http://[::1]/",
    "http://printer.local/",
    "https://intranet.corp/",
    "file:///home/me/page.html",
    "about:blank",
    "chrome://settings/",
    "",
  ]) {
    assert.ok(!mayScanByItself(everywhere, address), address);
  }
});
