import { anyShadowRootOf } from "../shared/browser.js";
import { firstChildOf, localNameOf, shadowRootOf } from "./page-dom.js";

/**
 * Find the document and every shadow root in it, however deep, closed or out of sight. Can be interrupted.
 *
 * To ask for a closed root takes long where there are many elements. So it is asked of custom elements, which
 * have most of them, and of elements without children of their own, which may be nothing but a root's host.
 */
export function* allRootsIn(document: Document): Generator<undefined, (Document | ShadowRoot)[]> {
  const roots: (Document | ShadowRoot)[] = [document];
  // Those that are found on the way are looked into in their turn.
  for (const root of roots) {
    const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const shadow = rootOf(node as Element);
      if (shadow) roots.push(shadow);
      yield;
    }
  }
  return roots;
}

function rootOf(element: Element): ShadowRoot | null {
  const mayHideOne = localNameOf(element).includes("-") || firstChildOf(element) === null;
  return mayHideOne && element instanceof HTMLElement ? anyShadowRootOf(element) : shadowRootOf(element);
}
