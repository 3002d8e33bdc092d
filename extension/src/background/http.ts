/** Requests to the reader's server, and what its answers say about themselves. */

const TIMEOUT_MILLISECONDS = 20_000;
/** Some megabytes, by a slow line. */
const LONG_TIMEOUT_MILLISECONDS = 120_000;

/** Without cookies, without the page's address, and never to another place than the one that was set. */
const PLAIN: RequestInit = {
  credentials: "omit",
  referrerPolicy: "no-referrer",
  cache: "no-store",
  redirect: "error",
};

export function postJson(address: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(address, {
    ...PLAIN,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MILLISECONDS), ...(signal ? [signal] : [])]),
  });
}

/** Unlike answers about texts, these bytes may come from the browser's HTTP cache. */
export function getBytes(address: string, cache: RequestCache): Promise<Response> {
  return fetch(address, { ...PLAIN, cache, signal: AbortSignal.timeout(LONG_TIMEOUT_MILLISECONDS) });
}

/** The connection ended in the midst of an answer. */
export class AnswerCutOff extends Error {}

/**
 * An answer's bytes as they come out of their encoding; null where there are more than `most`: no more are taken then.
 * Throws AnswerCutOff where the rest does not come.
 */
export async function readBytes({ body }: Response, most: number): Promise<ArrayBuffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  const readOn = () =>
    reader?.read().catch((fault: unknown) => {
      throw isGivenUp(fault) ? fault : new AnswerCutOff();
    });
  for (let read = await readOn(); read && !read.done; read = await readOn()) {
    length += read.value.length;
    if (length > most) {
      await reader?.cancel();
      return null;
    }
    parts.push(read.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}

/** An answer's JSON; null where it is longer than `most` bytes. Throws where it is none, and AnswerCutOff. */
export async function readJson(response: Response, most: number): Promise<unknown> {
  const bytes = await readBytes(response, most);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
}

/** Whether a request was ended here, by its time or by the reader, rather than on its way. */
export function isGivenUp(fault: unknown): boolean {
  return fault instanceof DOMException && (fault.name === "TimeoutError" || fault.name === "AbortError");
}

/** The milliseconds that a server asks to be left alone: RFC 9110's Retry-After, seconds or a date; else none. */
export function pauseAskedFor({ headers }: Response, now = Date.now()): number {
  const asked = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1_000;
  const until = Date.parse(asked);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now);
}

const MOST_PROBLEM_BYTES = 2 ** 16;

/** The title of an RFC 9457 problem, cut to a line; a server may also fail without words. */
export async function problemTitle(response: Response): Promise<string | null> {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return null;
  try {
    const problem = (await readJson(response, MOST_PROBLEM_BYTES)) as { title?: unknown } | null;
    return typeof problem?.title === "string" ? problem.title.slice(0, 200) : null;
  } catch {
    return null;
  }
}
