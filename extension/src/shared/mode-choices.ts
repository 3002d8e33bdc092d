import { MODES, type Mode } from "./settings.js";
import { ALL_SITES, askLeave, giveBackLeave, hasLeave } from "./site-leave.js";
import { changeSettings } from "./stored-settings.js";
import { say } from "./texts.js";

/** The choice of when pages are scanned, for a page's `<div role="radiogroup">`. */
export function modeChoices(chosen: (mode: Mode, isAllowed: boolean) => void): HTMLLabelElement[] {
  return MODES.map((mode) => {
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "mode";
    input.value = mode;
    input.setAttribute("aria-labelledby", `mode-${mode}`);
    input.setAttribute("aria-describedby", `mode-${mode}-detail`);
    input.addEventListener(
      "change",
      () =>
        void chooseMode(mode).then((allowed) => {
          chosen(mode, allowed);
        }),
    );
    const name = document.createElement("strong");
    name.id = `mode-${mode}`;
    name.textContent = say(`mode_${mode}`);
    const detail = document.createElement("span");
    detail.id = `mode-${mode}-detail`;
    detail.textContent = say(`mode_${mode}_detail`);
    const words = document.createElement("span");
    words.append(name, detail);
    const label = document.createElement("label");
    label.className = "choice";
    label.append(input, words);
    return label;
  });
}

export function showMode(group: ParentNode, mode: Mode, isLocked: boolean): void {
  for (const choice of group.querySelectorAll<HTMLInputElement>("input[name='mode']")) {
    choice.checked = choice.value === mode;
    choice.disabled = isLocked;
  }
}

/** False where the browser, or the reader at the browser's own question, did not give leave. */
async function chooseMode(mode: Mode): Promise<boolean> {
  if (mode === "all" && !(await askLeave(ALL_SITES))) return false;
  await changeSettings({ mode });
  if (mode !== "all" && (await hasLeave(ALL_SITES))) await giveBackLeave(ALL_SITES);
  return true;
}
