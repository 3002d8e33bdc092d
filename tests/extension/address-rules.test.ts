import assert from "node:assert/strict";
import { test } from "node:test";
import {
  reachOf,
  readServerAddress,
  siteOf,
} from "../../extension/src/shared/address-rules.js";
import { readSite } from "../../extension/src/shared/settings.js";

const REACH = {
  web: [
    "https://news.example/a",
    "http://news.example:8080/",
    "https://8.8.8.8/",
    "https://172.32.0.1/",
    "https://[2001:db8::1]/",
    "https://bücher.example/",
  ],
  near: [
    "file:///home/me/a.html",
    "http://localhost:8000/",
    "http://app.localhost/",
    "http://127.0.0.1:8000/demo/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/",
    "http://100.64.0.1/",
    "http://[::1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[::ffff:192.168.0.1]/",
    "http://intranet/",
    "https://printer.local/",
    "https://wiki.corp/",
    "https://nas.home.arpa./",
  ],
  closed: [
    "chrome://settings/",
    "about:blank",
    "data:text/html,x",
    "javascript:1",
    "view-source:https://x.example/",
    "",
    "no address",
  ],
} as const;

for (const [reach, addresses] of Object.entries(REACH)) {
  test(`these are ${reach}`, () => {
    for (const address of addresses)
      assert.equal(reachOf(address), reach, address);
  });
}

test("a site is its host, without port", () => {
  assert.equal(
    siteOf("https://www.news.example:8443/a?b#c"),
    "www.news.example",
  );
  assert.equal(siteOf("nothing"), "");
});

test("server addresses are tidied", () => {
  const tidy = {
    "https://quotes.example.org": "https://quotes.example.org",
    " https://quotes.example.org/ ": "https://quotes.example.org",
    "quotes.example.org/base//": "https://quotes.example.org/base",
    "HTTPS://Quotes.Example.ORG:443/": "https://quotes.example.org",
    "http://127.0.0.1:8000": "http://127.0.0.1:8000",
    "http://quotes.newsroom.internal": "http://quotes.newsroom.internal",
    "127.0.0.1:8765": "http://127.0.0.1:8765",
    "localhost:8000/": "http://localhost:8000",
    "[::1]:8000": "http://[::1]:8000",
    "https://localhost:8443": "https://localhost:8443",
    "8.8.8.8:8000": "https://8.8.8.8:8000",
  };
  for (const [typed, address] of Object.entries(tidy))
    assert.deepEqual(readServerAddress(typed), { ok: true, address });
});

test("server addresses with a fault are refused for it", () => {
  const faults = {
    "": "not_an_address",
    "two words.example": "not_an_address",
    "https://": "not_an_address",
    "ftp://quotes.example.org": "not_http",
    "file:///quotes": "not_http",
    "http://quotes.example.org": "not_encrypted",
    "https://me:secret@quotes.example.org": "has_extras",
    "https://quotes.example.org/?to=me": "has_extras",
    "https://quotes.example.org/#top": "has_extras",
  };
  for (const [typed, fault] of Object.entries(faults)) {
    assert.deepEqual(readServerAddress(typed), { ok: false, fault }, typed);
  }
});

test("sites are read as readers type them", () => {
  assert.equal(readSite(" www.news.example "), "www.news.example");
  assert.equal(readSite("*.news.example"), "news.example");
  assert.equal(
    readSite("https://www.news.example/today?x=1"),
    "www.news.example",
  );
  for (const typed of [
    "",
    "localhost",
    "192.168.0.1",
    "chrome://settings",
    "not a site",
    "news.*",
    "https://*.news.example/",
    "n%65ws.example*",
  ]) {
    assert.equal(readSite(typed), null, typed);
  }
});
