import { listedPlaces } from "../shared/listed-places.js";
import { sayCount } from "../shared/texts.js";
import { element } from "./element.js";
import { listedButton } from "./listed-button.js";
import { listMark, type Mark } from "./marks.js";
import type { OwnRoot } from "./own-root.js";
import { rootElementOf } from "./page-dom.js";
import { scrollersAround } from "./scrollers.js";
import { themeOf } from "./surface.js";
import { closeButton } from "./tooltip-card.js";

/** The small card in the corner that sums up the page's matches where the reader has come to its end. */
export class PageSummary {
  readonly #card = document.createElement("section");
  readonly #root: OwnRoot;
  readonly #show: (index: number) => void;
  #isDismissed = false;
  #shown: readonly Mark[] = [];

  /** `show` is told which match the reader wants to see. */
  constructor(root: OwnRoot, show: (index: number) => void) {
    this.#root = root;
    this.#show = show;
    this.#card.popover = "manual";
    this.#card.setAttribute("role", "region");
    root.append(this.#card);
  }

  get #isOpen(): boolean {
    return this.#card.matches(":popover-open");
  }

  /** Look where the reader is: show it at the end of the page, and hide it elsewhere. */
  follow(marks: readonly Mark[]): void {
    if (this.#isDismissed || !isAtEnd(marks)) {
      this.hide();
      return;
    }
    if (this.#isOpen && marks === this.#shown) return;
    this.#shown = marks;
    this.#draw(marks);
    this.#root.attach();
    if (!this.#isOpen) this.#card.showPopover();
  }

  hide(): void {
    if (this.#isOpen) this.#card.hidePopover();
  }

  /** Close it for this page, where the key is Esc; what the page does with the key is the page's, unless the focus is here. */
  hearKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !event.isTrusted || !this.#isOpen) return;
    if (this.#card.matches(":focus-within")) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
    this.#dismiss();
  }

  #dismiss(): void {
    this.#isDismissed = true;
    this.hide();
  }

  /** For another page: what the reader closed on the last one may open on it. */
  reset(): void {
    this.hide();
    this.#isDismissed = false;
  }

  #draw(marks: readonly Mark[]): void {
    const title = sayCount("popup_found", marks.length);
    this.#card.className = `card sum ${themeOf(marks.at(-1)?.surface ?? "light")}`;
    this.#card.setAttribute("aria-label", title);
    const header = element("header", "", title);
    const close = closeButton(({ isTrusted }) => {
      if (!isTrusted) return;
      this.#dismiss();
    });
    header.append(close);
    const list = element("ol", "listed");
    const listed = marks.map(listMark);
    const places = listedPlaces(listed);
    list.append(
      ...listed.map((match, i) =>
        listedButton(match, places[i] ?? "", () => {
          this.#show(match.index);
        }),
      ),
    );
    this.#card.replaceChildren(header, list);
  }
}

/**
 * Whether the window shows the end of what the last match stands in (the main part, the article, or the page), and
 * the first match no longer: who sees them all needs no summary.
 */
function isAtEnd(marks: readonly Mark[]): boolean {
  const [first] = marks[0]?.ranges ?? [];
  const last = marks.at(-1);
  const text = last?.nodes.at(-1)?.parentElement;
  if (!first || !text || first.getBoundingClientRect().bottom > 0) return false;
  const page = rootElementOf(document);
  const part = text.closest("main, [role=main]") ?? text.closest("article") ?? page;
  return (
    part.getBoundingClientRect().bottom <= innerHeight + 1 &&
    !scrollersAround(last).some((scroller) => part.contains(scroller) && isPageUnderWay(scroller))
  );
}

/** Whether all that is scrolled is this element, which fills the window, and not to its end. */
function isPageUnderWay(scroller: Element): boolean {
  const { scrollTop, scrollHeight, clientHeight } = scroller;
  return (
    scroller !== document.scrollingElement &&
    clientHeight > innerHeight / 2 &&
    scrollTop > 0 &&
    scrollTop + clientHeight < scrollHeight - 1
  );
}
