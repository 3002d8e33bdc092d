/** Bundle the unit tests, which are TypeScript as what they test, and run them with node's own test runner. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const tests = join(dirname(extension), "tests", "extension");
const out = mkdtempSync(join(tmpdir(), "quotemark-unit-tests-"));

try {
  await esbuild.build({
    entryPoints: readdirSync(tests)
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join(tests, file)),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    outdir: out,
    logLevel: "warning",
  });
  const files = readdirSync(out).map((file) => join(out, file));
  const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit", cwd: extension });
  process.exitCode = status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
