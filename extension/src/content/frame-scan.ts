import type { Failure, FrameReport } from "../shared/messages.js";
import { tellBackground } from "../shared/messages.js";
import { collectText } from "./collect-text.js";
import { listMark, type Mark, marksOf } from "./marks.js";
import { mergeAnswers, type PageMatches } from "./merge-answers.js";
import { passagesWorthAsking } from "./passages-worth-asking.js";
import { passwordFieldIn } from "./password-fields.js";
import type { CollectedText } from "./text-writer.js";

/** By hand: the reader asked for this page. By rule: the reader allowed it for the site, or for all sites. */
export type ScannedBy = "hand" | "rule";

export type ScanOutcome =
  | { state: "scanned"; collected: CollectedText; marks: Mark[]; complete: boolean }
  | { state: "failed"; collected: CollectedText; failure: Failure }
  | { state: "password_field" | "hidden_password_field"; collected: CollectedText };

/** What was asked last, so that a page which only moved its nodes about is painted anew without asking. */
export interface Known {
  text: string;
  found: PageMatches;
}

/** Read this frame: collect its text, ask about it what is worth asking, find the places of what was found. */
export async function scanFrame(
  by: ScannedBy,
  known: Known | null,
  signal: AbortSignal,
): Promise<{ outcome: ScanOutcome; known: Known | null }> {
  const collected = await collectText(document, signal);
  const field = passwordFieldIn([document, ...collected.shadowRoots]);
  if (field === "visible") return { outcome: { state: "password_field", collected }, known: null };
  // Many news pages hide a form to sign in: it keeps rules away, but not the reader's own word.
  if (field === "hidden" && by === "rule") {
    return { outcome: { state: "hidden_password_field", collected }, known: null };
  }
  const found = known?.text === collected.text ? known.found : await ask(collected.text, signal);
  signal.throwIfAborted();
  if ("reason" in found) return { outcome: { state: "failed", collected, failure: found }, known: null };
  const marks = marksOf(collected, found);
  return {
    outcome: { state: "scanned", collected, marks, complete: found.complete },
    known: { text: collected.text, found },
  };
}

export type Findings = Omit<FrameReport, "current">;

export function findingsOf(outcome: ScanOutcome): Findings {
  return {
    state: outcome.state,
    failure: outcome.state === "failed" ? outcome.failure : null,
    matches: outcome.state === "scanned" ? outcome.marks.map(listMark) : [],
    complete: outcome.state !== "scanned" || outcome.complete,
    truncated: outcome.collected.truncated,
  };
}

async function ask(text: string, signal: AbortSignal): Promise<PageMatches | Failure> {
  const answers = [];
  for (const passage of passagesWorthAsking(text)) {
    const outcome = await tellBackground({
      type: "ask",
      // A lone half of a surrogate pair is no character: it becomes U+FFFD, which is as long.
      text: passage.text.toWellFormed(),
      language: document.documentElement.lang || null,
    });
    signal.throwIfAborted();
    if (!outcome.ok) return outcome.failure;
    answers.push({ passage, answer: outcome.answer });
  }
  return mergeAnswers(answers);
}
