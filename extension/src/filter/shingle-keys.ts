import type { Tokens } from "./folding.js";
import { carried, mix, multiply } from "./wide.js";

/** A 64-bit key for the run of tokens that begins with each one, as matcher/shingles.py makes it; 0 where none fits. */
export interface Keys {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** Words in a run; of scripts without spaces it has more, as characters. */
export const WORDS = 3;
const CHARACTERS = 5;
const MULTIPLIERS = {
  high: [0xd6e8feb8, 0xc2b2ae3d, 0xa0761d64, 0xe7037ed1, 0x8ebc6af0],
  low: [0x6659fd93, 0x27d4eb4f, 0x78bd642f, 0xa0b428db, 0x9c88c6e3],
};

export function keysOf(tokens: Tokens): Keys {
  const { length, unspaced } = tokens;
  const keys = { high: new Uint32Array(length), low: new Uint32Array(length) };
  for (let first = 0; first + WORDS <= length; first++) {
    const isUnspaced = unspaced[first] && unspaced[first + 1] && unspaced[first + 2];
    const count = isUnspaced ? CHARACTERS : WORDS;
    if (first + count <= length) combine(tokens, first, count, keys);
  }
  return keys;
}

function combine(tokens: Tokens, first: number, count: number, keys: Keys): void {
  let high = 0;
  let low = 0;
  for (let step = 0; step < count; step++) {
    const [upper, lower] = [MULTIPLIERS.high[step] ?? 0, MULTIPLIERS.low[step] ?? 0];
    const sum = low + multiply(tokens.high[first + step] ?? 0, tokens.low[first + step] ?? 0, upper, lower);
    high = (high + carried + (sum > 0xffffffff ? 1 : 0)) >>> 0;
    low = sum >>> 0;
  }
  // Never 0, which says that there is no run.
  keys.low[first] = mix(high, low) | 1;
  keys.high[first] = carried;
}
