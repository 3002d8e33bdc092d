import { browser } from "../shared/browser.js";
import type { MatchAnswer } from "../shared/match-answer.js";
import { askServer, type Question } from "./ask-server.js";
import { hashOf } from "./hash.js";
import { type KeptAnswer, withoutWords, withWords } from "./kept-answer.js";
import type { Outcome } from "./request.js";

/**
 * One request for one text. What is asked twice at a time is sent once, and ended when all who asked have ended it. What
 * was answered a moment ago is not asked again, unless another answer has shown that the server has a newer revision.
 *
 * Answers are kept in the browser's session storage, which is memory: under a hash of the text, without any of
 * the page's words, and not for private windows.
 */
export async function askOnce(
  server: string,
  question: Question,
  isPrivate: boolean,
  signal: AbortSignal,
): Promise<Outcome<MatchAnswer>> {
  if (isPrivate) return askServer(server, question, signal);
  const hash = await hashOf(JSON.stringify([server, question.language, question.text]));
  const asking = asked.get(hash) ?? begin(server, question, hash);
  asking.askers.add(signal);
  const leave = (): void => {
    asking.askers.delete(signal);
    if (asking.askers.size > 0) return;
    end(asking, hash);
    asking.ending.abort();
  };
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave);
  return asking.outcome.finally(() => {
    signal.removeEventListener("abort", leave);
  });
}

interface Asking {
  outcome: Promise<Outcome<MatchAnswer>>;
  ending: AbortController;
  askers: Set<AbortSignal>;
}

/** What is being asked now. */
const asked = new Map<string, Asking>();

function begin(server: string, question: Question, hash: string): Asking {
  const ending = new AbortController();
  const outcome = recallOrAsk(server, question, hash, ending.signal).finally(() => {
    end(asking, hash);
  });
  const asking: Asking = { outcome, ending, askers: new Set() };
  asked.set(hash, asking);
  return asking;
}

/** Who asks from now on asks anew. */
function end(asking: Asking, hash: string): void {
  if (asked.get(hash) === asking) asked.delete(hash);
}

/** A quote that was published or retired meanwhile, of which no other answer told, is missed for this long. */
const FRESH_MILLISECONDS = 300_000;
const MOST_ANSWERS = 100;
const MOST_ANSWER_CHARACTERS = 60_000;
const ORDER = "answers";

interface Entry {
  at: number;
  answer: KeptAnswer;
}

async function recallOrAsk(
  server: string,
  question: Question,
  hash: string,
  signal: AbortSignal,
): Promise<Outcome<MatchAnswer>> {
  const kept = await recall(server, hash);
  if (kept) return { ok: true, value: withWords(kept, question.text) };
  const outcome = await askServer(server, question, signal);
  if (outcome.ok) await note(server, hash, outcome.value, question.text);
  return outcome;
}

async function recall(server: string, hash: string): Promise<KeptAnswer | null> {
  const [entryKey, revisionKey] = [keyOf(hash), revisionKeyOf(server)];
  const kept = await browser.storage.session.get<Record<string, Entry | number | undefined>>([
    entryKey,
    revisionKey,
  ]);
  const entry = kept[entryKey] as Entry | undefined;
  // What seems to be of the future is of a clock that was ahead.
  const isFresh = entry && Math.abs(Date.now() - entry.at) < FRESH_MILLISECONDS;
  return isFresh && entry.answer.revision === kept[revisionKey] ? entry.answer : null;
}

/** Keep an answer; the oldest ones make room. One at a time, since all share the list of their order. */
function note(...what: Parameters<typeof noteOnce>): Promise<void> {
  noting = noting.then(() => noteOnce(...what));
  return noting;
}

let noting: Promise<void> = Promise.resolve();

async function noteOnce(server: string, hash: string, value: MatchAnswer, text: string): Promise<void> {
  const answer = withoutWords(value, text);
  const entry: Entry | null = answer && { at: Date.now(), answer };
  const isKept = entry !== null && JSON.stringify(entry).length <= MOST_ANSWER_CHARACTERS;
  try {
    await browser.storage.session.set({ [revisionKeyOf(server)]: value.revision });
    if (isKept) await keep(hash, entry);
  } catch {
    // Full, by what browsers allow, or out of order: then nothing is known for now, and the answer is given all the same.
    await forget(server);
  }
}

async function keep(hash: string, entry: Entry): Promise<void> {
  const order = [...(await readOrder()).filter((other) => other !== hash), hash];
  const dropped = order.splice(0, Math.max(0, order.length - MOST_ANSWERS));
  await browser.storage.session.remove(dropped.map(keyOf));
  await browser.storage.session.set({ [keyOf(hash)]: entry, [ORDER]: order });
}

async function forget(server: string): Promise<void> {
  try {
    await browser.storage.session.remove([ORDER, revisionKeyOf(server), ...(await readOrder()).map(keyOf)]);
  } catch {
    // What can't be read can't be recalled either.
  }
}

async function readOrder(): Promise<string[]> {
  return (await browser.storage.session.get<{ [ORDER]: string[] }>({ [ORDER]: [] }))[ORDER];
}

function keyOf(hash: string): string {
  return `answer ${hash}`;
}

function revisionKeyOf(server: string): string {
  return `revision ${server}`;
}
