import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { zipSync } from "fflate";

/** The files of a folder as a zip for the stores: sorted, of one date, so that the same files give the same bytes. */
export function zipOf(folder) {
  const files = {};
  for (const path of pathsIn(folder)) {
    // A zip knows local time alone: the same one everywhere.
    files[relative(folder, path).split(sep).join("/")] = [
      readFileSync(path),
      { mtime: new Date(2020, 0, 1), level: 9 },
    ];
  }
  return zipSync(files);
}

function pathsIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? pathsIn(path) : [path];
    });
}
