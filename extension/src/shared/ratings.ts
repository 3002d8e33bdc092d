import { isGuarded } from "./guard-warnings.js";
import type { Change } from "./match-answer.js";

/** The server's normal form of a verdict, and the few looks in which a reader sees them. */

export const RATINGS = [
  "true",
  "mostly_true",
  "mixed",
  "mostly_false",
  "false",
  "unsubstantiated",
  "misleading",
  "misattributed",
  "altered",
  "satire",
  "outdated",
  "unrated",
] as const;
export type Rating = (typeof RATINGS)[number];

/** Looks differ by the line's form and weight, so that none rests on its colour. */
export const LOOKS = ["holds", "mixed", "fails", "distorts", "unproven", "satire", "unrated"] as const;
export type Look = (typeof LOOKS)[number];

const LOOK_OF_RATING: Readonly<Record<Rating, Look>> = {
  true: "holds",
  mostly_true: "holds",
  mixed: "mixed",
  outdated: "mixed",
  mostly_false: "fails",
  false: "fails",
  misleading: "distorts",
  misattributed: "distorts",
  altered: "distorts",
  unsubstantiated: "unproven",
  satire: "satire",
  unrated: "unrated",
};

export function lookOf(rating: Rating): Look {
  return LOOK_OF_RATING[rating];
}

/** How a match looks. Words that turn the quote's meaning are not what was rated: they take no rating's look. */
export function lookOfMatch(changes: readonly Change[], rating: Rating): Look {
  return isGuarded(changes) ? "unrated" : lookOf(rating);
}

/** A rating that this version does not know is shown by its label, in the plainest look. */
export function readRating(value: unknown): Rating {
  return RATINGS.find((rating) => rating === value) ?? "unrated";
}

export interface LineStyle {
  /** CSS `text-decoration-style`. */
  line: "solid" | "dashed" | "double" | "wavy" | "dotted";
  thickness: string;
  /** Contrast of at least 3:1 with white, and with near-black. */
  onLight: string;
  onDark: string;
}

export const LINE_STYLES: Readonly<Record<Look, LineStyle>> = {
  holds: { line: "solid", thickness: "2px", onLight: "#1d7a46", onDark: "#5fd08f" },
  mixed: { line: "dashed", thickness: "2px", onLight: "#9a6200", onDark: "#f0b849" },
  fails: { line: "double", thickness: "1px", onLight: "#c02a2a", onDark: "#ff8b84" },
  distorts: { line: "wavy", thickness: "1.5px", onLight: "#b4500b", onDark: "#ff9d5c" },
  unproven: { line: "dotted", thickness: "3px", onLight: "#7043b8", onDark: "#c3a1ff" },
  satire: { line: "dashed", thickness: "1px", onLight: "#0b7285", onDark: "#5fcfe3" },
  unrated: { line: "solid", thickness: "1px", onLight: "#5b6472", onDark: "#aab3c0" },
};
