/**
 * Build the extension for Chrome and Firefox, and the curation pages' reader card: `node scripts/build.mjs [FOLDER]`.
 * The same sources give the same bytes.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import * as esbuild from "esbuild";
import { ICON_SIZES, manifestFor } from "./manifest.mjs";
import { zipOf } from "./zip.mjs";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(extension, "src");
const { version } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));

/** Where it all goes: a folder and a zip for each browser, and the card. */
const dist = resolve(process.argv[2] ?? join(extension, "dist"));
rmSync(dist, { recursive: true, force: true });

const common = { bundle: true, target: ["chrome122", "firefox146"], charset: "utf8", legalComments: "none" };

for (const browser of ["chrome", "firefox"]) {
  const out = join(dist, browser);
  mkdirSync(join(out, "icons"), { recursive: true });
  await esbuild.build({
    ...common,
    entryPoints: { content: join(source, "content/main.ts") },
    format: "iife",
    outdir: out,
  });
  await esbuild.build({
    ...common,
    entryPoints: {
      background: join(source, "background/main.ts"),
      popup: join(source, "popup/popup.ts"),
      options: join(source, "options/options.ts"),
      welcome: join(source, "welcome/welcome.ts"),
    },
    format: "esm",
    outdir: out,
  });
  for (const file of [
    "popup/popup.html",
    "popup/popup.css",
    "options/options.html",
    "welcome/welcome.html",
    "shared/page.css",
    "shared/theme.css",
  ]) {
    cpSync(join(source, file), join(out, file.replace(/^.*\//, "")));
  }
  cpSync(join(extension, "_locales"), join(out, "_locales"), { recursive: true });
  if (browser === "chrome") cpSync(join(extension, "managed-schema.json"), join(out, "managed-schema.json"));
  cpSync(join(extension, "icons/icon.svg"), join(out, "icons/icon.svg"));
  for (const [size, png] of icons()) writeFileSync(join(out, "icons", `${size}.png`), png);
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifestFor(browser, version), null, 2)}\n`);
  writeFileSync(join(dist, `quotemark-${version}-${browser}.zip`), zipOf(out));
}

// The curation pages show editors the card that readers will get. `npm run reader-card` copies it to the server's own
// files, where it is kept, because a server is installed without the extension's sources. A build alone doesn't: the
// test of its freshness would then look at what was built a moment ago, not at what is kept.
await esbuild.build({
  ...common,
  entryPoints: [join(source, "preview/reader-card.ts")],
  format: "iife",
  minify: true,
  outfile: join(dist, "reader-card.js"),
});

/** The icon's drawing, in the sizes that browsers and stores want. */
function icons() {
  const drawing = readFileSync(join(extension, "icons/icon.svg"));
  return ICON_SIZES.map((size) => [
    size,
    new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render().asPng(),
  ]);
}
