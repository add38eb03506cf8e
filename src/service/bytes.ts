import { invariant } from '../diagnostics/invariant.ts';

/** A size in memory: bytes, or as it is written. */
export type Size = number | `${number}${Unit}`;
type Unit = keyof typeof units;

const units = { MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 };

export function bytesOfSize(size: Size): number {
  if (typeof size === 'number') return size;
  const [, count = '', unit = ''] = /^([\d.]+)([A-Za-z]+)$/.exec(size) ?? [];
  const factor = units[unit as Unit];
  invariant(factor && Number(count) > 0, `"${size}" is a size like 512MB or 1GB`);
  return Number(count) * factor;
}

/**
 * Bytes of the memory beneath all typed arrays that something is made of. Arrays over the same memory count it once,
 * and all of it, since a narrow view keeps the whole alive. Texts are not counted.
 */
export function bytesInMemory(value: unknown): number {
  const buffers = new Set<ArrayBufferLike>();
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    if (ArrayBuffer.isView(next)) {
      buffers.add(next.buffer);
      continue;
    }
    seen.add(next);
    for (const each of next instanceof Map || Array.isArray(next) ? next.values() : Object.values(next))
      if (typeof each === 'object') waiting.push(each);
  }
  let bytes = 0;
  for (const { byteLength } of buffers) bytes += byteLength;
  return bytes;
}
