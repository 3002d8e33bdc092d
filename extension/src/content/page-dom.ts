/**
 * Reads of a page's DOM that the page can't bend.
 *
 * A content script has prototypes of its own, but a page's markup reaches even those: `<input name="localName">`
 * hides the property of its form, and `<img name="body">` that of the document. So properties are read by the
 * prototypes' own getters, wherever a form or the document may be asked.
 */

function reader<T extends object, K extends keyof T>(prototype: T, name: K): (object: T) => T[K] {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on an object below
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: T) => T[K];
  return (object) => get.call(object);
}

export const firstChildOf = reader(Node.prototype, "firstChild");
export const nextSiblingOf = reader(Node.prototype, "nextSibling");
export const parentOf = reader(Node.prototype, "parentNode");
export const localNameOf = reader(Element.prototype, "localName");
export const shadowRootOf = reader(Element.prototype, "shadowRoot");
export const elementBefore = reader(Element.prototype, "previousElementSibling");
const slotOf = reader(Element.prototype, "assignedSlot");
export const heightOf = reader(Element.prototype, "clientHeight");
export const widthOf = reader(Element.prototype, "clientWidth");
export const bodyOf = reader(Document.prototype, "body");
export const rootElementOf = reader(Document.prototype, "documentElement");
export const designModeOf = reader(Document.prototype, "designMode");

/** Whether the browser only prepares the document, for a reader who may never go there: not every browser does. */
export function isPrerendering(): boolean {
  const prerendering = Object.getOwnPropertyDescriptor(Document.prototype, "prerendering");
  return prerendering?.get?.call(document) === true;
}

export function sheetsOf(root: Document | ShadowRoot): CSSStyleSheet[] {
  return root instanceof Document ? sheetsOfDocument.get.call(root) : root.adoptedStyleSheets;
}

export function setSheets(root: Document | ShadowRoot, sheets: CSSStyleSheet[]): void {
  if (root instanceof Document) sheetsOfDocument.set.call(root, sheets);
  else root.adoptedStyleSheets = sheets;
}

const sheetsOfDocument = Object.getOwnPropertyDescriptor(Document.prototype, "adoptedStyleSheets") as {
  get: (this: Document) => CSSStyleSheet[];
  set: (this: Document, sheets: CSSStyleSheet[]) => void;
};

export function attributeOf(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}

/** The parent in the tree that a reader sees: a slot for what is slotted, the host for a shadow root. */
export function seenParentOf(node: Node): Element | null {
  const slot = node instanceof Element ? slotOf(node) : node instanceof Text ? node.assignedSlot : null;
  if (slot) return slot;
  const parent = parentOf(node);
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

/** All text inside an element, trimmed; null where it is longer than `most`. Stops reading there. */
export function shortTextOf(element: Element, most: number): string | null {
  const walker = Document.prototype.createTreeWalker.call(document, element, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    text = (text + (node as Text).data).trimStart();
    // White space may follow at the end, which does not count: none is kept beyond a little.
    if (text.trimEnd().length > most) return null;
  }
  return text.trimEnd();
}
