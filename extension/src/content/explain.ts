import { guardWarnings, isGuarded, type Say } from "../shared/guard-warnings.js";
import type { Check, Match, Quote } from "../shared/match-answer.js";
import { type Look, lookOf, lookOfMatch } from "../shared/ratings.js";
import { setApart } from "../shared/texts.js";
import { compareWords, type Segment } from "./compare-words.js";

/** What the tooltip says of a match, as data: every sentence, none of its looks. */

export interface Explanation {
  look: Look;
  /** The checker's own label, verbatim. */
  label: string;
  /** Our word for it, where the label does not say it already; or that the label is not for the page's words. */
  labelNote: string | null;
  ratedBy: string;
  /** Changes that can turn the meaning: to be seen first. */
  warnings: string[];
  summary: string;
  kind: string;
  /** The checked words against the page's, word by word; null where the page repeats all of them. */
  comparison: Segment[] | null;
  /** Whether the page repeats a part of the checked words and adds none of its own. */
  isPart: boolean;
  attribution: string;
  /** A doubt about who speaks on this page. */
  speakerDoubt: string | null;
  others: { label: string; look: Look; publisher: string; url: string | null }[];
  link: { text: string; url: string } | null;
  caution: string;
}

export interface Language {
  say: Say;
  /** BCP 47 tag, for dates. */
  tag: string;
}

/** `pieces`: the page's words, span by span; `address`: the page's own, to know the check itself when the reader is on it. */
export function explain(
  match: Match,
  quote: Quote,
  pieces: readonly string[],
  address: string,
  { say, tag }: Language,
): Explanation {
  const [check, ...others] = quote.checks;
  const isCheckItself = quote.checks.some(({ url }) => url !== null && isSamePage(url, address));
  return {
    look: lookOfMatch(match.changes, check.rating),
    label: check.label,
    labelNote: labelNote(match, check, say),
    ratedBy: check.publishedOn
      ? say("rated_by_on", check.publisher, longDate(check.publishedOn, tag))
      : say("rated_by", check.publisher),
    warnings: guardWarnings(match.changes, say),
    summary: check.summary || check.title,
    kind: say(`kind_${match.kind}`),
    comparison: match.kind === "exact" ? null : compareWords(quote.text, pieces),
    isPart: match.kind !== "altered",
    attribution: attributionOf(quote, tag),
    speakerDoubt:
      match.speakerNamed === false && quote.speaker ? say("speaker_not_named", quote.speaker.name) : null,
    others: others.map(({ label, rating, publisher, url }) => ({
      label,
      look: lookOf(rating),
      publisher,
      url,
    })),
    link: check.url ? { text: say("full_check", check.publisher), url: check.url } : null,
    caution: say(isCheckItself ? "caution_check_itself" : "caution"),
  };
}

function labelNote({ changes }: Match, { label, rating }: Check, say: Say): string | null {
  if (isGuarded(changes)) return say("label_not_for_page");
  const word = say(`rating_${rating}`);
  return rating === "unrated" || sameWords(word, label) ? null : word;
}

function attributionOf({ speaker, saidOn }: Quote, tag: string): string {
  const who = [speaker?.name, speaker?.role].filter((part) => part).join(", ");
  const when = saidOn ? setApart(longDate(saidOn, tag), who) : null;
  return [who, when].filter((part) => part).join(", ");
}

function longDate(day: string, tag: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

function isSamePage(one: string, other: string): boolean {
  const plain = (address: string): string => address.replace(/[?#].*$/, "").replace(/\/$/, "");
  return plain(one) === plain(other);
}

function sameWords(one: string, other: string): boolean {
  const plain = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return plain(one) === plain(other);
}
