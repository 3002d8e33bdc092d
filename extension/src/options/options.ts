import { readServerAddress, serverPattern, sitePattern } from "../shared/address-rules.js";
import { browser } from "../shared/browser.js";
import { byId } from "../shared/by-id.js";
import { localize } from "../shared/localize.js";
import { dressLooks } from "../shared/look-style.js";
import { modeChoices, showMode } from "../shared/mode-choices.js";
import { readTexts } from "../shared/read-texts.js";
import { sayWhatIsSent } from "../shared/say-what-is-sent.js";
import { readPartialSettings, readSite } from "../shared/settings.js";
import { giveBackLeave, withLeave } from "../shared/site-leave.js";
import {
  changeSettings,
  onSettingsChanged,
  readChosen,
  readManaged,
  readSettings,
} from "../shared/stored-settings.js";
import { say, speak } from "../shared/texts.js";
import { keyRows, languageChoices, lookItems, siteItems } from "./lists.js";
import { serveSettingsFile } from "./settings-file-section.js";
import { showStrength, strengthChoices } from "./strengths.js";

// In a browser that has just been started the settings of an organization, which come first, may take half a minute.
const main = byId("settings", HTMLElement);
const fields = main.querySelectorAll<HTMLElement>("section:not(.sent)");
for (const section of fields) section.inert = true;
speak(await readTexts((await readChosen()).language));
localize(document);
byId("sent-when", HTMLParagraphElement).textContent = say("settings_awaited_detail");
let settings = await readSettings();
const server = byId("server", HTMLInputElement);
const modes = byId("modes", HTMLDivElement);
const strengths = byId("strengths", HTMLDivElement);
const summary = byId("summary", HTMLInputElement);
const language = byId("language", HTMLSelectElement);

speak(await readTexts(settings.language));
localize(document);
dressLooks(document);
server.value = settings.server;
byId("looks", HTMLUListElement).replaceChildren(...lookItems());
byId("keys", HTMLDListElement).replaceChildren(...keyRows(await browser.commands.getAll()));
modes.replaceChildren(
  ...modeChoices((_mode, isAllowed) => {
    byId("mode-note", HTMLParagraphElement).textContent = isAllowed ? "" : say("mode_all_refused");
    void show();
  }),
);
strengths.replaceChildren(...strengthChoices((strength) => void changeSettings({ strength })));
byId("server-form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void saveServer();
});
byId("add-site", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void addSite();
});
summary.addEventListener("change", () => void changeSettings({ summary: summary.checked }));
language.replaceChildren(...languageChoices());
language.addEventListener("change", () => {
  const chosen = readPartialSettings({ language: language.value });
  void changeSettings(chosen).then(() => {
    location.reload();
  });
});
serveSettingsFile();
onSettingsChanged(() => void show());
// Leave that is given is shown with the choice that it was asked for, and not before: the former one would flash up.
browser.permissions.onRemoved.addListener(() => void show());
await show();
for (const section of fields) section.inert = false;
main.removeAttribute("aria-busy");

async function show(): Promise<void> {
  const before = settings.server;
  const [now, managed] = await Promise.all([readSettings(), readManaged()]);
  settings = await withLeave(now);
  const { mode, sites, offSites } = settings;
  sayWhatIsSent(settings);
  showMode(modes, managed.mode ?? mode, managed.mode !== undefined);
  showStrength(strengths, settings.strength, managed.strength !== undefined);
  summary.checked = settings.summary;
  summary.disabled = managed.summary !== undefined;
  language.value = settings.language;
  language.disabled = managed.language !== undefined;
  if (managed.mode !== undefined) byId("mode-note", HTMLParagraphElement).textContent = say("managed_note");
  if (settings.server !== before) server.value = settings.server;
  server.disabled = byId("save", HTMLButtonElement).disabled = managed.server !== undefined;
  byId("server-managed", HTMLParagraphElement).hidden = managed.server === undefined;

  byId("add-site", HTMLFormElement).hidden = mode !== "sites" || managed.sites !== undefined;
  fill("sites", mode === "sites" ? sites : [], managed.sites, (site) => {
    void changeSettings({ sites: without(sites, site) });
    void giveBackLeave([sitePattern(site)]);
  });
  byId("off-title", HTMLHeadingElement).hidden = offSites.length === 0;
  fill("off-sites", offSites, managed.offSites, (site) => {
    void changeSettings({ offSites: without(offSites, site) });
  });
}

function fill(
  id: string,
  sites: readonly string[],
  managed: readonly string[] | undefined,
  remove: (site: string) => void,
): void {
  const list = byId(id, HTMLUListElement);
  list.hidden = sites.length === 0;
  list.replaceChildren(...siteItems(sites, managed ? null : remove));
}

async function addSite(): Promise<void> {
  const field = byId("new-site", HTMLInputElement);
  const fault = byId("new-site-fault", HTMLParagraphElement);
  const site = readSite(field.value);
  fault.textContent = site === null ? say("add_site_fault") : "";
  field.setAttribute("aria-invalid", String(site === null));
  if (site === null || !(await browser.permissions.request({ origins: [sitePattern(site)] }))) return;
  field.value = "";
  await changeSettings({
    sites: [...without(settings.sites, site), site].sort(),
    offSites: without(settings.offSites, site),
  });
}

function without(sites: readonly string[], site: string): string[] {
  return sites.filter((other) => other !== site);
}

async function saveServer(): Promise<void> {
  const note = byId("server-note", HTMLParagraphElement);
  const fault = byId("server-fault", HTMLParagraphElement);
  const read = readServerAddress(server.value);
  note.textContent = "";
  fault.textContent = read.ok ? "" : say(`server_fault_${read.fault}`);
  server.setAttribute("aria-invalid", String(!read.ok));
  if (!read.ok) return;
  // With leave for its address, the server needs to say nothing about other origins.
  await browser.permissions.request({ origins: [serverPattern(read.address)] }).catch(() => false);
  await changeSettings({ server: read.address });
  server.value = read.address;
  note.textContent = say("server_saved");
  note.textContent = say((await isThere(read.address)) ? "server_saved_there" : "server_saved_silent");
}

/** Whether a Quotemark server answers there itself: many a site has a page at any address, and scans follow no redirect. */
async function isThere(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/healthz`, {
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(5_000),
    });
    return answer.ok && ((await answer.json()) as { status?: unknown } | null)?.status === "alive";
  } catch {
    return false;
  }
}
