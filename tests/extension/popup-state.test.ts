import assert from "node:assert/strict";
import { test } from "node:test";
import {
  canBeAllowed,
  popupState,
  sentOf,
} from "../../extension/src/popup/popup-state.js";
import type { Frame } from "../../extension/src/shared/frames-of.js";
import type {
  FrameReport,
  ListedMatch,
} from "../../extension/src/shared/messages.js";
import {
  DEFAULT_SETTINGS,
  mayScanByItself,
  type Settings,
} from "../../extension/src/shared/settings.js";

const NEWS = "https://news.example/today";
const REPORT: FrameReport = {
  state: "not_scanned",
  failure: null,
  matches: [],
  complete: true,
  truncated: false,
  frame: "",
  sentOfFrames: [],
  read: 0,
  sent: 0,
  servers: [],
  current: null,
  visited: null,
  ahead: null,
};
const MATCH: ListedMatch = {
  index: 0,
  label: "False",
  look: "fails",
  publisher: "P",
  speaker: null,
  words: "w",
  kind: "exact",
  changes: [],
};

function frames(...reports: Partial<FrameReport>[]): Frame[] {
  return reports.map((report, id) => ({
    id,
    report: { ...REPORT, ...report },
  }));
}

function settings(change: Partial<Settings> = {}): Settings {
  return { ...DEFAULT_SETTINGS, ...change };
}

test("the popup says how the page stands", () => {
  const states: [string, string | undefined, Settings, Frame[] | null][] = [
    ["unreadable", undefined, settings(), []],
    ["unreadable", "chrome://settings/", settings(), []],
    ["unreadable", NEWS, settings(), null],
    ["off", NEWS, settings({ offSites: ["news.example"] }), []],
    ["not_scanned", NEWS, settings(), []],
    ["not_scanned", NEWS, settings(), frames({})],
    [
      "scanning",
      NEWS,
      settings(),
      frames({ state: "scanned" }, { state: "scanning" }),
    ],
    ["stopped", NEWS, settings(), frames({ state: "stopped" }, {})],
    ["none", NEWS, settings(), frames({ state: "scanned" }, {})],
    [
      "failed",
      NEWS,
      settings(),
      frames({ state: "failed", failure: { reason: "busy", detail: null } }),
    ],
    ["password_field", NEWS, settings(), frames({ state: "password_field" })],
    [
      "hidden_password_field",
      NEWS,
      settings(),
      frames({ state: "hidden_password_field" }),
    ],
    [
      "found",
      NEWS,
      settings(),
      frames(
        { state: "failed", failure: { reason: "busy", detail: null } },
        { state: "scanned", matches: [MATCH] },
      ),
    ],
  ];
  for (const [kind, address, kept, reported] of states)
    assert.equal(popupState(address, kept, reported).kind, kind);
});

test("matches are listed with the frame that they stand in", () => {
  const state = popupState(
    NEWS,
    settings(),
    frames({ matches: [MATCH] }, { matches: [MATCH], complete: false }),
  );
  assert.ok(state.kind === "found");
  assert.deepEqual(
    state.matches.map(({ frame }) => frame),
    [0, 1],
  );
  assert.equal(state.isPartial, true);
});

test("pages are scanned by themselves only where the reader allowed it, and never near ones", () => {
  assert.equal(mayScanByItself(settings(), NEWS), false);
  assert.equal(
    mayScanByItself(settings({ sites: ["news.example"] }), NEWS),
    false,
  );
  assert.equal(
    mayScanByItself(settings({ mode: "sites", sites: ["news.example"] }), NEWS),
    true,
  );
  assert.equal(
    mayScanByItself(
      settings({ mode: "sites", sites: ["other.example"] }),
      NEWS,
    ),
    false,
  );
  assert.equal(mayScanByItself(settings({ mode: "all" }), NEWS), true);
  assert.equal(
    mayScanByItself(
      settings({ mode: "all", offSites: ["news.example"] }),
      NEWS,
    ),
    false,
  );
  for (const near of [
    "http://127.0.0.1:8000/demo/",
    "file:///a.html",
    "http://intranet/",
  ]) {
    assert.equal(mayScanByItself(settings({ mode: "all" }), near), false);
    assert.equal(canBeAllowed(near), false);
  }
  assert.equal(canBeAllowed(NEWS), true);
});

test("the popup knows how much of a page was sent, of all its frames", () => {
  const shareOf = (...reports: Partial<FrameReport>[]): number => {
    return sentOf(frames(...reports)).share;
  };
  assert.equal(shareOf({ read: 900, sent: 0 }), 0);
  assert.equal(
    shareOf({ read: 900, sent: 90 }, { read: 100, sent: 10, matches: [MATCH] }),
    0.1,
  );
  assert.equal(shareOf({ read: 50, sent: 50 }), 1);
  assert.equal(shareOf({ read: 0, sent: 0 }), 0);
  const servers = ["https://one.example", "https://two.example"];
  assert.deepEqual(
    sentOf(
      frames({ servers: servers.slice(0, 1) }, { servers }, { servers: [] }),
    ).servers,
    servers,
  );
  assert.deepEqual(sentOf(null), { share: 0, servers: [] });
});

test("beside matches the popup has what failed", () => {
  const failure = { reason: "busy" as const, detail: null };
  const state = popupState(
    NEWS,
    settings(),
    frames({ state: "failed", failure, matches: [MATCH] }),
  );
  assert.ok(state.kind === "found");
  assert.equal(state.failure, failure);
});
