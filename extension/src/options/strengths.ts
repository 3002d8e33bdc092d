import { STRENGTHS, type Strength } from "../shared/settings.js";
import { say } from "../shared/texts.js";

/** The choice of how strongly painted words stand out. */
export function strengthChoices(choose: (strength: Strength) => void): HTMLLabelElement[] {
  return STRENGTHS.map((strength) => {
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "strength";
    input.value = strength;
    input.addEventListener("change", () => {
      choose(strength);
    });
    const label = document.createElement("label");
    label.className = "segment";
    label.append(input, say(`strength_${strength}`));
    return label;
  });
}

export function showStrength(group: ParentNode, strength: Strength, isLocked: boolean): void {
  for (const choice of group.querySelectorAll<HTMLInputElement>("input[name='strength']")) {
    choice.checked = choice.value === strength;
    choice.disabled = isLocked;
  }
}
