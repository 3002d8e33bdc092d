import type { Mark } from "./marks.js";
import { seenParentOf } from "./page-dom.js";

/** What may scroll around a mark, from within. */
export function scrollersAround({ nodes: [node] }: Mark): Element[] {
  const scrollers: Element[] = [];
  for (let element = node ? seenParentOf(node) : null; element; element = seenParentOf(element)) {
    if (element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth) {
      scrollers.push(element);
    }
  }
  const ofWindow = document.scrollingElement;
  if (ofWindow && !scrollers.includes(ofWindow)) scrollers.push(ofWindow);
  return scrollers;
}
