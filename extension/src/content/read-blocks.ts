import type { Block, Part } from "./block-text.js";
import { hidesOwnText, isLeftOut, roleOf } from "./element-roles.js";
import { localNameOf } from "./page-dom.js";
import type { PageMemory } from "./page-memory.js";
import { seenChildrenOf } from "./seen-children.js";

/** An element whose children are being read. */
interface Open {
  readonly element: Element;
  readonly isBlock: boolean;
  readonly line: Line;
  readonly next: () => Node | null;
  readonly readAt: number;
  /** What was read in it before this moment holds no longer. */
  readonly doubtedAt: number;
  readonly showsText: boolean;
  readonly keepsLines: boolean;
}

/**
 * Read what has changed in the visible text of `body` since the last reading, in reading order.
 *
 * It can be interrupted wherever it yields, and the page may change meanwhile. What is read may then be a
 * mixture of before and after; the next reading sets it right, since the memory notes every change.
 */
export function* readBlocks(body: Element, memory: PageMemory): Generator<undefined, Block> {
  let parent = openElement(body, getComputedStyle(body), null, memory, null);
  const outside: Open[] = [];
  for (;;) {
    yield;
    const node = parent.next();
    if (node instanceof Text) {
      if (parent.showsText && memory.takes(node)) parent.line.addText(node, parent.keepsLines);
    } else if (node instanceof Element) {
      const entered = enter(node, parent, memory);
      if (!entered) continue;
      outside.push(parent);
      parent = entered;
    } else if (!node) {
      const outer = outside.pop();
      if (!outer) return closeBlock(parent, memory);
      close(parent, outer, memory);
      parent = outer;
    }
  }
}

function enter(element: Element, parent: Open, memory: PageMemory): Open | null {
  const known = memory.recall(element, parent.doubtedAt);
  if (known) {
    parent.line.add(known);
    return null;
  }
  if (localNameOf(element) === "br") {
    parent.line.add("\n");
    return null;
  }
  if (isLeftOut(element)) return null;
  const style = getComputedStyle(element);
  const role = roleOf(element, style);
  if (role === "hidden") memory.hidden.add(element);
  else memory.hidden.delete(element);
  if (role === "hidden" || role === "left_out") return null;
  if (localNameOf(element) === "q") parent.line.add("“");
  return openElement(element, style, role === "block" ? null : parent.line, memory, parent);
}

function openElement(
  element: Element,
  style: CSSStyleDeclaration,
  line: Line | null,
  memory: PageMemory,
  parent: Open | null,
): Open {
  const showsText = !hidesOwnText(style);
  if (!showsText && parent?.showsText !== false) memory.hidden.add(element);
  return {
    element,
    isBlock: line === null,
    line: line ?? new Line(),
    next: seenChildrenOf(element),
    readAt: memory.now,
    doubtedAt: Math.max(parent?.doubtedAt ?? 0, memory.doubtedAt(element)),
    showsText,
    keepsLines: /^(pre|break-spaces)/.test(style.whiteSpace),
  };
}

function close(ended: Open, outer: Open, memory: PageMemory): void {
  if (ended.isBlock) outer.line.add(closeBlock(ended, memory));
  else if (localNameOf(ended.element) === "q") ended.line.add("”");
}

function closeBlock({ element, line, readAt }: Open, memory: PageMemory): Block {
  if (localNameOf(element) === "q") line.add("”");
  return memory.keep(element, line.parts, readAt);
}

/** The parts of a block so far. */
class Line {
  readonly parts: Part[] = [];
  #endsInSpace = true;

  /**
   * White space that the page collapses becomes spaces, one for one, so that a line break always means a
   * line that ends on the screen. None stands at the beginning of a line, or after other white space.
   */
  addText(node: Text, keepsLines: boolean): void {
    const data = keepsLines ? node.data : node.data.replace(/[\t\n\f\r]/g, " ");
    const nodeStart = this.#endsInSpace && !keepsLines ? data.search(/[^ ]|$/) : 0;
    const text = data.slice(nodeStart);
    if (text === "") return;
    this.parts.push({ node, nodeStart, text });
    this.#endsInSpace = text.endsWith(" ") || text.endsWith("\n");
  }

  add(part: Exclude<Part, { node: unknown }>): void {
    this.parts.push(part);
    this.#endsInSpace = part !== "“" && part !== "”";
  }
}
