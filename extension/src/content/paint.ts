import { type Look, LOOKS } from "../shared/ratings.js";
import { groundOf, type Layer, lineOf, notOnPaper, selectorOf } from "./highlight-style.js";
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
  /** False for an altered quote: its line has no ground behind it, but the words that differ do. */
  isVerbatim: boolean;
  ranges: readonly Range[];
  changedRanges: readonly Range[];
  /** The text nodes in which the ranges lie. */
  nodes: readonly Text[];
}

const PRIORITIES: Readonly<Record<Layer, number>> = { changed: 1, current: 2, flash: 3 };
const FLASH_MILLISECONDS = 1_600;

export class Painter {
  readonly #lot = `h${crypto.getRandomValues(new Uint32Array(2)).join("x")}`;
  /** Names of ours that stand in the page's registry. Firefox lets no extension list the registry itself. */
  readonly #names = new Set<string>();
  readonly #sheets = new Map<Document | ShadowRoot, CSSStyleSheet>();

  /** Paint these matches and no others, in the document and in the shadow roots that hold some. */
  paint(matches: readonly PaintedMatch[]): void {
    this.clear();
    this.#dress(matches);
    for (const match of matches) {
      this.#add(this.#matchName(match), match.ranges, 0);
      this.#add(this.#layerName("changed", match), match.changedRanges, PRIORITIES.changed);
    }
  }

  /** Mark the match whose tooltip is open. */
  markCurrent(match: PaintedMatch | null): void {
    this.#drop("current");
    if (match) this.#add(this.#layerName("current", match), match.ranges, PRIORITIES.current);
  }

  /** Show the reader where a match stands. */
  flash(match: PaintedMatch): void {
    this.#drop("flash");
    const name = this.#layerName("flash", match);
    this.#add(name, match.ranges, PRIORITIES.flash);
    const flashing = CSS.highlights.get(name);
    setTimeout(() => {
      if (CSS.highlights.get(name) === flashing) CSS.highlights.delete(name);
    }, FLASH_MILLISECONDS);
  }

  clear(): void {
    for (const name of this.#names) CSS.highlights.delete(name);
    this.#names.clear();
    for (const [root, sheet] of this.#sheets) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    }
    this.#sheets.clear();
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
    for (const surface of ["light", "dark"] as const)
      CSS.highlights.delete(this.#layerName(layer, { surface }));
  }

  /** Give every document or shadow root that holds painted text the style of it. */
  #dress(matches: readonly PaintedMatch[]): void {
    const rules = new Map<Document | ShadowRoot, string[]>();
    for (const match of matches) {
      for (const node of match.nodes) {
        const root = node.getRootNode();
        if (!(root instanceof Document || root instanceof ShadowRoot)) continue;
        const selector = selectorOf(node);
        rules.set(root, [
          ...(rules.get(root) ?? []),
          ...this.#rulesFor(match).map((rule) => selector + rule),
        ]);
      }
    }
    for (const [root, ofRoot] of rules) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(notOnPaper([...new Set(ofRoot)]));
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      this.#sheets.set(root, sheet);
    }
  }

  #rulesFor(match: PaintedMatch): string[] {
    const { look, surface, isVerbatim, changedRanges } = match;
    const layers: Layer[] = changedRanges.length > 0 ? ["changed", "current", "flash"] : ["current", "flash"];
    return [
      `::highlight(${this.#matchName(match)}) { ${lineOf(look, surface, isVerbatim)} }`,
      ...layers.map(
        (layer) => `::highlight(${this.#layerName(layer, match)}) { ${groundOf(layer, surface)} }`,
      ),
    ];
  }

  /** What tells names apart at their end: look, ground, and whether the words are the checked ones. */
  #matchName({ look, surface, isVerbatim }: PaintedMatch): string {
    return `${this.#lot}-${LOOKS.indexOf(look)}${surface === "dark" ? "d" : "l"}${isVerbatim ? "v" : "n"}`;
  }

  #layerName(layer: Layer, { surface }: { surface: Surface }): string {
    return `${this.#lot}-${PRIORITIES[layer]}${surface === "dark" ? "d" : "l"}`;
  }
}
