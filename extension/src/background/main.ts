import { reachOf } from "../shared/address-rules.js";
import { browser } from "../shared/browser.js";
import { TOP_FRAME } from "../shared/frames-of.js";
import {
  type AskOutcome,
  type BackgroundReplies,
  type Reply,
  tellFrames,
  type ToBackground,
} from "../shared/messages.js";
import { readTexts } from "../shared/read-texts.js";
import { isOff, mayScanByItself } from "../shared/settings.js";
import { onSettingsChanged, readSettings } from "../shared/stored-settings.js";
import { askAboutText } from "./ask-about-text.js";
import { refreshBadge } from "./badge.js";
import { passwordFieldIn } from "./password-field.js";
import { registerSites } from "./register-sites.js";
import { reportMatch } from "./report-match.js";
import { failed } from "./request.js";
import { scanLateFrames, scanTab, startTab } from "./scan-tab.js";
import { stopWaiting, waitFor } from "./waiting-frames.js";
import { walkMatches } from "./walk-matches.js";

type Sender = chrome.runtime.MessageSender;
type Ask = Extract<ToBackground, { type: "ask" }>;

async function answer(
  message: ToBackground,
  sender: Sender,
): Promise<BackgroundReplies[ToBackground["type"]]> {
  const settings = await readSettings();
  // The page's address, not the frame's; a page that we have no leave for tells us none.
  const address = sender.tab?.url ?? "";
  const isPrivate = sender.tab?.incognito ?? false;
  switch (message.type) {
    case "may_scan":
      return !isPrivate && mayScanByItself(settings, address) && !isOfNearFrame(sender);
    case "is_off":
      return isOff(settings, address);
    case "texts":
      return readTexts(settings.language);
    case "password_field":
      return sender.tab?.id === undefined ? null : passwordFieldIn(sender.tab.id);
    case "ask":
      if (isOff(settings, address)) return { ...failed("not_permitted"), server: settings.server, sent: [] };
      return waitFor(sender, async (signal) => {
        const outcome = await askAboutText(settings.server, message, isPrivate, signal);
        void tellPage(sender, message, outcome);
        return outcome;
      });
    case "stop_asking":
      stopWaiting(sender);
      return null;
    case "frame_changed":
      if (sender.tab?.id !== undefined) await refreshBadge(sender.tab.id);
      return null;
    case "scan_tab":
      return scanTab(message.tab);
    case "late_frame":
      if (sender.tab?.id !== undefined) await scanLateFrames(sender.tab.id);
      return null;
    case "start_tab":
      return startTab(message.tab);
    case "follow_link":
      await followLink(message.url, sender);
      return null;
    case "report_match":
      return reportMatch(message);
  }
}

/** A page of the web may show one of this machine or network in a frame. */
function isOfNearFrame({ url, origin }: Sender): boolean {
  return [url, origin].some((address) => reachOf(address ?? "") === "near");
}

/** Tell a page's own frame what was sent of another one, which may be gone before it gets its answer. */
async function tellPage({ tab, frameId }: Sender, { text, frame }: Ask, outcome: AskOutcome): Promise<void> {
  if (tab?.id === undefined || frameId === TOP_FRAME || outcome.sent.length === 0) return;
  const sent = outcome.sent.reduce((sum, [start, end]) => sum + end - start, 0);
  const told = { frame, read: text.length, sent, servers: [outcome.server] };
  await tellFrames(tab.id, { type: "frame_sent", ...told }, TOP_FRAME);
}

async function followLink(url: string, { tab }: Sender): Promise<void> {
  if (tab?.id === undefined || !/^https?:\/\//.test(url)) return;
  await browser.tabs.create({ url, openerTabId: tab.id, windowId: tab.windowId });
}

browser.runtime.onMessage.addListener((message: ToBackground, sender, reply) => {
  const send: (reply: Reply<BackgroundReplies[ToBackground["type"]]>) => void = reply;
  void answer(message, sender).then(
    (value) => {
      send({ value });
    },
    (fault: unknown) => {
      // Whoever waits is told, rather than left waiting; the browser's console keeps why.
      send(null);
      throw fault;
    },
  );
  return true;
});

browser.commands.onCommand.addListener((command, tab) => {
  if (tab?.id !== undefined) void walkMatches(tab.id, command === "previous-match" ? -1 : 1);
});

browser.runtime.onInstalled.addListener(({ reason }) => {
  void registerSites();
  if (reason === "install") void browser.tabs.create({ url: "welcome.html" });
});
browser.runtime.onStartup.addListener(() => void registerSites());
browser.permissions.onAdded.addListener(() => void registerSites());
browser.permissions.onRemoved.addListener(() => void registerSites());
onSettingsChanged(() => void registerSites());
