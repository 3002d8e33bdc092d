import type { Change } from "./match-answer.js";

export type Say = (key: string, ...substitutions: string[]) => string;

/** A sentence for each change that can turn a quote's meaning. Where there is one, the label is not for the page's words. */
export function guardWarnings(changes: readonly Change[], say: Say): string[] {
  return changes.flatMap(({ checked, page, guard }) => {
    if (guard === null) return [];
    const lead = (way: string): string => say(guard === "number" ? `guard_number${way}` : `guard_${guard}`);
    if (page === "") return [`${lead("_dropped")} ${say("change_dropped", checked)}`];
    if (checked === "") return [`${lead("_added")} ${say("change_added", page)}`];
    return [`${lead("")} ${say("change_replaced", page, checked)}`];
  });
}

export function isGuarded(changes: readonly Change[]): boolean {
  return changes.some(({ guard }) => guard !== null);
}
