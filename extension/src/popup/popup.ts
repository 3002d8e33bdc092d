import { isAmong, isWithin, serverName, sitePattern, siteOf } from "../shared/address-rules.js";
import { browser } from "../shared/browser.js";
import { byId } from "../shared/by-id.js";
import { framesIfReadable } from "../shared/frames-of.js";
import { listedPlaces } from "../shared/listed-places.js";
import { localize } from "../shared/localize.js";
import { dressLooks } from "../shared/look-style.js";
import { type ToBackground, tellBackground, tellFrames } from "../shared/messages.js";
import { readTexts } from "../shared/read-texts.js";
import { mayScanByItself, type Settings } from "../shared/settings.js";
import { withLeave } from "../shared/site-leave.js";
import {
  changeSettings,
  onSettingsChanged,
  readChosen,
  readManaged,
  readSettings,
} from "../shared/stored-settings.js";
import { say, speak } from "../shared/texts.js";
import { listItem } from "./list-item.js";
import { canBeAllowed, popupState, sentOf } from "./popup-state.js";
import { hasUnreadFrames } from "./unread-frames.js";
import { type Act, sentWords, wordsFor } from "./popup-words.js";

/** Sooner it would only flicker. */
const WAITING_SHOWS_AFTER_MILLISECONDS = 250;

const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
const tabId = tab?.id ?? -1;
const address = tab?.url;
const site = siteOf(address ?? "");
const isPrivate = tab?.incognito ?? false;
byId("options", HTMLButtonElement).addEventListener("click", () => {
  void browser.runtime.openOptionsPage().then(close);
});

// In a browser that has just been started the settings of an organization, which come first, may take half a minute.
let isReady = false;
setTimeout(() => void sayThatItWaits(), WAITING_SHOWS_AFTER_MILLISECONDS);
let settings = await readSettings();
const managed = await readManaged();
isReady = true;

const act = byId("act", HTMLButtonElement);
const always = byId("always", HTMLInputElement);
let actNow: Act | null = null;

speak(await readTexts(settings.language));
localize(document);
dressLooks(document);
act.addEventListener("click", ({ detail: clicks }) => {
  // Who clicks twice to scan does not mean to stop.
  if (clicks < 2) void perform(actNow);
});
byId("again", HTMLButtonElement).addEventListener("click", () => void perform("scan"));
byId("off", HTMLButtonElement).addEventListener("click", () => void switchOff());
always.addEventListener("change", () => void (always.checked ? allowSite() : disallowSite()));
browser.runtime.onMessage.addListener((message: ToBackground, sender) => {
  if (message.type === "frame_changed" && sender.tab?.id === tabId) void show();
});
onSettingsChanged(() => void show());
await show();

async function sayThatItWaits(): Promise<void> {
  const texts = await readTexts((await readChosen()).language);
  if (isReady) return;
  speak(texts);
  localize(document);
  byId("headline", HTMLHeadingElement).textContent = say("settings_awaited");
  byId("detail", HTMLParagraphElement).textContent = say("settings_awaited_detail");
}

async function show(): Promise<void> {
  settings = await withLeave(await readSettings());
  const [frames, hasUnread] = await Promise.all([framesIfReadable(tabId), hasUnreadFrames(tabId)]);
  const state = popupState(address, settings, frames);
  const sent = sentOf(frames);
  const words = wordsFor(state, sent, serverName(settings.server), site);
  const isScanned = state.kind === "none" || state.kind === "found";
  const unread = isScanned && hasUnread ? say("popup_other_sites") : "";
  document.body.dataset.state = state.kind;
  byId("headline", HTMLHeadingElement).textContent = words.headline;
  const isOn = state.kind !== "off" && state.kind !== "unreadable";
  const alone = isPrivate && isOn ? say("popup_private") : "";
  byId("detail", HTMLParagraphElement).textContent = `${words.detail} ${unread} ${alone}`;
  actNow = words.act;
  act.hidden = actNow === null;
  act.textContent = actNow ? say(`act_${actNow}`) : "";

  const matches = byId("matches", HTMLOListElement);
  const found = state.kind === "found" ? state.matches : [];
  matches.hidden = found.length === 0;
  const places = listedPlaces(found);
  matches.replaceChildren(
    ...found.map((match, i) =>
      listItem(
        match,
        places[i] ?? "",
        () => void tellFrames(tabId, { type: "show", index: match.index }, match.frame),
      ),
    ),
  );

  byId("again", HTMLButtonElement).hidden = state.kind !== "found" && state.kind !== "none";
  // What would keep a site's name beyond a private window is not offered there.
  byId("always-row", HTMLLabelElement).hidden =
    !isOn ||
    isPrivate ||
    !canBeAllowed(address) ||
    settings.mode === "all" ||
    !(mayChange("mode") && mayChange("sites"));
  byId("site", HTMLElement).textContent = site;
  always.checked = settings.mode === "sites" && isAmong(site, settings.sites);
  byId("off", HTMLButtonElement).hidden = !isOn || isPrivate || site === "" || !mayChange("offSites");
  byId("server", HTMLParagraphElement).textContent = sentWords(state, sent, serverName(settings.server));
}

function mayChange(setting: keyof Settings): boolean {
  return managed[setting] === undefined;
}

async function perform(wanted: Act | null): Promise<void> {
  if (wanted === "scan") await tellBackground({ type: "scan_tab", tab: tabId });
  if (wanted === "stop") await tellFrames(tabId, { type: "stop" });
  if (wanted === "switch_on") await switchOn();
  await show();
}

async function switchOn(): Promise<void> {
  await changeSettings({ offSites: without(settings.offSites) });
  if (mayScanByItself(await readSettings(), address ?? ""))
    await tellBackground({ type: "start_tab", tab: tabId });
}

async function switchOff(): Promise<void> {
  await changeSettings({ offSites: [...without(settings.offSites), site], sites: without(settings.sites) });
  await tellFrames(tabId, { type: "clear" });
}

async function allowSite(): Promise<void> {
  // Asked first, while the click counts as one. What the reader chose is kept before the browser's own
  // question, which closes the popup in some browsers.
  const asked = browser.permissions.request({ origins: [sitePattern(site)] });
  const before: Pick<Settings, "mode" | "sites"> = { mode: settings.mode, sites: settings.sites };
  await changeSettings({ mode: "sites", sites: [...without(settings.sites), site] });
  if (await asked) await perform("scan");
  else await changeSettings(before);
}

async function disallowSite(): Promise<void> {
  const origins = settings.sites.filter((other) => isWithin(site, other)).map(sitePattern);
  await changeSettings({ sites: without(settings.sites) });
  await browser.permissions.remove({ origins });
}

/** The sites that do not cover the page's. */
function without(sites: readonly string[]): string[] {
  return sites.filter((other) => !isWithin(site, other));
}
