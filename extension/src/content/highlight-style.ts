import { LINE_STYLES, type Look } from "../shared/ratings.js";
import type { Strength } from "../shared/settings.js";
import { elementBefore, localNameOf, parentOf } from "./page-dom.js";
import type { Surface } from "./surface.js";

/**
 * The style rules of painted text. Where the reader's system forces its colours on all, Chromium paints every
 * highlight like a selection, whatever its rules say: it is seen, and the tooltip tells the rest.
 *
 * A rule `::highlight(name)` makes a browser reckon the style of every element anew: 100 ms and more on a
 * long page. So rules name the few elements whose text is painted, by their place among those of their kind
 * and by their parent's: that costs nearly nothing, and outlasts most of what a page inserts elsewhere. But the
 * browser holds every such rule against every element of the kind: where many texts are painted, that would cost
 * their number squared, and rules for all elements cost less.
 */

/** With more painted texts than this in a document or shadow root, its rules name no elements. */
export const MOST_NAMED_TEXTS = 200;

/** What stands over a match's own line for a while, or over some of its words. */
export type Layer = "changed" | "current" | "flash";

/** The declarations of a match's line. */
export function lineOf(look: Look, surface: Surface, strength: Strength): string {
  const { line, thickness, onLight, onDark } = LINE_STYLES[look];
  const { lineAlpha, thicker } = STRENGTH_STYLES[strength];
  const colour = {
    light: `${onLight}${lineAlpha}`,
    dark: `${onDark}${lineAlpha}`,
    // Their colours would hardly stand out there; their hues do, deep or pale.
    light_middle: `color-mix(in srgb, ${onLight} 40%, black)`,
    dark_middle: `color-mix(in srgb, ${onDark} 40%, white)`,
  }[surface];
  return (
    `text-decoration: underline ${line} calc(${thickness} + ${thicker}) ${colour}; ` +
    "text-underline-offset: 0.16em; text-decoration-skip-ink: none;"
  );
}

/** The declarations of the faint ground behind words that are the checked ones. */
export function verbatimGroundOf(look: Look, surface: Surface, strength: Strength): string {
  const { onLight, onDark } = LINE_STYLES[look];
  // A middling ground goes away from the line's lightness, lest the line stand out less.
  const colour = { light: onLight, dark: onDark, light_middle: "#ffffff", dark_middle: "#000000" }[surface];
  return `background-color: ${colour}${STRENGTH_STYLES[strength].groundAlpha};`;
}

/** Alphas as in `#rrggbbaa`. A faint line has a contrast of 3:1 all the same: it must be seen to be of use. */
const STRENGTH_STYLES: Readonly<
  Record<Strength, { lineAlpha: string; groundAlpha: string; thicker: string }>
> = {
  faint: { lineAlpha: "e0", groundAlpha: "00", thicker: "0px" },
  normal: { lineAlpha: "ff", groundAlpha: "1c", thicker: "0px" },
  strong: { lineAlpha: "ff", groundAlpha: "40", thicker: "1px" },
};

export function groundOf(layer: Layer, surface: Surface): string {
  return `background-color: ${GROUNDS[layer][surface]};`;
}

const GROUNDS: Readonly<Record<Layer, Readonly<Record<Surface, string>>>> = {
  changed: { light: "#ffbf0047", light_middle: "#ffbf0047", dark_middle: "#3d2a0080", dark: "#ffd16628" },
  current: { light: "#0b2a6b17", light_middle: "#ffffff47", dark_middle: "#00000040", dark: "#ffffff20" },
  flash: { light: "#ffcf33a0", light_middle: "#ffcf33a0", dark_middle: "#ffd16680", dark: "#ffd16680" },
};

/** A selector that few elements beside this one meet, inside its document or shadow root. */
export function selectorOf(text: Node): string {
  const element = text.parentElement;
  if (!element) return ":host";
  const parent = parentOf(element);
  return parent instanceof Element ? `${compound(parent)} > ${compound(element)}` : compound(element);
}

function compound(element: Element): string {
  let place = 1;
  const name = localNameOf(element);
  for (let other = elementBefore(element); other; other = elementBefore(other)) {
    if (localNameOf(other) === name) place++;
  }
  return `${CSS.escape(name)}:nth-of-type(${place})`;
}

/** On paper no one can point at a line to learn what it means: there is none. */
export function notOnPaper(rules: readonly string[]): string {
  return `@media not print { ${rules.join("\n")} }`;
}
