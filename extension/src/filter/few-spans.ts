import type { Span } from "../shared/match-answer.js";

/** Join those with the fewest words between them, until there are no more than `most`. */
export function fewSpans(spans: readonly Span[], most: number): Span[] {
  const gaps = spans.slice(1).map(([start], at) => ({ at: at + 1, length: start - (spans[at]?.[1] ?? 0) }));
  const widest = gaps.sort((a, b) => b.length - a.length || b.at - a.at).slice(0, most - 1);
  const parted = new Set(widest.map(({ at }) => at));
  const few: [number, number][] = [];
  for (const [at, [start, end]] of spans.entries()) {
    const last = few.at(-1);
    if (last && !parted.has(at)) last[1] = end;
    else few.push([start, end]);
  }
  return few;
}
