import type { ListedMatch } from "./messages.js";
import { say } from "./texts.js";

/** For each match of a list, "place 2 of 3" where others of it have the same words; else nothing. */
export function listedPlaces(matches: readonly ListedMatch[]): string[] {
  const keys = matches.map(({ label, publisher, speaker, words }) =>
    JSON.stringify([label, publisher, speaker, words]),
  );
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const of = counts.get(key) ?? 1;
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return of > 1 ? say("listed_place", String(number), String(of)) : "";
  });
}
