import { reachOf } from "../shared/address-rules.js";
import { readAnswer } from "../shared/match-answer.js";
import type { AskOutcome, Failure } from "../shared/messages.js";
import { isTimeout, pauseAskedFor, postJson, problemTitle } from "./http.js";
import { letRest, restsUntil } from "./server-rest.js";

/** Asks the server which checked quotes a text holds. Only the background asks, and only the reader's server. */

export interface Question {
  text: string;
  language: string | null;
}

/** What may pass by itself is tried again after these pauses; two tries more, so that no reader waits for long. */
const PAUSES_MILLISECONDS = [400, 1_600];
/** A server that asks for a longer pause is left alone until it is over, and the reader is told so at once. */
const LONGEST_PAUSE_MILLISECONDS = 5_000;

type Attempt =
  | { outcome: AskOutcome; mayPass: false }
  | { outcome: { ok: false; failure: Failure }; mayPass: true; pauseMilliseconds: number };

export async function askServer(server: string, question: Question): Promise<AskOutcome> {
  if ((await restsUntil(server)) > Date.now()) return failed("busy");
  for (const pause of [...PAUSES_MILLISECONDS, null]) {
    const attempt = await askOnce(server, question);
    if (!attempt.mayPass) return attempt.outcome;
    if (attempt.pauseMilliseconds > LONGEST_PAUSE_MILLISECONDS) {
      await letRest(server, Date.now() + attempt.pauseMilliseconds);
      return attempt.outcome;
    }
    if (pause === null) return attempt.outcome;
    // Not all readers of a server that comes back come back in the same moment.
    const drawn = pause * (0.75 + Math.random() / 2);
    await new Promise((resolve) => setTimeout(resolve, Math.max(drawn, attempt.pauseMilliseconds)));
  }
  return failed("busy");
}

async function askOnce(server: string, { text, language }: Question): Promise<Attempt> {
  let response: Response;
  try {
    response = await postJson(`${server}/v1/match`, { text, offsets: "utf16", ...languageTag(language) });
  } catch (fault) {
    if (isTimeout(fault)) return final(failed("too_slow"));
    if (!navigator.onLine && reachOf(server) !== "near") return final(failed("offline"));
    return { outcome: failed("unreachable"), mayPass: true, pauseMilliseconds: 0 };
  }
  try {
    if (response.status === 429 || response.status === 503) {
      return { outcome: failed("busy"), mayPass: true, pauseMilliseconds: pauseAskedFor(response) };
    }
    if (response.status === 502 || response.status === 504) {
      return { outcome: failed("server_fault"), mayPass: true, pauseMilliseconds: pauseAskedFor(response) };
    }
    if (!response.ok) {
      const reason = response.status >= 500 ? "server_fault" : "refused";
      return final(failed(reason, await problemTitle(response)));
    }
    const answer = readAnswer(await response.json(), text.length);
    return final(answer ? { ok: true, answer } : failed("not_understood"));
  } catch (fault) {
    return final(failed(isTimeout(fault) ? "too_slow" : "not_understood"));
  }
}

/** A page's `lang` is free text: what is no language tag is not sent. */
function languageTag(language: string | null): { language?: string } {
  return language && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? { language } : {};
}

function final(outcome: AskOutcome): Attempt {
  return { outcome, mayPass: false };
}

function failed(reason: Failure["reason"], detail: string | null = null): { ok: false; failure: Failure } {
  return { ok: false, failure: { reason, detail } };
}
