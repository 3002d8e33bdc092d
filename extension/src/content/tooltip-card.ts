import type { ListedMatch } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import type { Segment } from "./compare-words.js";
import { element } from "./element.js";
import type { Explanation } from "./explain.js";
import { listedButton } from "./listed-button.js";

/** The tooltip's elements. All texts go in as text: no string becomes markup. */

export interface CardActions {
  close: () => void;
  /** Follows a link where the page's sandbox lets none open; null where the browser does. */
  follow: ((url: string) => void) | null;
  /** Null where there is no server to take one. */
  report: Report | null;
  /** The matches that share words with this one, which a pointer may not reach. */
  overlapping: readonly { listed: ListedMatch; open: () => void }[];
}

export interface Report {
  /** Whether it was sent before. */
  isSent: boolean;
  /** Reports the match as wrong, and resolves to whether the server took it. */
  send: () => Promise<boolean>;
}

export function cardContents(
  explanation: Explanation,
  { close, follow, report, overlapping }: CardActions,
): Node[] {
  const { warnings, summary, attribution, comparison, speakerDoubt, others, caution } = explanation;
  const body = element("div", "body");
  body.append(...warnings.map((warning) => element("p", "warning", warning)));
  if (summary) body.append(element("p", "summary", summary));
  if (comparison) {
    const quote = element("div", "quote");
    quote.append(element("p", "kind", explanation.kind), wordsCompared(comparison, explanation.isPart));
    if (attribution) quote.append(element("p", "attribution", attribution));
    body.append(quote);
  } else {
    if (attribution) body.append(element("p", "attribution", attribution));
    body.append(element("p", "kind", explanation.kind));
  }
  if (speakerDoubt) body.append(element("p", "doubt", speakerDoubt));
  if (others.length > 0)
    body.append(element("p", "others-title", say("others")), otherVerdicts(others, follow));
  if (overlapping.length > 0) {
    const list = element("ul", "listed");
    list.append(...overlapping.map(({ listed, open }) => listedButton(listed, "", open)));
    body.append(element("p", "others-title", say("overlapping")), list);
  }
  const footer = element("footer", "");
  if (explanation.link || report) footer.append(actions(explanation, report, follow));
  footer.append(element("p", "caution", caution));
  return [header(explanation, close), body, footer];
}

function header({ label, labelNote, ratedBy }: Explanation, close: () => void): HTMLElement {
  const verdict = element("p", "verdict");
  verdict.append(element("strong", "label", label));
  if (labelNote) verdict.append(element("span", "label-note", labelNote));
  const header = element("header", "");
  header.append(verdict, element("p", "rated-by", ratedBy), closeButton(close));
  return header;
}

export function closeButton(close: (event: MouseEvent) => void): HTMLButtonElement {
  const button = element("button", "close", "×");
  button.type = "button";
  button.setAttribute("aria-label", say("close"));
  button.addEventListener("click", close);
  return button;
}

function wordsCompared(segments: readonly Segment[], isPart: boolean): HTMLElement {
  const words = element("p", isPart ? "words rest" : "words");
  words.append(
    "“",
    ...segments.flatMap<Node | string>(({ where, text }) => {
      if (isPart) return where === "both" ? element("b", "", text) : text;
      if (where === "both") return text;
      // The space after the words is neither struck out nor tinted.
      const words = element(where === "page" ? "ins" : "del", "", text.trimEnd());
      return [words, text.slice(text.trimEnd().length)];
    }),
    "”",
  );
  return words;
}

function otherVerdicts(others: Explanation["others"], follow: CardActions["follow"]): HTMLElement {
  const list = element("ul", "others");
  for (const { label, look, publisher, url } of others) {
    const item = element("li", look);
    item.append(element("b", "", label), " – ", url ? link(publisher, url, follow) : publisher);
    list.append(item);
  }
  return list;
}

function actions(
  { link: full }: Explanation,
  report: CardActions["report"],
  follow: CardActions["follow"],
): HTMLElement {
  const row = element("div", "actions");
  if (full) {
    const anchor = link(full.text, full.url, follow);
    anchor.classList.add("full");
    row.append(anchor);
  }
  if (report) row.append(reportButton(report));
  return row;
}

function reportButton({ isSent, send }: Report): HTMLElement {
  const button = element("button", "wrong", say(isSent ? "wrong_match_thanks" : "wrong_match"));
  if (isSent) button.ariaDisabled = "true";
  button.type = "button";
  button.title = say("wrong_match_sends");
  button.addEventListener("click", (event) => {
    if (!event.isTrusted || button.ariaDisabled === "true") return;
    // Not `disabled`, which would take the focus away, and with it the tooltip from those who use keys.
    button.ariaDisabled = "true";
    void isTaken(send).then((taken) => {
      button.textContent = say(taken ? "wrong_match_thanks" : "wrong_match_failed");
      button.ariaDisabled = String(taken);
    });
  });
  return button;
}

/** An extension that was updated meanwhile has nobody left to talk to. */
async function isTaken(send: Report["send"]): Promise<boolean> {
  try {
    return await send();
  } catch {
    return false;
  }
}

function link(text: string, url: string, follow: CardActions["follow"]): HTMLAnchorElement {
  const anchor = element("a", "", text);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  if (follow) {
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      if (event.isTrusted) follow(url);
    });
  }
  return anchor;
}
