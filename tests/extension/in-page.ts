/**
 * The parts of the content script that read and paint, for tests to call in a page of a real browser. They are
 * bundled and evaluated there in a world of their own, as an extension's script is.
 */
import { followMarks } from "../../extension/src/content/follow-marks.js";
import type { Mark } from "../../extension/src/content/marks.js";
import type { PageMatches } from "../../extension/src/shared/merge-answers.js";
import { NOTED_CHANGES } from "../../extension/src/content/page-memory.js";
import {
  type CollectedText,
  PageText,
} from "../../extension/src/content/page-text.js";
import { Painter } from "../../extension/src/content/paint.js";
import { passagesWorthAsking } from "../../extension/src/content/passages-worth-asking.js";
import {
  groundOf,
  lineOf,
  verbatimGroundOf,
} from "../../extension/src/content/highlight-style.js";
import { surfaceOf } from "../../extension/src/content/surface.js";
import type { Match, Quote } from "../../extension/src/shared/match-answer.js";
import { LOOKS } from "../../extension/src/shared/ratings.js";
import { STRENGTHS } from "../../extension/src/shared/settings.js";

const { signal } = new AbortController();
const page = new PageText(document);
const painter = new Painter();
let collected: CollectedText | null = null;
let marks: Mark[] = [];

const observer = new MutationObserver((records) => {
  page.memory.note(records);
});
observer.observe(document, NOTED_CHANGES);
document.addEventListener("change", () => {
  page.noteRestyling();
});

/** Read the page, or what has changed in it, and return its text. */
async function read(): Promise<string> {
  collected = await page.read(signal);
  watchRoots(document);
  return collected.text;
}

function watchRoots(within: ParentNode): void {
  for (const { shadowRoot } of within.querySelectorAll("*")) {
    if (!shadowRoot) continue;
    observer.observe(shadowRoot, NOTED_CHANGES);
    watchRoots(shadowRoot);
  }
}

/** Read the page as if for the first time. */
async function readAfresh(): Promise<string> {
  return (await new PageText(document).read(signal)).text;
}

/** The first fault of the way from offsets to nodes and back, in words; null where there is none. */
function faultOfOffsets(): string | null {
  if (!collected) return "nothing has been read";
  const { text, map } = collected;
  for (let offset = 0; offset < text.length; offset++) {
    const [place, ...others] = map.places([offset, offset + 1]);
    const unit = text.charAt(offset);
    if (!place) {
      if (!/[\n“”]/.test(unit))
        return `${offset} of ${text.length} leads to no node`;
      continue;
    }
    const held = place.node.data.slice(place.start, place.end);
    const isThere = held === unit || (unit === " " && /[\t\n\f\r]/.test(held));
    if (others.length > 0 || !isThere) return `${offset} leads to ${held}`;
    const back = map.offsetOf(place.node, place.start);
    if (back !== offset) return `${offset} comes back as ${String(back)}`;
  }
  return null;
}

/** Paint spans of the text, and return what a reader then sees painted, span by span. */
function paintSpans(spans: readonly (readonly [number, number])[]): string[] {
  if (!collected) return [];
  const matches = spans.map((span): Match => matchAt("q", [span]));
  const found: PageMatches = {
    matches,
    quotes: { q: QUOTE },
    complete: true,
  };
  marks = followMarks(collected, [], found).marks;
  painter.paint(marks);
  return marks.map(paintedText);
}

/** Where these words stand in the text, whatever white space is between them. */
function spanOf(words: string): [number, number] | null {
  const pattern = words
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("\\s+");
  const found = new RegExp(pattern).exec(collected?.text ?? "");
  return found ? [found.index, found.index + found[0].length] : null;
}

/**
 * Look for some words as a server would that knows them all, first on the whole page, later on what is new,
 * and return what is painted then, in the order of the page.
 */
async function follow(words: readonly string[]): Promise<string[]> {
  const before = collected ? marks : [];
  await read();
  if (!collected) return [];
  const { text, news } = collected;
  const matches = passagesWorthAsking(text, news).flatMap((passage) =>
    words.flatMap((sought) => matchesOf(sought, passage.text, passage.start)),
  );
  const quotes = Object.fromEntries(words.map((sought) => [sought, QUOTE]));
  marks = followMarks(collected, before, {
    matches: [
      ...new Map(
        matches.map((match) => [JSON.stringify(match), match]),
      ).values(),
    ],
    quotes,
    complete: true,
  }).marks;
  page.memory.settle();
  painter.paint(marks);
  return marks.map(paintedText);
}

