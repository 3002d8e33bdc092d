import type { Look } from "../shared/ratings.js";
import type { Strength } from "../shared/settings.js";
import {
  groundOf,
  type Layer,
  lineOf,
  MOST_NAMED_TEXTS,
  notOnPaper,
  selectorOf,
  verbatimGroundOf,
} from "./highlight-style.js";
import { coversOf, cut } from "./overlaps.js";
import { setSheets, sheetsOf } from "./page-dom.js";
import type { Surface } from "./surface.js";

/**
 * Paints matches with the CSS Custom Highlight API: the page's elements stay as they are.
 *
 * The names of highlights are drawn by lot for each document, so that a page's own style can't aim at them.
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
  readonly #names = new Map<string, string>();
  readonly #highlights = new Map<string, Highlight>();
  readonly #sheets = new Map<Document | ShadowRoot, { sheet: CSSStyleSheet; rules: string }>();
  #strength: Strength = "normal";
  #painted: ReadonlySet<PaintedMatch> = new Set();
  /** Of those that overlap others further in, the parts that are painted. */
  readonly #cuts = new Map<PaintedMatch, { ranges: Range[]; changedRanges: Range[] }>();
  #flashed: PaintedMatch | null = null;
  #current: PaintedMatch | null = null;

  /** Draw what is painted, and what will be, this strongly. */
  drawWith(strength: Strength): void {
    this.#strength = strength;
    this.#dress([...this.#painted]);
    this.restore();
  }

  /** Paint these matches and no others; those that are painted already stay as they are. */
  paint(matches: readonly PaintedMatch[]): void {
    const wanted = new Set(matches);
    const covers = coversOf(matches);
    for (const match of this.#painted) if (!wanted.has(match)) this.#lift(match);
    // What lies over them may have changed.
    const stale = [...this.#painted].filter((match) => this.#cuts.has(match) || covers.has(match));
    for (const match of stale) this.#liftLine(match);
    this.#dress(matches);
    for (const [match, over] of covers) {
      this.#cuts.set(match, {
        ranges: cut(match.ranges, over),
        changedRanges: cut(match.changedRanges, over),
      });
    }
    for (const match of stale) if (wanted.has(match)) this.#lay(match);
    for (const match of wanted) if (!this.#painted.has(match)) this.#lay(match);
    this.#painted = wanted;
    this.restore();
  }

  /** Mark the match whose tooltip is open. */
  markCurrent(match: PaintedMatch | null): void {
    if (this.#current) this.#remove(layerKey("current", this.#current), this.#current.ranges);
    this.#current = match;
    if (match) this.#add(layerKey("current", match), match.ranges, PRIORITIES.current);
    this.restore();
  }

  /** Show the reader where a match stands. */
  flash(match: PaintedMatch): void {
    this.#endFlash();
    this.#flashed = match;
    this.#add(layerKey("flash", match), match.ranges, PRIORITIES.flash);
    this.restore();
    setTimeout(() => {
      if (this.#flashed === match) this.#endFlash();
    }, FLASH_MILLISECONDS);
  }

  /** Put back what the page has thrown away: some set all style sheets anew, some clear all highlights. */
  restore(): void {
    for (const [name, highlight] of this.#highlights) {
      if (CSS.highlights.get(name) !== highlight) CSS.highlights.set(name, highlight);
    }
    for (const [root, { sheet }] of this.#sheets) {
      const sheets = sheetsOf(root);
      if (!sheets.includes(sheet)) setSheets(root, [...sheets, sheet]);
    }
  }

  #lay(match: PaintedMatch): void {
    const { ranges, changedRanges } = this.#cuts.get(match) ?? match;
    this.#add(matchKey(match), ranges, 0);
    this.#add(layerKey("changed", match), changedRanges, PRIORITIES.changed);
  }

  #lift(match: PaintedMatch): void {
    this.#liftLine(match);
    if (this.#flashed === match) this.#endFlash();
    if (this.#current === match) this.markCurrent(null);
  }

  #liftLine(match: PaintedMatch): void {
    const { ranges, changedRanges } = this.#cuts.get(match) ?? match;
    this.#remove(matchKey(match), ranges);
    this.#remove(layerKey("changed", match), changedRanges);
    this.#cuts.delete(match);
  }

  #endFlash(): void {
    if (this.#flashed) this.#remove(layerKey("flash", this.#flashed), this.#flashed.ranges);
    this.#flashed = null;
  }

  #add(key: string, ranges: readonly Range[], priority: number): void {
    if (ranges.length === 0) return;
    const name = this.#nameOf(key);
    let highlight = this.#highlights.get(name);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = priority;
      this.#highlights.set(name, highlight);
    }
    for (const range of ranges) highlight.add(range);
  }

  #remove(key: string, ranges: readonly Range[]): void {
    const name = this.#nameOf(key);
    const highlight = this.#highlights.get(name);
    if (!highlight) return;
    for (const range of ranges) highlight.delete(range);
    if (highlight.size > 0) return;
    this.#highlights.delete(name);
    CSS.highlights.delete(name);
  }

  /** Give every document or shadow root that holds painted text the style of it, and take it from others. */
  #dress(matches: readonly PaintedMatch[]): void {
    const texts = new Map<Document | ShadowRoot, { match: PaintedMatch; node: Text }[]>();
    for (const match of matches) {
      for (const node of match.nodes) {
        const root = node.getRootNode();
        if (!(root instanceof Document || root instanceof ShadowRoot)) continue;
        const ofRoot = texts.get(root);
        if (ofRoot) ofRoot.push({ match, node });
        else texts.set(root, [{ match, node }]);
      }
    }
    for (const [root, { sheet }] of this.#sheets) {
      if (texts.has(root)) continue;
      setSheets(
        root,
        sheetsOf(root).filter((other) => other !== sheet),
      );
      this.#sheets.delete(root);
    }
    for (const [root, ofRoot] of texts) {
      const areNamed = ofRoot.length <= MOST_NAMED_TEXTS;
      const rules = ofRoot.flatMap(({ match, node }) =>
        this.#rulesFor(match, areNamed ? selectorOf(node) : ""),
      );
      this.#wear(root, notOnPaper([...new Set(rules)]));
    }
  }

  #wear(root: Document | ShadowRoot, rules: string): void {
    const worn = this.#sheets.get(root);
    if (worn?.rules === rules) return;
    const sheet = worn?.sheet ?? new CSSStyleSheet();
    sheet.replaceSync(rules);
    this.#sheets.set(root, { sheet, rules });
  }

  #rulesFor(match: PaintedMatch, selector: string): string[] {
    const { look, surface, isVerbatim, changedRanges } = match;
    const rule = (key: string, declarations: string): string =>
      `${selector}::highlight(${this.#nameOf(key)}) { ${declarations} }`;
    const layers: Layer[] = changedRanges.length > 0 ? ["changed", "current"] : ["current"];
    const grounds = layers.map((layer) => rule(layerKey(layer, match), groundOf(layer, surface)));
    if (isVerbatim) grounds.unshift(rule(matchKey(match), verbatimGroundOf(look, surface, this.#strength)));
    return [
      rule(matchKey(match), lineOf(look, surface, this.#strength)),
      ...grounds,
      rule(layerKey("flash", match), groundOf("flash", surface)),
    ];
  }

  /** A page can read the names of highlights: they are drawn by lot, so that they tell nothing. */
  #nameOf(key: string): string {
    let name = this.#names.get(key);
    if (!name) this.#names.set(key, (name = `h${crypto.getRandomValues(new Uint32Array(2)).join("x")}`));
    return name;
  }
}

/**
 * Take away what an earlier version of the extension painted: when it is updated, browsers leave that on open pages,
 * Firefox without a script to take it back. The style tells the names, since Firefox lets no extension list a page's
 * highlights.
 */
export function clearPaintLeftBehind(): void {
  const others = sheetsOf(document).filter((sheet) => {
    const rules = [...sheet.cssRules].map(({ cssText }) => cssText).join("\n");
    const names = [...rules.matchAll(OWN_NAME)].map(([name]) => name);
    for (const name of names) CSS.highlights.delete(name);
    return names.length === 0;
  });
  if (others.length < sheetsOf(document).length) setSheets(document, others);
}

const OWN_NAME = /(?<=::highlight\()h\d+x\d+(?=\))/g;

/** What tells highlights apart: look, ground, and whether the words are the checked ones. */
function matchKey({ look, surface, isVerbatim }: PaintedMatch): string {
  return `${look} ${surface} ${isVerbatim ? "verbatim" : "altered"}`;
}

function layerKey(layer: Layer, { surface }: PaintedMatch): string {
  return `${layer} ${surface}`;
}
