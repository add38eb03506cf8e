import type { Grain } from './block.ts';

/** Bytes that a grain's columns take, each once. */
export function grainBytes({ starts, dimensions, states }: Grain): number {
  const columns = new Set([
    starts,
    ...dimensions.map(({ ordinals }) => ordinals),
    ...states.flatMap(({ values, known, suppressed, notApplicable, squares }) => [
      values,
      known,
      ...(suppressed ? [suppressed] : []),
      ...(notApplicable ? [notApplicable] : []),
      ...(squares ? [squares] : []),
    ]),
  ]);
  return [...columns].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
