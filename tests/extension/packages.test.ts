import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const out = mkdtempSync(join(tmpdir(), "quotemark-build-"));
after(() => {
  rmSync(out, { recursive: true });
});

function build(name: string, timeZone: string): string {
  const folder = join(out, name);
  const { status, stderr } = spawnSync(
    process.execPath,
    ["scripts/build.mjs", folder],
    {
      env: { ...process.env, TZ: timeZone },
      encoding: "utf8",
    },
  );
  assert.equal(status, 0, stderr);
  return folder;
}

const first = build("one", "UTC");

test("the same sources give the same zips, wherever and whenever they are built", () => {
  const second = build("another", "Asia/Tokyo");
  const zips = readdirSync(first).filter((name) => name.endsWith(".zip"));
  assert.equal(zips.length, 2);
  for (const zip of zips) {
    assert.ok(
      readFileSync(join(first, zip)).equals(readFileSync(join(second, zip))),
      zip,
    );
  }
});

test("the card that the server keeps for its curation pages is of these sources", () => {
  const kept = readFileSync("../server/admin/static/reader-card.js");
  assert.ok(
    kept.equals(readFileSync(join(first, "reader-card.js"))),
    "server/admin/static/reader-card.js is stale: run `npm run reader-card` in extension/, and commit it",
  );
});

interface Manifest {
  version: string;
  icons: Record<string, string>;
  permissions: string[];
  optional_host_permissions: string[];
  host_permissions?: unknown;
  content_scripts?: unknown;
  web_accessible_resources?: unknown;
  externally_connectable?: unknown;
  browser_specific_settings?: { gecko: { strict_min_version: string } };
}

for (const browser of ["chrome", "firefox"]) {
  const folder = join(first, browser);
  const manifest = JSON.parse(
    readFileSync(join(folder, "manifest.json"), "utf8"),
  ) as Manifest;

  test(`${browser}: docs/permissions.md explains what is asked for, and nothing else`, () => {
    const page = readFileSync("../docs/permissions.md", "utf8");
    const explained = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual(
      explained.sort(),
      [...manifest.permissions, ...manifest.optional_host_permissions].sort(),
    );
  });

  test(`${browser}: no page can be read before leave is given, and none can see the extension's files`, () => {
    assert.equal(manifest.host_permissions, undefined);
    assert.equal(manifest.content_scripts, undefined);
    assert.equal(manifest.web_accessible_resources, undefined);
    assert.equal(manifest.externally_connectable, undefined);
  });

  test(`${browser}: icons are as large as they say`, () => {
    for (const [size, path] of Object.entries(manifest.icons)) {
      const png = readFileSync(join(folder, path));
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      assert.deepEqual(
        [png.readUInt32BE(16), png.readUInt32BE(20)],
        [Number(size), Number(size)],
      );
    }
  });
}

test("firefox: no version that paints highlights without lines is let in, and the README says which is the first", () => {
  const manifest = JSON.parse(
    readFileSync(join(first, "firefox", "manifest.json"), "utf8"),
  ) as Manifest;
  const version = Number.parseInt(
    manifest.browser_specific_settings?.gecko.strict_min_version ?? "",
    10,
  );
  assert.ok(version >= 146, String(version));
  assert.match(
    readFileSync("../README.md", "utf8"),
    new RegExp(`Firefox\\*\\* \\(${String(version)} or newer\\)`),
  );
});
