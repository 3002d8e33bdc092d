import { LANGUAGES } from "../shared/languages.js";
import { lookOf, LOOKS, RATINGS } from "../shared/ratings.js";
import { say } from "../shared/texts.js";

/** One line for each site; with a button to remove it, where it can be. */
export function siteItems(
  sites: readonly string[],
  remove: ((site: string) => void) | null,
): HTMLLIElement[] {
  return sites.map((site) => {
    const item = document.createElement("li");
    item.append(site);
    if (!remove) return item;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = say("remove");
    button.setAttribute("aria-label", say("remove_site", site));
    button.addEventListener("click", () => {
      remove(site);
    });
    item.append(button);
    return item;
  });
}

/** One line for each look: its name drawn in it, with the ratings that it stands for. */
export function lookItems(): HTMLLIElement[] {
  return LOOKS.map((look) => {
    const item = document.createElement("li");
    const label = document.createElement("span");
    label.className = `label look-${look}`;
    label.textContent = RATINGS.filter((rating) => lookOf(rating) === look)
      .map((rating) => say(`rating_${rating}`))
      .join(", ");
    item.append(label);
    return item;
  });
}

export function languageChoices(): HTMLOptionElement[] {
  return [
    new Option(say("language_auto"), "auto"),
    ...Object.entries(LANGUAGES).map(([tag, name]) => {
      const choice = new Option(name, tag);
      choice.lang = tag;
      return choice;
    }),
  ];
}

export function keyRows(commands: readonly chrome.commands.Command[]): HTMLElement[] {
  return commands
    .filter(({ description }) => description)
    .flatMap(({ name, shortcut }) => {
      const key = document.createElement("dt");
      key.textContent = shortcut === undefined || shortcut === "" ? say("no_key") : shortcut;
      const act = document.createElement("dd");
      act.textContent = say(`command_${name?.replace("-match", "") ?? ""}`);
      return [key, act];
    });
}
