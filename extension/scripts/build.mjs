/** Build the extension for Chrome and Firefox: `node scripts/build.mjs`. The same sources give the same bytes. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import * as esbuild from "esbuild";
import { ICON_SIZES, manifestFor } from "./manifest.mjs";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(extension, "src");
const { version } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));

const common = { bundle: true, target: ["chrome122", "firefox140"], charset: "utf8", legalComments: "none" };

for (const browser of ["chrome", "firefox"]) {
  const out = join(extension, "dist", browser);
  rmSync(out, { recursive: true, force: true });
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
    },
    format: "esm",
    outdir: out,
  });
  for (const file of [
    "popup/popup.html",
    "popup/popup.css",
    "options/options.html",
    "options/options.css",
    "shared/theme.css",
  ]) {
    cpSync(join(source, file), join(out, file.replace(/^.*\//, "")));
  }
  cpSync(join(extension, "_locales"), join(out, "_locales"), { recursive: true });
  cpSync(join(extension, "icons/icon.svg"), join(out, "icons/icon.svg"));
  for (const [size, png] of icons()) writeFileSync(join(out, "icons", `${size}.png`), png);
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifestFor(browser, version), null, 2)}\n`);
}

// The curation pages show editors the card that readers will get. It is kept with the server's own files, because
// a server is installed without the extension's sources.
await esbuild.build({
  ...common,
  entryPoints: [join(source, "preview/reader-card.ts")],
  format: "iife",
  minify: true,
  outfile: join(dirname(extension), "server/admin/static/reader-card.js"),
});

/** The icon's drawing, in the sizes that browsers and stores want. */
function icons() {
  const drawing = readFileSync(join(extension, "icons/icon.svg"));
  return ICON_SIZES.map((size) => [
    size,
    new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render().asPng(),
  ]);
}
