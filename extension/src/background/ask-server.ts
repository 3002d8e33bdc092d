import { readAnswer } from "../shared/match-answer.js";
import type { AskOutcome, Failure } from "../shared/messages.js";

/** Asks the server which checked quotes a text holds. Only the background asks, and only the reader's server. */

const TIMEOUT_MILLISECONDS = 20_000;
/** A busy server that names a short wait is asked once more. */
const LONGEST_RETRY_SECONDS = 5;

export interface Question {
  text: string;
  language: string | null;
}

export async function askServer(server: string, question: Question): Promise<AskOutcome> {
  const first = await askOnce(server, question);
  if (!("retryAfterSeconds" in first)) return first;
  await new Promise((resolve) => setTimeout(resolve, first.retryAfterSeconds * 1_000));
  const second = await askOnce(server, question);
  return "retryAfterSeconds" in second ? failed("busy", null) : second;
}

async function askOnce(
  server: string,
  { text, language }: Question,
): Promise<AskOutcome | { retryAfterSeconds: number }> {
  let response: Response;
  try {
    response = await postJson(`${server}/v1/match`, { text, offsets: "utf16", ...languageTag(language) });
  } catch (fault) {
    return failed(isTimeout(fault) ? "too_slow" : "unreachable", null);
  }
  try {
    if (response.status === 429 || response.status === 503) {
      const seconds = Number(response.headers.get("retry-after") ?? "1");
      return seconds <= LONGEST_RETRY_SECONDS ? { retryAfterSeconds: seconds } : failed("busy", null);
    }
    if (!response.ok) {
      return failed(response.status >= 500 ? "server_fault" : "refused", await problemTitle(response));
    }
    const answer = readAnswer(await response.json(), text.length);
    return answer ? { ok: true, answer } : failed("not_understood", null);
  } catch (fault) {
    return failed(isTimeout(fault) ? "too_slow" : "not_understood", null);
  }
}

/** Whether the server's own description says that it takes readers' reports of wrong matches. */
export async function offersReports(server: string): Promise<boolean> {
  try {
    const response = await fetch(`${server}/openapi.json`, {
      ...PLAIN,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const description = (await response.json()) as { paths?: Record<string, { post?: unknown }> } | null;
    return response.ok && description?.paths?.["/v1/reports"]?.post !== undefined;
  } catch {
    return false;
  }
}

export async function sendReport(
  server: string,
  report: { quote: string; kind: string; words: string },
): Promise<boolean> {
  try {
    return (await postJson(`${server}/v1/reports`, report)).ok;
  } catch {
    return false;
  }
}

/** Without cookies, without the page's address, and never to another place than the one that was set. */
const PLAIN: RequestInit = {
  credentials: "omit",
  referrerPolicy: "no-referrer",
  cache: "no-store",
  redirect: "error",
};

function postJson(address: string, body: unknown): Promise<Response> {
  return fetch(address, {
    ...PLAIN,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
}

/** A page's `lang` is free text: what is no language tag is not sent. */
function languageTag(language: string | null): { language?: string } {
  return language && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? { language } : {};
}

/** The title of an RFC 9457 problem, cut to a line; a server may also fail without words. */
async function problemTitle(response: Response): Promise<string | null> {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return null;
  try {
    const problem = (await response.json()) as { title?: unknown } | null;
    return typeof problem?.title === "string" ? problem.title.slice(0, 200) : null;
  } catch {
    return null;
  }
}

function isTimeout(fault: unknown): boolean {
  return fault instanceof DOMException && fault.name === "TimeoutError";
}

function failed(reason: Failure["reason"], detail: string | null): AskOutcome {
  return { ok: false, failure: { reason, detail } };
}
