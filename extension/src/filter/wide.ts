/**
 * Arithmetic with 64-bit numbers, which wrap around, as two halves of 32 bits: BigInt takes thirty times as long.
 * The upper half of a product is left in `carried`, since a pair would be an object for each number.
 */

export let carried = 0;

/** The product of two 64-bit numbers: its lower half; the upper one is in `carried`. */
export function multiply(aHigh: number, aLow: number, bHigh: number, bLow: number): number {
  const a0 = aLow & 0xffff;
  const a1 = aLow >>> 16;
  const b0 = bLow & 0xffff;
  const b1 = bLow >>> 16;
  const lowest = a0 * b0;
  // Below 2^34, so exact.
  const middle = a1 * b0 + a0 * b1 + (lowest - (lowest & 0xffff)) / 0x10000;
  const upper = a1 * b1 + Math.floor(middle / 0x10000);
  carried = (upper + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) >>> 0;
  return ((middle << 16) | (lowest & 0xffff)) >>> 0;
}

/** Spread the entropy over the bits, as matcher/folding.py does (the finaliser of splitmix64). */
export function mix(high: number, low: number): number {
  let upper = (high ^ (high >>> 30)) >>> 0;
  let lower = (low ^ ((low >>> 30) | (high << 2))) >>> 0;
  lower = multiply(upper, lower, 0xbf58476d, 0x1ce4e5b9);
  upper = carried;
  lower = (lower ^ ((lower >>> 27) | (upper << 5))) >>> 0;
  upper = (upper ^ (upper >>> 27)) >>> 0;
  lower = multiply(upper, lower, 0x94d049bb, 0x133111eb);
  upper = carried;
  carried = (upper ^ (upper >>> 31)) >>> 0;
  return (lower ^ ((lower >>> 31) | (upper << 1))) >>> 0;
}
