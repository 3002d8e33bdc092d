/** Whether a text names the speaker of a quote: the same rule as server/speaker.py, which sees only what it is sent. */

/** Words of names that do not name anybody alone. */
const PARTICLES = new Set(
  "al bin da das de del den der di do dos du el ibn la le van von und y jr jr. sr sr. ii iii iv".split(" "),
);
const ACCENTS = /[\u0300-\u036f]+/g;
/** Letters that people write without their stroke, as `PLAIN_LETTERS` of matcher/folding.py; "ı" is folded with case. */
const PLAIN_LETTERS: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ħ: "h",
  ŧ: "t",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ى: "ي",
  ی: "ي",
  ک: "ك",
  ە: "ه",
  ہ: "ه",
  ۀ: "ه",
  ة: "ه",
};
const STROKES = new RegExp(`[${Object.keys(PLAIN_LETTERS).join("")}]`, "g");
const MARKS = /['“”‘’–—…•\u00a0]/g;
/** A first word this short is likely a family name that stands first: Xi, Kim, Moon. */
const SHORT_FIRST_WORD = 4;
/** Python's `\w`: JavaScript's own knows ASCII alone. */
const WORD = "[\\p{L}\\p{N}_]";

/** Tells of any number of speakers whether a text has their name, or the part of it that stands for the person. */
export function namesIn(text: string): (speaker: string) => boolean {
  let folded: string | null = null;
  return (speaker) => shortNames(speaker).some((name) => has((folded ??= fold(text)), fold(name).trim()));
}

function has(folded: string, name: string): boolean {
  if (name === "" || !folded.includes(name)) return false;
  // A boundary is asked for only beside letters of scripts that put spaces between words.
  return name >= "\u0e00" || new RegExp(`(?<!${WORD})${escape(name)}(?!${WORD})`, "u").test(folded);
}

function shortNames(speaker: string): string[] {
  const words = speaker.split(/\s+/).filter((word) => word !== "" && !PARTICLES.has(word.toLowerCase()));
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined || words.length === 1) return [speaker];
  return Array.from(first).length <= SHORT_FIRST_WORD ? [speaker, last, first] : [speaker, last];
}

function fold(text: string): string {
  const bare = caseFolded(text.replace(MARKS, " ").normalize("NFKD").replace(ACCENTS, ""));
  return bare.replace(STROKES, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** Unicode's full case folding, which JavaScript has not: by way of capitals, of which "ß" has two. */
function caseFolded(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
