import { serverName } from "../shared/address-rules.js";
import { byId } from "../shared/by-id.js";
import type { Settings } from "../shared/settings.js";
import { askLeave, leaveFor } from "../shared/site-leave.js";
import { changeSettings, readSettings } from "../shared/stored-settings.js";
import { say } from "../shared/texts.js";
import { readSettingsFile, writeSettingsFile } from "./settings-file.js";

/** The part of the options page that saves the settings to a file and loads them from one. */
export function serveSettingsFile(): void {
  byId("file-save", HTMLButtonElement).addEventListener("click", () => void save());
  byId("file-load", HTMLInputElement).addEventListener("change", ({ target }) => {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void read(file);
    input.value = "";
  });
  byId("file-apply", HTMLButtonElement).addEventListener("click", () => void apply());
}

let found: Settings | null = null;

async function save(): Promise<void> {
  const text = writeSettingsFile(await readSettings());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "quotemark-settings.json";
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

/** Nothing is changed before the reader has seen to which server, and when, the file would send pages. */
async function read(file: File): Promise<void> {
  found = readSettingsFile(await file.text());
  byId("file-note", HTMLParagraphElement).textContent = "";
  byId("file-fault", HTMLParagraphElement).textContent = found ? "" : say("file_fault");
  byId("file-found", HTMLDivElement).hidden = found === null;
  if (!found) return;
  byId("file-summary", HTMLParagraphElement).textContent = say(
    "file_summary",
    serverName(found.server),
    say(`mode_${found.mode}`),
    found.sites.join(", ") || "–",
    found.offSites.join(", ") || "–",
  );
}

async function apply(): Promise<void> {
  if (!found) return;
  const settings = found;
  const isAllowed = await askLeave(leaveFor(settings));
  await changeSettings(isAllowed ? settings : { ...settings, mode: "click" });
  found = null;
  byId("file-found", HTMLDivElement).hidden = true;
  byId("file-note", HTMLParagraphElement).textContent = say(isAllowed ? "file_done" : "file_done_by_hand");
}
