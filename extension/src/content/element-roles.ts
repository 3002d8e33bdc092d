/** What an element means for the text that a reader reads: left out, a line of its own, or part of the line. */

export type ElementRole = "left_out" | "block" | "inline";

/** Not text, not the page's text, or the reader's own input. */
const LEFT_OUT = new Set([
  ...[
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "frame",
    "object",
    "embed",
    "canvas",
    "svg",
    "math",
  ],
  ...["audio", "video", "input", "textarea", "select", "option", "datalist", "button", "label", "legend"],
  ...["progress", "meter", "output", "rt", "rp", "head"],
]);

/** A form with more text than any form has is a page that was put into a form whole. */
const MOST_FORM_CHARACTERS = 2_000;
const MOST_DROP_CAP_CHARACTERS = 3;

export function roleOf(element: Element, style: CSSStyleDeclaration): ElementRole {
  if (style.display === "none" || isSeenByNoOne(style)) return "left_out";
  if (style.display.startsWith("inline") || style.display === "contents" || style.display === "ruby") {
    return "inline";
  }
  return isDropCap(element, style) ? "inline" : "block";
}

/** Whether an element is left out whatever its style. */
export function isLeftOut(element: Element): boolean {
  // A form's fields can hide its own properties behind theirs: of a form only what can't be hidden is used.
  if (element instanceof HTMLFormElement) return textLength(element) <= MOST_FORM_CHARACTERS;
  if (LEFT_OUT.has(element.localName)) return true;
  if (element.getAttribute("aria-hidden") === "true") return true;
  return isEditable(element) || isReferenceMark(element);
}

function isEditable(element: Element): boolean {
  const editable = element.getAttribute("contenteditable");
  if (editable !== null && editable !== "false") return true;
  const role = element.getAttribute("role");
  return role === "textbox" || role === "searchbox" || role === "combobox";
}

/** The raised number of a footnote interrupts words that belong together. */
function isReferenceMark(element: Element): boolean {
  if (element.localName !== "sup") return false;
  return (
    /^\s*[[(]?\s*(\d{1,3}|[a-z*†‡§])\s*[\])]?\s*$/i.test(element.textContent) &&
    element.querySelector("a") !== null
  );
}

const FAR_OUT_PIXELS = -900;

/** Text for screen readers alone ("opens in a new window") is put out of sight in one of a few customary ways. */
function isSeenByNoOne(style: CSSStyleDeclaration): boolean {
  if (style.contentVisibility === "hidden") return true;
  if (style.position !== "absolute" && style.position !== "fixed") return false;
  const clipped = /^rect\(([01](px)?[, ]*){4}\)$/.test(style.getPropertyValue("clip"));
  const inset = /^inset\((50|100)%\)$/.test(style.clipPath);
  const tiny = style.overflow !== "visible" && parseFloat(style.width) <= 1 && parseFloat(style.height) <= 1;
  const farOut = parseFloat(style.left) < FAR_OUT_PIXELS || parseFloat(style.top) < FAR_OUT_PIXELS;
  return clipped || inset || tiny || farOut;
}

/** A first letter set large floats beside its word, which makes a block of it. */
function isDropCap(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.float !== "none" && element.localName === "span" && textLength(element) <= MOST_DROP_CAP_CHARACTERS
  );
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called on a node below
const readTextContent = Object.getOwnPropertyDescriptor(Node.prototype, "textContent")?.get as (
  this: Node,
) => string;

function textLength(element: Element): number {
  return readTextContent.call(element).trim().length;
}
