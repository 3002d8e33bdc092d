import { type MatchAnswer, readAnswer } from "../shared/match-answer.js";
import { postJson, readJson } from "./http.js";
import { type Outcome, request } from "./request.js";

/** Asks the server which checked quotes a text holds. */

/** Thousands of matches and their quotes have less. */
const MOST_ANSWER_BYTES = 8 * 2 ** 20;

export interface Question {
  text: string;
  language: string | null;
}

export function askServer(
  server: string,
  { text, language }: Question,
  signal: AbortSignal,
): Promise<Outcome<MatchAnswer>> {
  return request(server, {
    send: () => postJson(`${server}/v1/match`, { text, offsets: "utf16", ...languageTag(language) }, signal),
    read: async (response) => readAnswer(await readJson(response, MOST_ANSWER_BYTES), text.length),
  });
}

/** A page's `lang` is free text: what is no language tag is not sent. */
function languageTag(language: string | null): { language?: string } {
  return language && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? { language } : {};
}
