import type { Grain } from '../catalog/block.ts';
import { grainBytes } from '../catalog/grainBytes.ts';
import type { Lattice } from '../catalog/types.ts';
import { type Merging, rollUp } from './rollUp.ts';

/** Bytes that rollups may have together, as a share of those of the finest cells. */
const budget = 0.4;

/** The rollup that nearly every question without a dimension reads. */
export function chooseLattice(partition: string, finest: Grain, merging: Merging): Lattice {
  const bytes = grainBytes(finest);
  const whole = rollUp(finest, [], merging);
  return {
    partition,
    budget,
    finest: { rows: finest.rows, bytes },
    considered: 1,
    rollups: [
      {
        dimensions: [],
        rows: whole.rows,
        bytes: grainBytes(whole),
        benefit: finest.rows - whole.rows,
        reason: 'every question about the whole reads it',
      },
    ],
    reason: 'only the whole was looked at',
  };
}
