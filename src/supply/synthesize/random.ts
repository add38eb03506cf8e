/**
 * Numbers that look random and depend on nothing but the seed and the keys: the same kommune and month
 * has the same figure in every release, whatever else is made and in which order.
 */
export type Draw = (...keys: readonly (string | number)[]) => number;

/** From 0 up to, not including, 1. */
export function drawWith(seed: number): Draw {
  return (...keys) => mulberry32(fnv1a(`${seed}|${keys.join('|')}`));
}

/** A draw laid out evenly between two bounds. */
export function between(low: number, high: number, draw: number): number {
  return low + (high - low) * draw;
}

/** A draw laid out over whole numbers, both bounds included. */
export function wholeBetween(low: number, high: number, draw: number): number {
  return low + Math.floor((high - low + 1) * draw);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** One step of mulberry32, a small generator in the public domain. */
function mulberry32(state: number): number {
  const next = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}
