import { type Piece, TextMap } from "./text-map.js";

export interface CollectedText {
  readonly text: string;
  readonly map: TextMap;
  /** The open shadow roots on the way: changes in them are not seen from outside. */
  readonly shadowRoots: readonly ShadowRoot[];
  /** True where the page holds more than was collected. */
  readonly truncated: boolean;
}

/** More than the longest books; a page beyond it is read in part, and the reader is told. */
const MOST_CHARACTERS = 5_000_000;

/**
 * Writes text nodes one after the other into one text, and keeps where each came from.
 *
 * White space that the page collapses becomes spaces, one for one, so that a line break in the text
 * always means a line that ends on the screen.
 */
export class TextWriter {
  readonly #parts: string[] = [];
  readonly #pieces: Piece[] = [];
  readonly #shadowRoots: ShadowRoot[] = [];
  #length = 0;
  #stretch = 0;
  #endsInSpace = true;
  #endsInBreak = true;
  #truncated = false;

  get isFull(): boolean {
    return this.#truncated;
  }

  writeNode(node: Text, keepsLines: boolean): void {
    const data = keepsLines ? node.data : node.data.replace(/[\t\n\f\r]/g, " ");
    const nodeStart = this.#endsInSpace && !keepsLines ? leadingSpaces(data) : 0;
    const text = data.slice(nodeStart);
    if (text === "") return;
    if (this.#length + text.length > MOST_CHARACTERS) {
      this.#truncated = true;
      return;
    }
    this.#pieces.push({ start: this.#length, length: text.length, node, nodeStart, stretch: this.#stretch });
    this.#write(text);
  }

  /** Characters that are on the screen but in no text node. */
  writeGenerated(text: string): void {
    this.#write(text);
  }

  /** End a line, once. */
  breakLine(): void {
    if (!this.#endsInBreak) this.#write("\n");
  }

  /** Note that something between the last node and the next was left out. */
  leaveOut(): void {
    this.#stretch++;
  }

  noteShadowRoot(root: ShadowRoot): void {
    this.#shadowRoots.push(root);
  }

  finish(): CollectedText {
    return {
      text: this.#parts.join(""),
      map: new TextMap(this.#pieces),
      shadowRoots: this.#shadowRoots,
      truncated: this.#truncated,
    };
  }

  #write(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
    this.#endsInBreak = text.endsWith("\n");
    this.#endsInSpace = this.#endsInBreak || text.endsWith(" ");
  }
}

function leadingSpaces(text: string): number {
  let count = 0;
  while (text.charCodeAt(count) === 0x20) count++;
  return count;
}
