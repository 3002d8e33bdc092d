import { attributeOf, heightOf, localNameOf, shortTextOf, widthOf } from "./page-dom.js";

/** What an element means for the text that a reader reads. */
export type ElementRole =
  /** Not text, not the page's text, or the reader's own input: whatever its style. */
  | "left_out"
  /** Out of sight as its style is now. */
  | "hidden"
  /** A line of its own. */
  | "block"
  /** Part of the line. */
  | "inline";

const LEFT_OUT = new Set(
  (
    "script style noscript template iframe frame object embed canvas svg math audio video img head " +
    "input textarea select option datalist button label legend progress meter output rt rp"
  ).split(" "),
);

/** Editors that draw their text themselves, without an editable element around it. */
const EDITORS = /(^|\s)(CodeMirror|monaco-editor|ace_editor)(\s|$)/;
const FIELD_ROLES = new Set(["textbox", "searchbox", "combobox"]);

/** A form with more text than any form has is a page that was put into a form whole. */
const MOST_FORM_CHARACTERS = 2_000;
const MOST_DROP_CAP_CHARACTERS = 3;

export function roleOf(element: Element, style: CSSStyleDeclaration): ElementRole {
  const { display } = style;
  if (display === "none" || isOutOfSight(element, style, display)) return "hidden";
  if (display.startsWith("inline") || display === "contents" || display === "ruby") return "inline";
  return isDropCap(element, style) ? "inline" : "block";
}

/** Whether an element is left out whatever its style. */
export function isLeftOut(element: Element): boolean {
  if (element instanceof HTMLFormElement) return shortTextOf(element, MOST_FORM_CHARACTERS) !== null;
  const name = localNameOf(element);
  if (LEFT_OUT.has(name) || attributeOf(element, "inert") !== null) return true;
  if (attributeOf(element, "aria-hidden") === "true") return !isDropCap(element, getComputedStyle(element));
  return isEditable(element) || (name === "sup" && isReferenceMark(element));
}

/** Whether text that stands directly in an element of this style is out of sight; elements in it need not be. */
export function hidesOwnText(style: CSSStyleDeclaration): boolean {
  return (
    style.visibility !== "visible" ||
    style.fontSize === "0px" ||
    parseFloat(style.textIndent) < FAR_OUT_PIXELS
  );
}

/** Whether an element is the reader's own to write in. */
export function isEditable(element: Element): boolean {
  const editable = attributeOf(element, "contenteditable");
  if (editable !== null && editable !== "false") return true;
  const role = attributeOf(element, "role");
  return (role !== null && FIELD_ROLES.has(role)) || EDITORS.test(attributeOf(element, "class") ?? "");
}

/** The raised number of a footnote interrupts words that belong together. */
function isReferenceMark(element: Element): boolean {
  const text = shortTextOf(element, 9);
  return (
    text !== null &&
    /^[[(]?\s*(\d{1,3}|[a-z*†‡§])\s*[\])]?$/i.test(text) &&
    element.querySelector("a") !== null
  );
}

const FAR_OUT_PIXELS = -900;

/** Text that is folded up, faded out, or put out of sight for screen readers alone in a customary way. */
function isOutOfSight(element: Element, style: CSSStyleDeclaration, display: string): boolean {
  if (style.opacity === "0" || style.contentVisibility === "hidden") return true;
  const isFolded =
    (style.overflowY !== "visible" && heightOf(element) <= 1) ||
    (style.overflowX !== "visible" && widthOf(element) <= 1);
  // An inline box has no size of its own, and clips nothing.
  if (isFolded && display !== "inline" && display !== "contents" && localNameOf(element) !== "body")
    return true;
  if (isClippedAway(style)) return true;
  return (
    isPositioned(style) && (parseFloat(style.left) < FAR_OUT_PIXELS || parseFloat(style.top) < FAR_OUT_PIXELS)
  );
}

/** Whether a style leaves nothing of its element to be seen by cutting it to nothing. */
export function isClippedAway(style: CSSStyleDeclaration): boolean {
  return (
    /^(inset\((50|100)%\)|circle\(0)/.test(style.clipPath) ||
    (isPositioned(style) && /^rect\(([01](px)?[, ]*){4}\)$/.test(style.getPropertyValue("clip")))
  );
}

function isPositioned({ position }: CSSStyleDeclaration): boolean {
  return position === "absolute" || position === "fixed";
}

/** A first letter set large floats beside its word, which makes a block of it. */
function isDropCap(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.float !== "none" && /^[^\w\s]?\p{L}/u.test(shortTextOf(element, MOST_DROP_CAP_CHARACTERS) ?? "")
  );
}