/** What `follow` would paint if the page were read for the first time. */
async function followAfresh(words: readonly string[]): Promise<string[]> {
  const { text } = await new PageText(document).read(signal);
  return words
    .flatMap((sought) => matchesOf(sought, text, 0))
    .sort((a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0))
    .map(({ spans: [span] }) =>
      text.slice(...(span ?? [0, 0])).replace(/\s+/g, " "),
    );
}

function matchesOf(sought: string, text: string, moved: number): Match[] {
  return [
    ...text.matchAll(new RegExp(sought.replaceAll(" ", "\\s+"), "g")),
  ].map((found) =>
    matchAt(sought, [
      [found.index + moved, found.index + moved + found[0].length],
    ]),
  );
}

function matchAt(quote: string, spans: Match["spans"]): Match {
  return {
    quote,
    kind: "exact",
    spans,
    changes: [],
    coverage: 1,
    speakerNamed: null,
  };
}

const QUOTE: Quote = {
  text: "words",
  language: null,
  saidOn: null,
  speaker: null,
  checks: [
    {
      label: "False",
      rating: "false",
      publisher: "A checker",
      title: "",
      summary: "",
      url: null,
      publishedOn: null,
    },
  ],
};

/** The ground of the page's first words of this kind. */
function surfaceOfWords(words: string): string | null {
  const nodes = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node instanceof Text && node.data.includes(words))
      return surfaceOf(node);
  }
  return null;
}

/** The least contrast that a line on words of this colour has with a ground, whatever its look and strength. */
function leastContrast(words: HTMLElement, ground: string): number {
  words.style.backgroundColor = ground;
  const surface = surfaceOf(words.firstChild as Text);
  const { style } = document.body.appendChild(document.createElement("i"));
  const contrasts = LOOKS.flatMap((look) =>
    STRENGTHS.flatMap((strength) => {
      const behind = [
        verbatimGroundOf(look, surface, strength),
        groundOf("changed", surface),
        groundOf("current", surface),
      ];
      return behind.map((declaration) => {
        style.cssText = lineOf(look, surface, strength) + declaration;
        const around = luminance(ground, style.backgroundColor);
        const line = luminance(
          ground,
          style.backgroundColor,
          style.textDecorationColor,
        );
        return (
          (Math.max(around, line) + 0.05) / (Math.min(around, line) + 0.05)
        );
      });
    }),
  );
  return Math.min(...contrasts);
}

/** By the formula of WCAG 2, of colours that lie one over the other. */
function luminance(...colours: string[]): number {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", {
    willReadFrequently: true,
  });
  for (const colour of colours) {
    if (!pixel) break;
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
  }
  const [r = 0, g = 0, b = 0] = [
    ...(pixel?.getImageData(0, 0, 1, 1).data ?? []),
  ].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Of grounds from black to white, in greys and in hues, on which words of one of these colours can be read. */
function faintLines(): string[] {
  const words = document.body.appendChild(document.createElement("p"));
  words.append("words");
  const faint: string[] = [];
  for (const hue of [0, 30, 60, 120, 180, 220, 280, 330]) {
    for (const saturation of [0, 60, 100]) {
      for (let lightness = 0; lightness <= 100; lightness += 5) {
        const ground = `hsl(${hue}, ${saturation}%, ${lightness}%)`;
        words.style.color = luminance(ground) < 0.179 ? "#fff" : "#000";
        const contrast = leastContrast(words, ground);
        if (contrast < 3) faint.push(`${ground}: ${contrast.toFixed(2)}`);
      }
    }
  }
  return faint;
}

/** The text of a mark's ranges that are in the highlights, and in no node that was taken away. */
function paintedText({ ranges, pieces }: Mark): string {
  const painted = new Set(
    [...CSS.highlights.values()].flatMap((highlight) => [
      ...(highlight as unknown as Set<Range>),
    ]),
  );
  const letters = ranges
    .filter((range) => painted.has(range))
    .map(String)
    .join("")
    .replace(/\s/g, "");
  const words = pieces.join(" ");
  // Quotation marks that stand on the screen by style are in no node, and can't be painted.
  return letters.replace(/[“”]/g, "") === words.replace(/[\s“”]/g, "")
    ? words.replace(/[ \t\n]+/g, " ")
    : `painted “${letters}” for “${words}”`;
}

Object.assign(globalThis, {
  reading: {
    read,
    readAfresh,
    faultOfOffsets,
    paintSpans,
    spanOf,
    follow,
    followAfresh,
    painted: () => marks.map(paintedText),
    news: () => collected?.news,
    surfaceOfWords,
    faintLines,
    work: () => page.work,
    hiddenCount: () => page.memory.hidden.size,
  },
});
