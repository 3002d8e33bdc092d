import english from "../../_locales/en/messages.json";
import { explain } from "../content/explain.js";
import { cardContents } from "../content/tooltip-card.js";
import { CARD_STYLE } from "../content/card-style.js";
import { readAnswer } from "../shared/match-answer.js";
import { say, speak, spokenLanguage } from "../shared/texts.js";

/** The very card that readers get, for the curation pages: the same words and looks from the same sources. */

/** In a page of ours the card stands in its place, and not over what it explains. */
const IN_PLACE = `
:host { display: block !important; position: static !important; width: auto !important; height: auto !important; }
.card { display: flex; position: static; width: auto; max-width: 29.15em; box-shadow: none; animation: none; }
.close { display: none; }
`;

/** Show in `place` what readers are told where a page repeats the quote word for word. */
function drawReaderCard(place: HTMLElement, quote: { text?: unknown }): void {
  const text = typeof quote.text === "string" ? quote.text : "";
  const match = { quote: "this", kind: "exact", spans: [[0, text.length]], changes: [], coverage: 1 };
  const answer = readAnswer({ offsets: "utf16", matches: [match], quotes: { this: quote } }, text.length);
  const [found] = answer?.matches ?? [];
  const read = answer?.quotes.this;
  if (!found || !read) return;
  const explanation = explain(found, read, [text], "", { say, tag: spokenLanguage() });
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CARD_STYLE + IN_PLACE);
  root.adoptedStyleSheets = [sheet];
  const card = document.createElement("div");
  const surface = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  card.className = `card ${surface} ${explanation.look}`;
  card.append(
    ...cardContents(explanation, { close: () => undefined, follow: null, report: null, overlapping: [] }),
  );
  root.replaceChildren(card);
}

speak(english);
Object.assign(globalThis, { drawReaderCard });
