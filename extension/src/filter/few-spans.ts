import type { Span } from "../shared/match-answer.js";

/** Join those with the fewest words between them, until there are no more than `most`. */
export function fewSpans(spans: readonly Span[], most: number): Span[] {
  const few = [...spans];
  while (few.length > most) {
    const gaps = few.slice(1).map(([start], number) => start - (few[number]?.[1] ?? 0));
    const at = gaps.indexOf(Math.min(...gaps));
    const [first, second] = few.slice(at, at + 2);
    if (first && second) few.splice(at, 2, [first[0], second[1]]);
  }
  return few;
}
