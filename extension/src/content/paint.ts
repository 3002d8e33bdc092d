import { LINE_STYLES, LOOKS, type Look } from "../shared/ratings.js";
import type { Surface } from "./surface.js";

/**
 * Paints matches with the CSS Custom Highlight API: the page's elements stay as they are.
 *
 * A page can read the names of highlights. So they are drawn by lot for each document: they tell nothing,
 * and a page's own style can't aim at them.
 */

export interface PaintedMatch {
  look: Look;
  surface: Surface;
  /** False for an altered quote: its line has no tint behind it, but the words that differ do. */
  isVerbatim: boolean;
  ranges: readonly Range[];
  changedRanges: readonly Range[];
}

type Layer = "changed" | "current" | "flash";

const FLASH_MILLISECONDS = 1_600;

export class Painter {
  readonly #lot = `h${crypto.getRandomValues(new Uint32Array(2)).join("x")}`;
  readonly #names = new Set<string>();
  #sheet: CSSStyleSheet | null = null;

  /** Paint these matches and no others, in the document and in the shadow roots that hold some. */
  paint(matches: readonly PaintedMatch[]): void {
    this.clear();
    for (const match of matches) {
      this.#add(this.#matchName(match.look, match.surface, match.isVerbatim), match.ranges, 0);
      this.#add(this.#layerName("changed", match.surface), match.changedRanges, 1);
      for (const range of match.ranges) this.#dress(range.startContainer.getRootNode());
    }
  }

  /** Mark the match whose tooltip is open. */
  markCurrent(match: PaintedMatch | null): void {
    this.#drop("current");
    if (match) this.#add(this.#layerName("current", match.surface), match.ranges, 2);
  }

  /** Show the reader where a match stands. */
  flash(match: PaintedMatch): void {
    this.#drop("flash");
    const name = this.#layerName("flash", match.surface);
    this.#add(name, match.ranges, 3);
    const flashing = CSS.highlights.get(name);
    setTimeout(() => {
      if (CSS.highlights.get(name) === flashing) CSS.highlights.delete(name);
    }, FLASH_MILLISECONDS);
  }

  clear(): void {
    for (const name of this.#names) CSS.highlights.delete(name);
    this.#names.clear();
  }

  #add(name: string, ranges: readonly Range[], priority: number): void {
    if (ranges.length === 0) return;
    let highlight = CSS.highlights.get(name);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = priority;
      CSS.highlights.set(name, highlight);
      this.#names.add(name);
    }
    for (const range of ranges) highlight.add(range);
  }

  #drop(layer: Layer): void {
    for (const surface of ["light", "dark"] as const) CSS.highlights.delete(this.#layerName(layer, surface));
  }

  /** Give a document or a shadow root the style of the highlights, once. */
  #dress(root: Node): void {
    if (!(root instanceof Document) && !(root instanceof ShadowRoot)) return;
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.#style());
    }
    if (!root.adoptedStyleSheets.includes(this.#sheet)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    }
  }

  #matchName(look: Look, surface: Surface, isVerbatim: boolean): string {
    return `${this.#lot}-${LOOKS.indexOf(look)}${surface === "dark" ? "d" : "l"}${isVerbatim ? "v" : "n"}`;
  }

  #layerName(layer: Layer, surface: Surface): string {
    return `${this.#lot}-${["changed", "current", "flash"].indexOf(layer)}${surface === "dark" ? "D" : "L"}`;
  }

  #style(): string {
    const rules: string[] = [];
    for (const surface of ["light", "dark"] as const) {
      for (const look of LOOKS) {
        const { line, thickness, onLight, onDark } = LINE_STYLES[look];
        const colour = surface === "dark" ? onDark : onLight;
        const underline = `text-decoration: underline ${line} ${thickness} ${colour}; text-underline-offset: 0.16em; text-decoration-skip-ink: none;`;
        rules.push(
          `::highlight(${this.#matchName(look, surface, true)}) { ${underline} background-color: ${colour}1c; }`,
          `::highlight(${this.#matchName(look, surface, false)}) { ${underline} }`,
        );
      }
      const [changed, current, flash] =
        surface === "dark"
          ? ["#ffd16640", "#ffffff24", "#ffd16680"]
          : ["#ffbf0047", "#0b2a6b17", "#ffcf33a0"];
      rules.push(
        `::highlight(${this.#layerName("changed", surface)}) { background-color: ${changed}; }`,
        `::highlight(${this.#layerName("current", surface)}) { background-color: ${current}; }`,
        `::highlight(${this.#layerName("flash", surface)}) { background-color: ${flash}; }`,
      );
    }
    // On paper no one can point at a line to learn what it means.
    return `@media not print { ${rules.join("\n")} }`;
  }
}
