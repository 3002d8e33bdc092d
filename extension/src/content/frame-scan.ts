import { mergeAnswers, type PageMatches, type Passage } from "../shared/merge-answers.js";
import {
  type Failure,
  type FrameReport,
  type PasswordField,
  type SentOfFrame,
  tellBackground,
} from "../shared/messages.js";
import { allRootsIn } from "./all-roots.js";
import { followMarks } from "./follow-marks.js";
import { listMark, type Mark } from "./marks.js";
import { rootElementOf } from "./page-dom.js";
import type { PageText } from "./page-text.js";
import { Pause } from "./pause.js";
import { passagesWorthAsking } from "./passages-worth-asking.js";
import { passwordFieldIn } from "./password-fields.js";
import type { Reports } from "./reports.js";
import type { SentAccount } from "./sent-account.js";
import { runInSlices } from "./slices.js";

/** By hand: the reader asked for this page. By rule: the reader allowed it for the site, or for all sites. */
export type ScannedBy = "hand" | "rule";

export type ScanOutcome = { truncated: boolean; marks: Mark[] } & (
  | { state: "scanned"; complete: boolean }
  | { state: "failed"; failure: Failure }
  | { state: "password_field" | "hidden_password_field" }
);

/** Read a frame as it is now: ask about what is new and worth asking, and find the places of what was found. */
export class FrameScan {
  readonly page: PageText;
  /** Ends the scan, with all looks that it has taken or will take. */
  readonly signal: AbortSignal;
  /** The document, and the shadow roots in it: changes in them are not seen from outside. */
  roots: readonly (Document | ShadowRoot)[] = [document];
  /** The milliseconds of work that the last scan took. */
  work = 0;
  readonly pause = new Pause();
  readonly #by: ScannedBy;
  readonly #answers = new RecentAnswers();
  #marks: readonly Mark[] = [];
  readonly #account: SentAccount;
  readonly #reports: Reports;
  #isComplete = true;
  #hasAsked = false;
  #lastLook: Promise<unknown> = Promise.resolve();
  #looks = 0;

  /** What is sent is entered into the account, even of a scan that was ended meanwhile. */
  constructor(page: PageText, by: ScannedBy, account: SentAccount, reports: Reports, signal: AbortSignal) {
    this.page = page;
    this.#by = by;
    this.#account = account;
    this.#reports = reports;
    this.signal = signal;
  }

  /** Look at the frame as it is now, after the look that is under way: each goes on from what the last has read. */
  look(): Promise<ScanOutcome> {
    this.#looks++;
    const outcome = this.#lastLook.then(() => this.#look());
    this.#lastLook = outcome
      .catch(() => undefined)
      .finally(() => {
        this.#looks--;
      });
    return outcome;
  }

  get isUnderWay(): boolean {
    return this.#looks > 0;
  }

  async #look(): Promise<ScanOutcome> {
    const { signal } = this;
    signal.throwIfAborted();
    const collected = await this.page.read(signal);
    const { truncated } = collected;
    const { result: roots, milliseconds } = await runInSlices(allRootsIn(document), signal);
    this.roots = roots;
    this.work = this.page.work + milliseconds;
    const passages = passagesWorthAsking(collected.text, collected.news);
    const field = await this.#findPasswordField(passages);
    signal.throwIfAborted();
    // Many news pages hide a form to sign in: it keeps rules away, but not the reader's own word.
    if (field === "visible" || (field === "hidden" && this.#by === "rule")) {
      this.page.memory.unsettle();
      this.#marks = [];
      return {
        state: field === "visible" ? "password_field" : "hidden_password_field",
        truncated,
        marks: [],
      };
    }
    const found = await this.#ask(passages, collected.text);
    signal.throwIfAborted();
    const isFailed = "reason" in found;
    const { marks, isSettled, isWhole } = followMarks(collected, this.#marks, isFailed ? NOTHING : found);
    this.#marks = marks;
    if (isFailed) return { state: "failed", failure: found, truncated, marks };
    if (isSettled) this.page.memory.settle();
    this.#isComplete &&= found.complete && isWhole;
    return { state: "scanned", complete: this.#isComplete, truncated, marks };
  }

  /** The page's other frames are looked into as well, but only where something would be sent. */
  async #findPasswordField(passages: readonly Passage[]): Promise<PasswordField | null> {
    const field = passwordFieldIn(this.roots);
    const isKnown = passages.every(({ text }) => this.#answers.get(text));
    return field === "visible" || isKnown ? field : tellBackground({ type: "password_field" });
  }

  async #ask(passages: readonly Passage[], text: string): Promise<PageMatches | Failure> {
    const answers = [];
    for (const passage of passages) {
      const answer = this.#answers.get(passage.text) ?? this.pause.failure ?? (await this.#askAbout(passage));
      this.signal.throwIfAborted();
      if ("reason" in answer) return answer;
      this.#answers.add(passage.text, answer);
      answers.push({ passage, answer });
    }
    return mergeAnswers(answers, text);
  }

  async #askAbout({ text }: Passage): Promise<PageMatches | Failure> {
    const outcome = await tellBackground({
      type: "ask",
      // A lone half of a surrogate pair is no character: it becomes U+FFFD, which is as long.
      text: text.toWellFormed(),
      language: rootElementOf(document).lang || null,
      // A page that goes on changing is followed by rule.
      isByHand: this.#by === "hand" && !this.#hasAsked,
      frame: this.#account.frame,
    });
    if (outcome.ok || outcome.sent.length > 0) {
      this.#hasAsked = true;
      this.#account.noteRead(text);
    }
    for (const [start, end] of outcome.sent) {
      this.#account.noteSent(text.slice(start, end), outcome.server);
    }
    if (!outcome.ok) {
      this.pause.begin(outcome.failure);
      return outcome.failure;
    }
    this.pause.end();
    this.#reports.noteFound(Object.keys(outcome.answer.quotes), outcome.server);
    return outcome.answer;
  }
}

const NOTHING: PageMatches = { matches: [], quotes: {}, complete: true };

/** So that a page which only moves its nodes about, or shows the same again, is painted without asking. */
class RecentAnswers {
  readonly #answers = new Map<string, PageMatches>();

  get(text: string): PageMatches | undefined {
    return this.#answers.get(text);
  }

  add(text: string, answer: PageMatches): void {
    this.#answers.delete(text);
    this.#answers.set(text, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST_RECENT_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
  }
}

const MOST_RECENT_ANSWERS = 8;

export type Findings = Omit<
  FrameReport,
  keyof SentOfFrame | "sentOfFrames" | "current" | "visited" | "ahead"
>;

export function findingsOf(outcome: ScanOutcome): Findings {
  return {
    state: outcome.state,
    failure: outcome.state === "failed" ? outcome.failure : null,
    matches: outcome.marks.map(listMark),
    complete: outcome.state !== "scanned" || outcome.complete,
    truncated: outcome.truncated,
  };
}
