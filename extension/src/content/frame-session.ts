import { onSettingsChanged, readSettings } from "../shared/stored-settings.js";
import { type FrameReport, isOrphaned, tellBackground, type ToFrame } from "../shared/messages.js";
import { say, speak } from "../shared/texts.js";
import { bringIntoView, firstAhead, KeyboardWalk } from "./keyboard-walk.js";
import { type Findings, findingsOf, FrameScan, type ScannedBy } from "./frame-scan.js";
import {
  explainMark,
  isOnItsSurface,
  listMark,
  type Mark,
  putInPlace,
  putOnItsSurface,
  stands,
} from "./marks.js";
import { followLateFrames } from "./late-frames.js";
import { PageAddress } from "./page-address.js";
import { followHistory } from "./page-history.js";
import { NOTED_CHANGES } from "./page-memory.js";
import { overlap } from "./overlaps.js";
import { OwnRoot } from "./own-root.js";
import { PageSummary } from "./page-summary.js";
import { PageText } from "./page-text.js";
import { Painter } from "./paint.js";
import { followPointer } from "./pointing.js";
import { Tooltip } from "./tooltip.js";
import { Reports } from "./reports.js";
import { FramesSent, SentAccount } from "./sent-account.js";
import { PageWatch } from "./watch-page.js";

const NOTHING_YET: Findings = {
  state: "not_scanned",
  failure: null,
  matches: [],
  complete: true,
  truncated: false,
};

