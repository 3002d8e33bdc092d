import type { SentOfFrame } from "../shared/messages.js";

/**
 * What of a document's text was read, and what of it left the browser, for as long as the document lives.
 *
 * Both are counted by lines, each line once, however often it is read or sent. So the share that was sent falls only
 * when the page gets new text: not by another scan, by text that goes, or by lines that stay.
 */
export class SentAccount {
  /** Names the document, to whom it can tell nothing else. */
  readonly frame = crypto.getRandomValues(new Uint32Array(2)).join("x");
  readonly #read = new DistinctLines();
  readonly #sent = new DistinctLines();
  readonly #servers = new Set<string>();

  /** In characters. */
  get read(): number {
    return this.#read.characters;
  }

  get sent(): number {
    return this.#sent.characters;
  }

  /** The addresses of those servers to which some of it went. */
  get servers(): string[] {
    return [...this.#servers];
  }

  noteRead(text: string): void {
    this.#read.add(text);
  }

  noteSent(text: string, server: string): void {
    this.#sent.add(text);
    this.#servers.add(server);
  }
}

/** What was sent of a page's other frames: kept by the page's own, since theirs goes with them. */
export class FramesSent {
  readonly #sent = new Map<string, SentOfFrame>();

  get all(): SentOfFrame[] {
    return [...this.#sent.values()];
  }

  note({ frame, read, sent, servers }: SentOfFrame): void {
    const before = this.#sent.get(frame) ?? { read: 0, sent: 0, servers: [] };
    this.#sent.set(frame, {
      frame,
      read: before.read + read,
      sent: before.sent + sent,
      servers: [...new Set([...before.servers, ...servers])],
    });
  }
}

class DistinctLines {
  readonly #seen = new Set<number>();
  characters = 0;

  add(text: string): void {
    for (const line of text.split("\n")) {
      const key = keyOf(line);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.characters += line.length;
    }
  }
}

const MOST_LENGTH = 2 ** 20;

/** Numbers, since a line itself would keep the whole text that it was cut from in memory: FNV-1a, and the length. */
function keyOf(line: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193);
  return (hash >>> 0) * MOST_LENGTH + (line.length % MOST_LENGTH);
}
