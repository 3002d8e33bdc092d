import type { MatchKind } from "../shared/match-answer.js";
import { hashOf } from "./hash.js";
import { postJson } from "./http.js";

/**
 * Tell the server that found a match that a reader finds it wrong. The page's words stay here: a hash of their letters
 * tells curators which reports are of the same passage, and nothing else.
 */
export async function reportMatch({
  server,
  quote,
  kind,
  words,
}: {
  server: string;
  quote: string;
  kind: MatchKind;
  words: string;
}): Promise<boolean> {
  const letters = words
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  try {
    return (await postJson(`${server}/v1/reports`, { quote, kind, passage: await hashOf(letters) })).ok;
  } catch {
    return false;
  }
}
