import { anyShadowRootOf } from "../shared/browser.js";
import { CARD_STYLE } from "./card-style.js";
import { rootElementOf, seenParentOf } from "./page-dom.js";

/** The one element that is added to a page, and its closed shadow root, which holds all that is shown there. */
export class OwnRoot {
  readonly #host = document.createElement("div");
  readonly #root = this.#host.attachShadow({ mode: "closed" });

  constructor() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CARD_STYLE);
    this.#root.adoptedStyleSheets = [sheet];
  }

  get isAttached(): boolean {
    return this.#host.isConnected;
  }

  isHost(node: Node): boolean {
    return node === this.#host;
  }

  holds(root: Node): boolean {
    return root === this.#root;
  }

  append(...elements: HTMLElement[]): void {
    this.#root.append(...elements);
  }

  /**
   * Put it onto the page, anew where the page has thrown it out.
   *
   * What is modal, or fills the screen, may make all outside of it inert, and a click there closes many a dialog or
   * popover: what explains `words` in one has to stand in it, too.
   */
  attach(words?: Node): void {
    const place = (words && openedAround(words)) ?? rootElementOf(document);
    if (this.#host.parentNode !== place) place.append(this.#host);
  }

  remove(): void {
    this.#host.remove();
  }
}

/** What may hold the host in the page's stead: see `attach`. */
const OPENED = "dialog[open], :popover-open, :fullscreen";

/** Take away the elements that earlier versions of the extension left on the page when they were updated. */
export function removeRootsLeftBehind(): void {
  const places = `:is(:root, ${OPENED}) > div`;
  for (const element of rootElementOf(document).querySelectorAll<HTMLElement>(places)) {
    const root = anyShadowRootOf(element);
    if (root?.mode === "closed" && root.querySelector(".announcement + .card")) element.remove();
  }
}

function openedAround(node: Node): Element | null {
  let element = seenParentOf(node);
  while (element && !element.matches(OPENED)) element = seenParentOf(element);
  return element;
}
