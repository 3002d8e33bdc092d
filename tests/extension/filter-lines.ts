/**
 * The filter's parts at work on lines of JSON, for tests that hold them against the matcher's own: for each text on
 * standard input its tokens, keys and, with a filter's file as the argument, the passages that pass.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fold } from "../../extension/src/filter/folding.js";
import { PassageFilter } from "../../extension/src/filter/passage-filter.js";
import { keysOf } from "../../extension/src/filter/shingle-keys.js";

const [file] = process.argv.slice(2);
const filter = file ? PassageFilter.read(bytesOf(file)) : null;

const answers: string[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line) as string;
  const tokens = fold(text);
  const keys = keysOf(tokens);
  const answer = {
    hashes: wide(tokens.high, tokens.low),
    starts: [...tokens.starts],
    ends: [...tokens.ends],
    unspaced: [...tokens.unspaced],
    keys: wide(keys.high, keys.low),
    passages: filter?.passages(text) ?? [],
  };
  answers.push(`${JSON.stringify(answer)}\n`);
}

writeFileSync(1, answers.join(""));

function bytesOf(path: string): ArrayBuffer {
  const read = readFileSync(path);
  return read.buffer.slice(read.byteOffset, read.byteOffset + read.byteLength);
}

function wide(high: Uint32Array, low: Uint32Array): string[] {
  return Array.from(high, (upper, at) =>
    ((BigInt(upper) << 32n) | BigInt(low[at] ?? 0)).toString(),
  );
}
