import { guardWarnings, isGuarded } from "../shared/guard-warnings.js";
import type { ListedMatch } from "../shared/messages.js";
import { say, setApart } from "../shared/texts.js";

/** One match in the list: a button that shows it on the page. */
export function listItem(match: ListedMatch, place: string, show: () => void): HTMLLIElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `match look-${match.look}`;
  button.title = say("show_on_page");
  button.addEventListener("click", show);
  const top = part("verdict", "");
  top.append(part("label", match.label));
  if (isGuarded(match.changes)) top.append(part("label-note", say("label_not_for_page")));
  top.append(part("publisher", match.publisher));
  button.append(
    top,
    part("words", `“${match.words}”`),
    ...guardWarnings(match.changes, say).map((warning) => part("warning", warning)),
  );
  const altered = match.kind === "altered" ? say("listed_altered") : "";
  const said = [setApart(match.speaker ?? ""), altered, place].filter((word) => word).join(" · ");
  if (said) button.append(part("speaker", said));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function part(className: string, text: string): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}
