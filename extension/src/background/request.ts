import { reachOf } from "../shared/address-rules.js";
import type { Failure } from "../shared/messages.js";
import { AnswerCutOff, isGivenUp, pauseAskedFor, problemTitle } from "./http.js";
import { letRest, restsUntil } from "./server-rest.js";

/** One question to the reader's server, with patience where it is busy or away for a moment. Only the background asks. */

/** What may pass by itself is tried again after these pauses; two tries more, so that no reader waits for long. */
const PAUSES_MILLISECONDS = [400, 1_600];
/** A server that asks for a longer pause is left alone until it is over, and the reader is told so at once. */
const LONGEST_PAUSE_MILLISECONDS = 5_000;

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

type Attempt<T> =
  | { outcome: Outcome<T>; mayPass: false }
  | { outcome: { ok: false; failure: Failure }; mayPass: true; pauseMilliseconds: number };

interface Question<T> {
  send: () => Promise<Response>;
  /** Null where the answer is not one. */
  read: (response: Response) => Promise<T | null>;
  /** What is read: else all that has a status of success. */
  isAnswer?: (response: Response) => boolean;
  /** Whether the answer may be an old one that the browser has kept. */
  mayBeKept?: boolean;
}

export async function request<T>(server: string, question: Question<T>): Promise<Outcome<T>> {
  if ((await restsUntil(server)) > Date.now()) return failed("busy");
  for (const pause of [...PAUSES_MILLISECONDS, null]) {
    const attempt = await requestOnce(server, question);
    if (!attempt.mayPass) return attempt.outcome;
    // What a server wanted then is not what it wants now.
    if (question.mayBeKept && attempt !== LOST) return attempt.outcome;
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

async function requestOnce<T>(server: string, { send, read, isAnswer }: Question<T>): Promise<Attempt<T>> {
  let response: Response;
  try {
    response = await send();
  } catch (fault) {
    if (isGivenUp(fault)) return final(failed("too_slow"));
    if (!navigator.onLine && reachOf(server) !== "near") return final(failed("offline"));
    return LOST;
  }
  try {
    if (response.status === 429 || response.status === 503) {
      return { outcome: failed("busy"), mayPass: true, pauseMilliseconds: pauseAskedFor(response) };
    }
    if (response.status === 502 || response.status === 504) {
      return { outcome: failed("server_fault"), mayPass: true, pauseMilliseconds: pauseAskedFor(response) };
    }
    if (!(isAnswer?.(response) ?? response.ok)) {
      // Where nothing is, no Quotemark server is: it refuses a text by other words.
      if (response.status === 404) return final(failed("not_understood"));
      const reason = response.status >= 500 ? "server_fault" : "refused";
      return final(failed(reason, await problemTitle(response)));
    }
    const value = await read(response);
    return final(value === null ? failed("not_understood") : { ok: true, value });
  } catch (fault) {
    if (fault instanceof AnswerCutOff) return LOST;
    return final(failed(isGivenUp(fault) ? "too_slow" : "not_understood"));
  }
}

const LOST: Attempt<never> = { outcome: failed("unreachable"), mayPass: true, pauseMilliseconds: 0 };

function final<T>(outcome: Outcome<T>): Attempt<T> {
  return { outcome, mayPass: false };
}

export function failed(
  reason: Failure["reason"],
  detail: string | null = null,
): { ok: false; failure: Failure } {
  return { ok: false, failure: { reason, detail } };
}
