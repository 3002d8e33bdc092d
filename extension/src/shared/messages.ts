import { browser } from "./browser.js";
import type { Change, MatchKind, Span } from "./match-answer.js";
import type { PageMatches } from "./merge-answers.js";
import type { Look } from "./ratings.js";
import type { Texts } from "./texts.js";

/** All that the parts of the extension say to each other. Pages hear and say nothing. */

export type FailureReason =
  | "unreachable"
  | "offline"
  | "too_slow"
  | "busy"
  | "refused"
  | "server_fault"
  | "not_understood"
  | "not_permitted"
  | "own_fault";

export interface Failure {
  reason: FailureReason;
  /** The server's own words, where it said some. */
  detail: string | null;
}

/**
 * `sent`: the places of the text that the server was asked about, whether it answered or not; of the rest the browser
 * told by itself.
 */
export type AskOutcome = { server: string; sent: readonly Span[] } & (
  { ok: true; answer: PageMatches } | { ok: false; failure: Failure }
);

/** One match as the popup lists it. */
export interface ListedMatch {
  index: number;
  label: string;
  look: Look;
  publisher: string;
  speaker: string | null;
  /** The page's own, which tell one match of a quote from another. */
  words: string;
  kind: MatchKind;
  changes: readonly Change[];
}

export type ScanState =
  "not_scanned" | "scanning" | "stopped" | "scanned" | "failed" | "password_field" | "hidden_password_field";

/** A field that a password can be typed into, now or when it is shown. */
export type PasswordField = "visible" | "hidden";

/** How much of a document's text was looked at, how much of that left the browser, in characters, and to which servers. */
export interface SentOfFrame {
  /** Drawn by lot for each document. */
  frame: string;
  read: number;
  sent: number;
  servers: string[];
}

/** What a frame says about itself when asked. */
export interface FrameReport extends SentOfFrame {
  state: ScanState;
  failure: Failure | null;
  matches: ListedMatch[];
  /** False where the server cut its search short. */
  complete: boolean;
  /** True where the page was too long to be sent whole. */
  truncated: boolean;
  /** Of the page's own frame: what was sent of others, which may be gone meanwhile. */
  sentOfFrames: SentOfFrame[];
  /** The match whose tooltip is open. */
  current: number | null;
  /** The match that keys led to last. */
  visited: number | null;
  /** The first match in the window or below. */
  ahead: number | null;
}

export type ToBackground =
  | { type: "may_scan" }
  /** Whether the reader switched the page off, whatever site the frame is of. */
  | { type: "is_off" }
  | { type: "texts" }
  | { type: "password_field" }
  | { type: "ask"; text: string; language: string | null; isByHand: boolean; frame: string }
  /** Whatever the frame asked about and has no answer to is wanted no longer. */
  | { type: "stop_asking" }
  | { type: "frame_changed" }
  | { type: "scan_tab"; tab: number }
  | { type: "start_tab"; tab: number }
  /** A frame has come that was on its way when the reader asked for its page. */
  | { type: "late_frame" }
  /** A link of a card that the page's sandbox does not let open. */
  | { type: "follow_link"; url: string }
  | { type: "report_match"; server: string; quote: string; kind: MatchKind; words: string };

export interface BackgroundReplies {
  may_scan: boolean;
  is_off: boolean;
  texts: Texts;
  /** Whether any frame of the page has one. */
  password_field: PasswordField | null;
  ask: AskOutcome;
  stop_asking: null;
  frame_changed: null;
  scan_tab: boolean;
  start_tab: boolean;
  late_frame: null;
  follow_link: null;
  report_match: boolean;
}

export type ToFrame =
  | { type: "scan" }
  /** Scan a frame that was not there yet when the reader asked for its page. */
  | { type: "scan_if_new" }
  /** Scan if the reader allowed it for the site, or for all sites. */
  | { type: "start" }
  | { type: "clear" }
  /** Something of another frame of the page was sent. */
  | ({ type: "frame_sent" } & SentOfFrame)
  /** End a scan that the reader no longer waits for. */
  | { type: "stop" }
  /** Bring a match into view and mark it for a moment. */
  | { type: "show"; index: number }
  /** Bring a match into view and put the focus into its tooltip. */
  | { type: "open"; index: number; number: number; of: number }
  | { type: "close" };

/** Null where the background had a fault of its own. */
export type Reply<T> = { value: T } | null;

/** Say something to the background and wait for its reply; throws where it had a fault of its own. */
export async function tellBackground<M extends ToBackground>(
  message: M,
): Promise<BackgroundReplies[M["type"]]> {
  const reply = await sendUntilAnswered(message, ONLY_ONCE.has(message.type) ? 1 : MOST_TRIES);
  if (!reply) throw new Error(`The background could not answer “${message.type}”.`);
  return reply.value;
}

const MOST_TRIES = 3;
/** What must not be done twice, should its first reply have been lost. */
const ONLY_ONCE: ReadonlySet<ToBackground["type"]> = new Set(["report_match", "follow_link"]);

/**
 * Browsers end a background as they see fit, and its faults may be those of a moment, as when a frame goes while it is
 * looked into. What has no reply is said again, to a background that is started anew where it has to be.
 */
async function sendUntilAnswered<M extends ToBackground>(
  message: M,
  tries: number,
): Promise<Reply<BackgroundReplies[M["type"]]>> {
  for (let left = tries - 1; ; left--) {
    try {
      const reply = await browser.runtime.sendMessage<M, Reply<BackgroundReplies[M["type"]]> | undefined>(
        message,
      );
      if (reply || left === 0) return reply ?? null;
    } catch (fault) {
      if (left === 0 || isOrphaned()) throw fault;
    }
  }
}

/** Whether this is a script that the extension left behind when it was updated: it has nobody to talk to. */
export function isOrphaned(): boolean {
  return (browser.runtime as { id?: string } | undefined)?.id === undefined;
}

/** Say something to the frames of a tab: to all, or to one. Silence where none listens. */
export async function tellFrames(tab: number, message: ToFrame, frame?: number): Promise<void> {
  try {
    await (frame === undefined
      ? browser.tabs.sendMessage(tab, message)
      : browser.tabs.sendMessage(tab, message, { frameId: frame }));
  } catch {
    // The tab has gone, or holds no frame of ours: then there is nothing to tell.
  }
}
