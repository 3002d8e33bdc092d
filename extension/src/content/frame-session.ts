import { say } from "../shared/browser.js";
import { type FrameReport, tellBackground, type ToFrame } from "../shared/messages.js";
import { type Findings, findingsOf, type Known, type ScannedBy, scanFrame } from "./frame-scan.js";
import { explainMark, type Mark, onItsSurface } from "./marks.js";
import { Painter } from "./paint.js";
import { followPointer } from "./pointing.js";
import { Tooltip } from "./tooltip.js";
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
  #marks: Mark[] = [];
  #current: Mark | null = null;
  #known: Known | null = null;
  #scanning: AbortController | null = null;
  #allowed: { by: ScannedBy; address: string } | null = null;
  #offersReports = false;
  readonly #painter = new Painter();
  readonly #tooltip = new Tooltip(() => {
    this.#close();
  });
  readonly #watch = new PageWatch(
    () => void this.#followChange(),
    (node) => this.#tooltip.isHost(node),
  );

  constructor(signal: AbortSignal) {
    const marks = () => this.#marks;
    followPointer(
      {
        marks,
        current: () => this.#current,
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
      if (event.key !== "Escape" || !event.isTrusted || !this.#tooltip.isOpen) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      this.#close();
    };
    addEventListener("keydown", onKey, { capture: true, signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.#repaint, { signal });
    signal.addEventListener("abort", () => {
      this.clear();
    });
  }

  get report(): FrameReport {
    return { ...this.#findings, current: this.#current ? this.#marks.indexOf(this.#current) : null };
  }

  hear(message: ToFrame): void {
    if (message.type === "scan") void this.scan("hand");
    else if (message.type === "clear") this.clear();
    else if (message.type === "show") this.#show(message.index);
    else if (message.type === "open") this.#openByKeyboard(message);
    else this.#close();
  }

  async scan(by: ScannedBy): Promise<void> {
    this.#allowed = { by, address: addressOf(location) };
    this.#scanning?.abort();
    const scanning = (this.#scanning = new AbortController());
    this.#tell({ ...this.#findings, state: "scanning" });
    this.#watch.watch([document]);
    try {
      const { outcome, known } = await scanFrame(by, this.#known, scanning.signal);
      this.#watch.watch([document, ...outcome.collected.shadowRoots]);
      this.#known = known;
      this.#paint(outcome.state === "scanned" ? outcome.marks : []);
      this.#tell(findingsOf(outcome));
      if (by === "hand") this.#announce();
    } catch (fault) {
      if (!scanning.signal.aborted) throw fault;
    }
  }

  /** Take everything back: nothing of the extension is left on the page. */
  clear(): void {
    this.#scanning?.abort();
    this.#watch.stop();
    this.#allowed = null;
    this.#known = null;
    this.#paint([]);
    this.#tooltip.remove();
    this.#tell(NOTHING_YET);
  }

  /** What was allowed for one page by hand does not hold for the next page in the same document. */
  async #followChange(): Promise<void> {
    if (!this.#allowed) return;
    const { by, address } = this.#allowed;
    if (by === "hand" && address !== addressOf(location)) this.clear();
    else if (by === "rule" && !(await tellBackground({ type: "may_scan" }))) this.clear();
    else await this.scan(by);
  }

  #paint(marks: Mark[]): void {
    this.#close();
    this.#marks = marks;
    this.#painter.paint(marks);
    if (marks.length > 0) void this.#askWhetherReportsAreTaken();
  }

  /** A page that follows the system from light to dark changes its ground, and no node. */
  readonly #repaint = (): void => {
    this.#paint(this.#marks.map(onItsSurface));
  };

  async #askWhetherReportsAreTaken(): Promise<void> {
    this.#offersReports = await tellBackground({ type: "offers_reports" });
  }

  #open(mark: Mark, position = { number: this.#marks.indexOf(mark) + 1, of: this.#marks.length }): void {
    const { match, pieces } = mark;
    this.#current = mark;
    this.#painter.markCurrent(mark);
    this.#tooltip.show({
      ...mark,
      ...position,
      explanation: explainMark(mark),
      report: this.#offersReports
        ? () =>
            tellBackground({
              type: "report_match",
              quote: match.quote,
              kind: match.kind,
              words: pieces.join(" … "),
            })
        : null,
    });
  }

  #close(): void {
    this.#current = null;
    this.#painter.markCurrent(null);
    this.#tooltip.hide();
  }

  #openByKeyboard({ index, ...position }: { index: number; number: number; of: number }): void {
    const mark = this.#marks[index];
    if (!mark) return;
    scrollTo(mark);
    this.#open(mark, position);
    this.#tooltip.takeFocus();
  }

  #show(index: number): void {
    const mark = this.#marks[index];
    if (!mark) return;
    scrollTo(mark);
    this.#painter.flash(mark);
  }

  #announce(): void {
    const { state, matches } = this.#findings;
    if (state !== "scanned" || matches.length === 0) return;
    this.#tooltip.announce(say("announce_found", String(matches.length)));
  }

  #tell(findings: Findings): void {
    this.#findings = findings;
    void tellBackground({ type: "frame_changed" });
  }
}

function scrollTo(mark: Mark): void {
  const start = mark.ranges[0]?.startContainer.parentElement;
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  start?.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "instant" });
}

function addressOf({ href }: Location): string {
  return href.replace(/#.*$/, "");
}
