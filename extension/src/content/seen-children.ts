import { firstChildOf, localNameOf, nextSiblingOf, parentOf, shadowRootOf } from "./page-dom.js";

/**
 * What a reader sees inside an element, one after the other: as a shadow root arranges it, or its own.
 *
 * The page may change between two calls. A node that it has taken away meanwhile ends the row.
 */
export function seenChildrenOf(element: Element): () => Node | null {
  const shadow = shadowRootOf(element);
  if (shadow) return childrenOf(shadow);
  if (element instanceof HTMLSlotElement) {
    const slotted = element.assignedNodes({ flatten: true });
    let read = 0;
    if (slotted.length > 0) return () => slotted[read++] ?? null;
  }
  if (element instanceof HTMLDetailsElement && !element.open) return summaryOf(element);
  return childrenOf(element);
}

/** By links from node to node: a list of a million children would take long to make. */
function childrenOf(parent: Node): () => Node | null {
  let next = firstChildOf(parent);
  return () => {
    const node = next;
    if (!node || parentOf(node) !== parent) return null;
    next = nextSiblingOf(node);
    return node;
  };
}

/** All that is seen of a closed `<details>`: its first `<summary>`. */
function summaryOf(details: Element): () => Node | null {
  const next = childrenOf(details);
  let isFound = false;
  return () => {
    for (let node = isFound ? null : next(); node; node = next()) {
      isFound = node instanceof Element && localNameOf(node) === "summary";
      if (isFound) return node;
    }
    return null;
  };
}
