import { readServerAddress, serverName, serverPattern, sitePattern } from "../shared/address-rules.js";
import { browser, say } from "../shared/browser.js";
import { byId } from "../shared/by-id.js";
import { localize } from "../shared/localize.js";
import { dressLooks } from "../shared/look-style.js";
import { MODES, type Mode } from "../shared/settings.js";
import { changeSettings, onSettingsChanged, readSettings } from "../shared/stored-settings.js";
import { keyRows, lookItems, siteItems } from "./lists.js";
import { readSite } from "./read-site.js";

const ALL_SITES = ["*://*/*"];

let settings = await readSettings();
const server = byId("server", HTMLInputElement);

localize(document);
dressLooks(document);
server.value = settings.server;
byId("looks", HTMLUListElement).replaceChildren(...lookItems());
byId("keys", HTMLDListElement).replaceChildren(...keyRows(await browser.commands.getAll()));
byId("server-form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void saveServer();
});
byId("add-site", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void addSite();
});
byId("modes", HTMLDivElement).addEventListener("change", ({ target }) => {
  const mode = MODES.find((known) => target instanceof HTMLInputElement && target.value === known);
  if (mode) void chooseMode(mode);
});
onSettingsChanged(() => void show());
await show();

async function show(): Promise<void> {
  settings = await readSettings();
  const { mode, sites, offSites } = settings;
  byId("sent-when", HTMLParagraphElement).textContent = say(`sent_when_${mode}`);
  byId("sent-what", HTMLParagraphElement).textContent = say("sent_what", serverName(settings.server));
  for (const choice of document.querySelectorAll<HTMLInputElement>("input[name='mode']")) {
    choice.checked = choice.value === mode;
  }
  byId("add-site", HTMLFormElement).hidden = mode !== "sites";
  fill("sites", mode === "sites" ? sites : [], (site) => {
    void changeSettings({ sites: sites.filter((other) => other !== site) });
    void browser.permissions.remove({ origins: [sitePattern(site)] });
  });
  byId("off-title", HTMLHeadingElement).hidden = offSites.length === 0;
  fill("off-sites", offSites, (site) => {
    void changeSettings({ offSites: offSites.filter((other) => other !== site) });
  });
}

function fill(id: string, sites: readonly string[], remove: (site: string) => void): void {
  const list = byId(id, HTMLUListElement);
  list.hidden = sites.length === 0;
  list.replaceChildren(...siteItems(sites, remove));
}

async function chooseMode(mode: Mode): Promise<void> {
  const note = byId("mode-note", HTMLParagraphElement);
  note.textContent = "";
  if (mode !== "all") await browser.permissions.remove({ origins: ALL_SITES });
  else if (!(await browser.permissions.request({ origins: ALL_SITES }))) {
    note.textContent = say("mode_all_refused");
    await show();
    return;
  }
  await changeSettings({ mode });
}

async function addSite(): Promise<void> {
  const field = byId("new-site", HTMLInputElement);
  const fault = byId("new-site-fault", HTMLParagraphElement);
  const site = readSite(field.value);
  fault.textContent = site === null ? say("add_site_fault") : "";
  if (site === null || !(await browser.permissions.request({ origins: [sitePattern(site)] }))) return;
  field.value = "";
  await changeSettings({
    sites: [...settings.sites.filter((other) => other !== site), site].sort(),
    offSites: settings.offSites.filter((other) => other !== site),
  });
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

async function isThere(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/healthz`, {
      credentials: "omit",
      signal: AbortSignal.timeout(5_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
