import type { Match, Span } from "../shared/match-answer.js";
import type { PageMatches } from "../shared/merge-answers.js";
import { overlap, startOf } from "../shared/spans.js";
import { type Mark, markOf, spansNow } from "./marks.js";
import type { CollectedText } from "./page-text.js";

/** The marks of a page after it has changed, in its order. */
export interface FollowedMarks {
  marks: Mark[];
  /** False where the page changed meanwhile under a match that was found: what was asked is to be asked again. */
  isSettled: boolean;
  /** False where more was found than is marked. */
  isWhole: boolean;
}

/** No page holds as many; a server with a fault may find more, and looking after them would stop the page. */
const MOST_MARKS = 2_000;

/**
 * Bring together the marks from before and what was found in the passages that are new since.
 *
 * A mark that nothing new touches stays, the very object. Passages reach beyond what is new: of what was
 * found in them, that which touches nothing new was found before, perhaps better, with more around it.
 */
export function followMarks(
  collected: CollectedText,
  before: readonly Mark[],
  { matches, quotes }: PageMatches,
): FollowedMarks {
  let kept = before.flatMap((mark) => {
    const spans = spansNow(mark, collected);
    return spans && !touch(spans, collected.news) ? [{ mark, spans }] : [];
  });
  const added: Mark[] = [];
  let isSettled = true;
  let isWhole = true;
  for (const match of matches) {
    const quote = quotes[match.quote];
    if (!quote) continue;
    const isNew = touch([wholeOf(match)], collected.news);
    if (!isNew && kept.some(({ spans }) => overlap(spans, match.spans))) continue;
    if (kept.length + added.length >= MOST_MARKS) {
      isWhole = false;
      break;
    }
    const mark = markOf(collected, match, quote);
    if (mark) added.push(mark);
    else isSettled = false;
    kept = kept.filter(
      ({ mark: other, spans }) => other.match.quote !== match.quote || !overlap(spans, match.spans),
    );
  }
  for (const { mark, spans } of kept) mark.match = { ...mark.match, spans };
  const marks = [...kept.map(({ mark }) => mark), ...added].sort(
    (a, b) => startOf(a.match) - startOf(b.match),
  );
  return { marks, isSettled, isWhole };
}

/** From the first word to the last, with what interrupts them: what has changed there may have changed the match. */
function wholeOf(match: Match): Span {
  return [startOf(match), match.spans.at(-1)?.[1] ?? 0];
}

/** Whether any of these spans holds, or borders on, something new. */
function touch(spans: readonly Span[], news: readonly Span[]): boolean {
  return spans.some(([start, end]) => news.some(([from, to]) => start <= to && from <= end));
}
