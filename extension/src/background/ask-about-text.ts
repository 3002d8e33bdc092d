import type { Span } from "../shared/match-answer.js";
import { mergeAnswers, type PageMatches, type Passage } from "../shared/merge-answers.js";
import type { AskOutcome } from "../shared/messages.js";
import { fewSpans } from "../filter/few-spans.js";
import { askOnce } from "./answer-cache.js";
import type { Question } from "./ask-server.js";
import { filterOf } from "./filter-keeper.js";
import { failed } from "./request.js";

/** Rather some words more than more requests than these for one text. */
const MOST_PASSAGES = 8;

/**
 * Ask about those passages of a text that may hold a checked quote: nothing else leaves the browser, unless the server
 * offers no filter to tell them by.
 */
export async function askAboutText(
  server: string,
  { text, language, isByHand }: Question & { isByHand: boolean },
  isPrivate: boolean,
  signal: AbortSignal,
): Promise<AskOutcome> {
  const kept = await filterOf(server, isByHand);
  if (signal.aborted) return { ...failed("too_slow"), server, sent: [] };
  if (!kept.ok) return { ...kept, server, sent: [] };
  const { filter } = kept.value;
  const sent: readonly Span[] = filter ? fewSpans(filter.passages(text), MOST_PASSAGES) : [[0, text.length]];
  const passages = sent.map(([start, end]): Passage => ({ start, text: text.slice(start, end) }));
  const asked = await Promise.all(
    passages.map(async (passage) => ({
      passage,
      outcome: await askOnce(server, { text: passage.text, language }, isPrivate, signal),
    })),
  );
  const answers: { passage: Passage; answer: PageMatches }[] = [];
  for (const { passage, outcome } of asked) {
    if (!outcome.ok) return { ...outcome, server, sent };
    answers.push({ passage, answer: outcome.value });
  }
  return { ok: true, answer: mergeAnswers(answers, text), server, sent };
}
