import { guardWarnings, isGuarded } from "../shared/guard-warnings.js";
import type { ListedMatch } from "../shared/messages.js";
import { say } from "../shared/texts.js";
import { element } from "./element.js";

/** An item of a list of matches: a button that leads to the match. The label does not stand alone where it does not hold. */
export function listedButton(
  { label, look, words, kind, changes }: ListedMatch,
  place: string,
  lead: () => void,
): HTMLLIElement {
  const button = element("button", look);
  button.type = "button";
  button.append(element("span", "label", label));
  const altered = kind === "altered" ? say("listed_altered") : "";
  for (const note of [isGuarded(changes) ? say("label_not_for_page") : altered, place])
    // The space is for ears.
    if (note) button.append(" ", element("span", "label-note", note));
  button.append(
    element("span", "words", `“${words}”`),
    ...guardWarnings(changes, say).map((warning) => element("span", "warning", warning)),
  );
  button.addEventListener("click", ({ isTrusted }) => {
    if (isTrusted) lead();
  });
  const item = element("li", "");
  item.append(button);
  return item;
}