/** All that the extension does in one frame, from the first scan until it is switched off. */
export class FrameSession {
  #findings = NOTHING_YET;
  #told = "";
  #isOff = false;
  #server: string | null = null;
  /** Whether it was never scanned. */
  #isNew = true;
  #marks: Mark[] = [];
  #current: Mark | null = null;
  /** The current one, where it was chosen among those that overlap. */
  #chosen: Mark | null = null;
  #canSpeak = false;
  /** These three outlast every scan. */
  readonly #account = new SentAccount();
  readonly #framesSent = new FramesSent();
  readonly #reports = new Reports();
  #scan: FrameScan | null = null;
  #scanning = new AbortController();
  #retrying: ReturnType<typeof setTimeout> | undefined;
  #listening = new AbortController();
  #allowed: { by: ScannedBy; address: PageAddress } | null = null;
  #markedNodes: ReadonlySet<Node> = new Set();
  /** The elements by whose place marked text is told from other text. */
  #markedBlocks: ReadonlySet<Node> = new Set();
  readonly #painter = new Painter();
  readonly #walk = new KeyboardWalk();
  readonly #root = new OwnRoot();
  readonly #tooltip = new Tooltip(this.#root, () => {
    this.#close();
  });
  /** Frames have none: their page's may speak of the page. */
  readonly #summary =
    window === window.top
      ? new PageSummary(this.#root, (index) => {
          this.#show(index);
        })
      : null;
  #wantsSummary = false;
  readonly #watch = new PageWatch(
    {
      changed: (records) => {
        this.#noteChanges(records);
      },
      restyled: () => this.#scan?.page.noteRestyling(),
      rested: () => this.#followChange(),
      isOurs: (node) => this.#root.isHost(node),
      rootReplaced: () => {
        this.#listen();
      },
      treeChanged: () => {
        if (isOrphaned()) this.clear();
        else if (this.#tooltip.isOpen && !this.#root.isAttached) this.#close();
      },
    },
    NOTED_CHANGES,
  );

  constructor(signal: AbortSignal) {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.#repaint, { signal });
    void this.#followSettings();
    onSettingsChanged(this.#followNewSettings);
    signal.addEventListener("abort", () => {
      this.clear();
    });
  }

  get report(): FrameReport {
    return {
      ...this.#findings,
      frame: this.#account.frame,
      read: this.#account.read,
      sent: this.#account.sent,
      servers: this.#account.servers,
      sentOfFrames: this.#framesSent.all,
      current: this.#indexOf(this.#current),
      visited: this.#indexOf(this.#walk.visited),
      ahead: this.#indexOf(this.#marks[firstAhead(this.#marks)] ?? null),
    };
  }

  #indexOf(mark: Mark | null): number | null {
    const index = mark ? this.#marks.indexOf(mark) : -1;
    return index === -1 ? null : index;
  }

  hear(message: ToFrame): void {
    if (message.type === "scan") void this.scan("hand");
    else if (message.type === "start") void this.start();
    else if (message.type === "scan_if_new") void (this.#isNew && this.scan("hand"));
    else if (message.type === "clear") this.clear();
    else if (message.type === "frame_sent") this.#framesSent.note(message);
    else if (message.type === "stop") this.clear("stopped");
    else if (message.type === "show") this.#show(message.index);
    else if (message.type === "open") this.#openByKeyboard(message);
    else {
      this.#walk.leave();
      this.#close();
    }
  }

  /** Scan where a rule allows it once the reader sees the page, unless the frame is looked after already. */
  async start(): Promise<void> {
    await untilSeen();
    if ((await tellBackground({ type: "may_scan" })) && !this.#allowed) await this.scan("rule");
  }

  async scan(by: ScannedBy): Promise<void> {
    this.#scanning.abort();
    this.#scanning = new AbortController();
    this.#isNew = false;
    this.#allowed = { by, address: new PageAddress() };
    const { signal } = this.#scanning;
    this.#scan = new FrameScan(new PageText(document), by, this.#account, this.#reports, signal);
    this.#tell({ ...this.#findings, state: "scanning" });
    this.#watch.watch(document);
    this.#listen();
    // A rule has the browser look after them.
    if (by === "hand") followLateFrames(() => void tellBackground({ type: "late_frame" }), signal);
    await this.#look(this.#scan);
    if (by === "hand") this.#announce();
  }

  /** Listen to the reader. Anew where it did before: `document.open()` takes all listeners from a page. */
  #listen(): void {
    this.#listening.abort();
    const { signal } = (this.#listening = new AbortController());
    const marks = () => this.#marks;
    followPointer(
      {
        marks,
        current: () => this.#current,
        chosen: () => this.#chosen,
        isHeld: () => this.#tooltip.hasPointer || this.#tooltip.hasFocus,
        open: (mark) => {
          this.#open(mark);
        },
        close: () => {
          this.#close();
        },
      },
      signal,
    );
    const onKey = (event: KeyboardEvent): void => {
      if (!this.#tooltip.isOpen) this.#summary?.hearKey(event);
      if (event.key !== "Escape" || !event.isTrusted || !this.#tooltip.isOpen) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      this.#walk.goBack();
      this.#close();
    };
    addEventListener("keydown", onKey, { capture: true, signal });
    addEventListener(
      "online",
      ({ isTrusted }) => {
        if (!isTrusted || this.#findings.state !== "failed") return;
        this.#scan?.pause.end();
        this.#watch.wait();
      },
      { capture: true, signal },
    );
    followHistory(
      {
        moved: (way) => {
          this.#allowed?.address.note(way);
          if (this.#allowed?.address.isLeft) this.#watch.wait();
        },
        returned: () => {
          this.#resume();
        },
        scrolled: () => {
          if (isOrphaned()) this.clear();
          else this.#painter.restore();
        },
        scrollEnded: () => {
          this.#sumUp();
        },
      },
      signal,
    );
  }

  /** Take everything back: nothing of the extension is left on the page. */
  clear(state: "not_scanned" | "stopped" = "not_scanned"): void {
    this.#scanning.abort();
    if (this.#findings.state === "scanning" && !isOrphaned()) void tellBackground({ type: "stop_asking" });
    clearTimeout(this.#retrying);
    this.#watch.stop();
    this.#listening.abort();
    this.#allowed = null;
    this.#scan = null;
    this.#paint([]);
    this.#tooltip.hide();
    this.#summary?.reset();
    this.#root.remove();
    this.#tell({ ...NOTHING_YET, state });
  }

  /** Look at the page as it is now, paint what is found, and tell it. */
  async #look(scan: FrameScan): Promise<void> {
    const { signal } = scan;
    clearTimeout(this.#retrying);
    try {
      const outcome = await scan.look();
      for (const root of scan.roots) if (!this.#root.holds(root)) this.#watch.watch(root);
      if (outcome.marks.length > 0) await this.#learnToSpeak();
      if (signal.aborted) return;
      this.#paint(outcome.marks);
      if (!outcome.marks.every(isOnItsSurface)) this.#repaint();
      this.#tell(findingsOf(outcome));
      if (outcome.state === "failed") this.#retryLater(scan.pause.millisecondsToRetry);
    } catch (fault) {
      if (signal.aborted) {
        // What was on its way when the scan was ended has been sent all the same.
        this.#tell(this.#findings);
        return;
      }
      // An extension that was updated leaves its old scripts behind, without anyone to talk to.
      if (isOrphaned()) this.clear();
      else {
        // The reader is told, rather than left with a scan that never ends; the browser's console keeps why.
        this.#tell({ ...NOTHING_YET, state: "failed", failure: { reason: "own_fault", detail: null } });
        throw fault;
      }
    }
  }

  /** Look again though the page does not change, once it is in sight. */
  #retryLater(milliseconds: number | null): void {
    if (milliseconds === null) return;
    this.#retrying = setTimeout(() => {
      this.#watch.wait();
    }, milliseconds);
  }

  /** Ask for the texts when there is something to say; most pages hold no checked quote. */
  async #learnToSpeak(): Promise<void> {
    if (this.#canSpeak) return;
    speak(await tellBackground({ type: "texts" }));
    this.#canSpeak = true;
    this.#sumUp();
  }

  #noteChanges(records: readonly MutationRecord[]): void {
    this.#scan?.page.memory.note(records);
    // Words that change are no longer those that were found: their line must not outlast them for a moment.
    if (records.some(({ type, target }) => type === "characterData" && this.#markedNodes.has(target))) {
      this.#paint(this.#marks.filter(stands));
    }
    // Style finds an element by its place among its neighbours, which may just have moved.
    if (records.some(({ type, target }) => type === "childList" && this.#markedBlocks.has(target))) {
      this.#painter.paint(this.#marks);
    }
  }

  /**
   * What was allowed for one page by hand does not hold for the next page in the same document.
   *
   * Returns the milliseconds of work that this took.
   */
  async #followChange(): Promise<number> {
    const scan = this.#scan;
    if (!scan || !this.#allowed) return 0;
    const { by, address } = this.#allowed;
    address.note(null);
    if (isOrphaned() || (by === "hand" && address.isLeft)) this.clear();
    else if (by === "rule" && !(await tellBackground({ type: "may_scan" }))) this.clear();
    else {
      this.#allowed = { by, address: new PageAddress() };
      await this.#look(scan);
    }
    return scan.work;
  }

  /**
   * The page comes back from where browsers keep those that were left, as it was: not all tell it of new settings there,
   * and what it waited for never comes.
   */
  #resume(): void {
    this.#followNewSettings();
    if (this.#isNew) void this.start();
    if (this.#allowed && (this.#scan?.isUnderWay || this.#watch.isLooking)) {
      this.#watch.stop();
      void this.scan(this.#allowed.by);
    } else void tellBackground({ type: "frame_changed" });
  }

  #paint(marks: Mark[]): void {
    if (this.#current && !marks.includes(this.#current)) this.#close();
    this.#marks = marks;
    this.#markedNodes = new Set(marks.flatMap(({ nodes }) => nodes));
    this.#markedBlocks = new Set([...this.#markedNodes].flatMap(placesThatStyle));
    marks.forEach(putInPlace);
    this.#painter.paint(marks);
    this.#sumUp();
  }

  /** A page that goes from light to dark, as the system does or by a switch of its own, changes no marked node. */
  readonly #repaint = (): void => {
    const marks = this.#marks;
    this.#paint([]);
    marks.forEach(putOnItsSurface);
    this.#paint(marks);
  };

  readonly #followNewSettings = (): void => {
    this.#canSpeak = false;
    void this.#followSettings();
    if (this.#marks.length > 0 && !isOrphaned()) void this.#learnToSpeak();
  };

  async #followSettings(): Promise<void> {
    if (isOrphaned()) return;
    const settings = await readSettings();
    // The site may have been switched off, or a rule taken back, in another tab.
    const wasOff = this.#isOff;
    this.#isOff = await tellBackground({ type: "is_off" });
    if (this.#allowed && this.#isOff) this.clear();
    if (wasOff && !this.#isOff) void this.start();
    const { server, strength, summary } = settings;
    // What one server told is not shown as another's, and who asked for this page by hand asked that one.
    if (this.#allowed && server !== (this.#server ?? server)) {
      this.clear();
      void this.start();
    }
    this.#server = server;
    if (this.#allowed?.by === "rule") this.#watch.wait();
    this.#painter.drawWith(strength);
    this.#wantsSummary = summary;
    this.#sumUp();
  }

  #sumUp(): void {
    const isWanted = this.#wantsSummary && this.#canSpeak && !this.#current;
    this.#summary?.follow(isWanted ? this.#marks : []);
  }

  #open(mark: Mark, position = { number: this.#marks.indexOf(mark) + 1, of: this.#marks.length }): void {
    // The scripts of an extension that was updated have nobody left to talk to, and its new ones may be at work.
    if (isOrphaned()) {
      this.clear();
      return;
    }
    if (!isOnItsSurface(mark)) this.#repaint();
    this.#current = mark;
    this.#chosen = null;
    this.#sumUp();
    this.#painter.markCurrent(mark);
    this.#tooltip.show({
      ...mark,
      ...position,
      explanation: explainMark(mark),
      follow: isSandboxed() ? followByBackground : null,
      report: { isSent: this.#reports.isSent(mark), send: () => this.#reports.send(mark) },
      overlapping: this.#marks.flatMap((other, index) =>
        other === mark || !overlap(other, mark)
          ? []
          : {
              listed: listMark(other, index),
              open: () => {
                this.#choose(other);
              },
            },
      ),
    });
  }

  #choose(mark: Mark): void {
    this.#open(mark);
    this.#chosen = mark;
  }

  #close(): void {
    this.#current = this.#chosen = null;
    this.#walk.end();
    this.#painter.markCurrent(null);
    this.#tooltip.hide();
    this.#sumUp();
  }

  #openByKeyboard({ index, ...position }: { index: number; number: number; of: number }): void {
    const mark = this.#marks[index];
    if (!mark) return;
    this.#walk.visit(mark);
    this.#open(mark, position);
    this.#tooltip.takeFocus();
  }

  #show(index: number): void {
    const mark = this.#marks[index];
    if (!mark) return;
    bringIntoView(mark);
    this.#painter.flash(mark);
  }

  #announce(): void {
    const { state, matches } = this.#findings;
    if (state !== "scanned" || matches.length === 0) return;
    this.#tooltip.announce(say("announce_found", String(matches.length)));
  }

  #tell(findings: Findings): void {
    this.#findings = findings;
    const { sent, servers } = this.#account;
    const told = JSON.stringify({ findings, sent, servers });
    const isNews = told !== this.#told;
    this.#told = told;
    if (isNews && !isOrphaned()) void tellBackground({ type: "frame_changed" });
  }
}

/** A tab that is opened in the background may never be looked at. */
function untilSeen(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden) return;
      removeEventListener("visibilitychange", look, true);
      resolve();
    };
    addEventListener("visibilitychange", look, true);
    look();
  });
}

/** The parents of the elements that a selector for this text counts. */
function placesThatStyle(text: Node): Node[] {
  const parents = [text.parentElement?.parentNode, text.parentElement?.parentNode?.parentNode];
  return parents.filter((parent) => parent !== null && parent !== undefined);
}

/** Such a document may open no window, not even by a click on a link of ours. */
function isSandboxed(): boolean {
  return origin === "null";
}

function followByBackground(url: string): void {
  void tellBackground({ type: "follow_link", url });
}
