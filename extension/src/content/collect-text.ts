import { isLeftOut, roleOf } from "./element-roles.js";
import { runInSlices } from "./slices.js";
import { type CollectedText, TextWriter } from "./text-writer.js";

/**
 * Collect the text of a document that a reader can see, in reading order, with the way back to its nodes.
 *
 * Block ends and `<br>` are line breaks. Open shadow roots are read in their place, with what is slotted
 * into them. Left out are scripts, forms and their fields, what can be edited, and what is hidden from eyes
 * or from assistive technology. Nothing of the page is changed.
 */
export async function collectText(root: Document, signal: AbortSignal): Promise<CollectedText> {
  const writer = new TextWriter();
  const body = root.body as HTMLElement | null;
  if (body) await runInSlices(walk(body, writer), signal);
  return writer.finish();
}

/** An element whose children are being read. */
interface OpenElement {
  children: readonly Node[];
  next: number;
  isVisible: boolean;
  keepsLines: boolean;
  close: () => void;
}

function* walk(body: Element, writer: TextWriter): Generator<undefined, void> {
  const open: OpenElement[] = [];
  enter(body, open, writer);
  for (let parent = open.at(-1); parent && !writer.isFull; parent = open.at(-1)) {
    const node = parent.children[parent.next++];
    if (!node) {
      parent.close();
      open.pop();
    } else if (node instanceof Text) {
      if (parent.isVisible) writer.writeNode(node, parent.keepsLines);
    } else if (node instanceof Element) {
      enter(node, open, writer);
      yield;
    }
  }
}

function enter(element: Element, open: OpenElement[], writer: TextWriter): void {
  if (element.localName === "br") {
    writer.breakLine();
    return;
  }
  if (isLeftOut(element)) {
    writer.leaveOut();
    return;
  }
  const style = getComputedStyle(element);
  const role = roleOf(element, style);
  if (role === "left_out") {
    writer.leaveOut();
    return;
  }
  const isQuotation = element.localName === "q";
  if (role === "block") writer.breakLine();
  if (isQuotation) writer.writeGenerated("“");
  const shadow = element.shadowRoot;
  if (shadow) {
    writer.noteShadowRoot(shadow);
    writer.leaveOut();
  }
  open.push({
    children: childrenOf(element, shadow),
    next: 0,
    isVisible: style.visibility === "visible",
    keepsLines: /^(pre|break-spaces)/.test(style.whiteSpace),
    close: () => {
      if (isQuotation) writer.writeGenerated("”");
      if (role === "block") writer.breakLine();
      if (shadow || element.localName === "slot") writer.leaveOut();
    },
  });
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called on a node below
const readChildNodes = Object.getOwnPropertyDescriptor(Node.prototype, "childNodes")?.get as (
  this: Node,
) => NodeList;

/** The nodes that a reader sees inside an element: as a shadow root arranges them, or its own. */
function childrenOf(element: Element, shadow: ShadowRoot | null): Node[] {
  if (shadow) return [...shadow.childNodes];
  if (element instanceof HTMLSlotElement) {
    const slotted = element.assignedNodes({ flatten: true });
    if (slotted.length > 0) return slotted;
  }
  if (element instanceof HTMLDetailsElement && !element.open) {
    return [...element.children].filter((child) => child.localName === "summary").slice(0, 1);
  }
  return [...readChildNodes.call(element)];
}
