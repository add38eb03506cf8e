import { type GrainDimension, narrowed } from '../catalog/block.ts';

/** Only the codes that occur. */
export function compacted(codes: readonly string[], ordinals: Uint32Array): Omit<GrainDimension, 'column'> {
  const places = new Uint32Array(codes.length);
  for (let row = 0; row < ordinals.length; row += 1) places[ordinals[row] as number] = 1;
  const occurring = codes.filter((_, ordinal) => places[ordinal] === 1);
  if (occurring.length === codes.length) return { codes, ordinals: narrowed(ordinals) };
  let place = 0;
  for (let ordinal = 0; ordinal < codes.length; ordinal += 1)
    if (places[ordinal] === 1) places[ordinal] = place++;
  for (let row = 0; row < ordinals.length; row += 1)
    ordinals[row] = places[ordinals[row] as number] as number;
  return { codes: occurring, ordinals: narrowed(ordinals) };
}
