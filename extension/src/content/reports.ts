import { tellBackground } from "../shared/messages.js";
import { type Mark, wordsOf } from "./marks.js";

/** A reader's reports of wrong matches: to the server that found them, and each once while the document lives. */
export class Reports {
  /** The servers that found the quotes, last. */
  readonly #foundBy = new Map<string, string>();
  readonly #sent = new Set<string>();
  readonly #underWay = new Map<string, Promise<boolean>>();

  noteFound(quotes: readonly string[], server: string): void {
    for (const quote of quotes) this.#foundBy.set(quote, server);
  }

  isSent(mark: Mark): boolean {
    return this.#sent.has(keyOf(mark));
  }

  /** Resolves to whether the server took it. */
  send(mark: Mark): Promise<boolean> {
    const key = keyOf(mark);
    const sending = this.#underWay.get(key) ?? this.#send(mark).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, sending);
    return sending;
  }

  async #send(mark: Mark): Promise<boolean> {
    const { quote, kind } = mark.match;
    const server = this.#foundBy.get(quote);
    if (server === undefined) return false;
    const isTaken = await tellBackground({ type: "report_match", server, quote, kind, words: wordsOf(mark) });
    if (isTaken) this.#sent.add(keyOf(mark));
    return isTaken;
  }
}

function keyOf(mark: Mark): string {
  return JSON.stringify([mark.match.quote, mark.match.kind, wordsOf(mark)]);
}
