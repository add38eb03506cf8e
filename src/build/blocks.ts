import { encodeBlock } from '../catalog/block.ts';
import { certificateOf, certifies } from '../catalog/certify.ts';
import { unitsOf } from '../catalog/decimalText.ts';
import { putObject } from '../catalog/objects.ts';
import type { BlockCertificate, CellPart, Lattice } from '../catalog/types.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { KeptRows } from '../engine/engine.ts';
import { aggregates } from '../model/aggregates.ts';
import { groupBy } from '../model/groupBy.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { lowerUnsortedPart } from '../sql/lowerParts.ts';
import type { BuildContext } from './buildCube.ts';
import { finestGrain } from './finestGrain.ts';
import { chooseLattice } from './lattice.ts';
import type { WantedPart } from './parts.ts';
import { type Merging, rollUp } from './rollUp.ts';
import { type SortedCells, sortedCells } from './sortedCells.ts';

type BlockOfPart = NonNullable<CellPart['block']>;

export interface WrittenBlocks {
  /** By partition; a part whose numbers have more than 64 bits has none. */
  readonly blocks: ReadonlyMap<string, BlockOfPart>;
  /** Chosen from these parts where it was not given; null where there is nothing to choose from. */
  readonly lattice: Lattice | null;
}

/** Writes the cells of some parts, out of a table that an engine keeps, as they lie in memory. */
export async function writeBlocks(
  plan: CellsPlan,
  parts: readonly WantedPart[],
  { kept, table }: { readonly kept: KeptRows; readonly table: string },
  given: Lattice | null,
  context: BuildContext,
): Promise<WrittenBlocks> {
  const merging = mergingOf(plan);
  const blocks = new Map<string, BlockOfPart>();
  let lattice = given;
  // As many as a year's at a time, so that no more of them lie in memory.
  for (const together of groupBy(parts, ({ partition }) => partition.slice(0, 4)).values()) {
    const read = await readTogether(plan, together, kept, table);
    const cells = new Map<string, SortedCells>();
    for (const part of together) {
      // Whether a part fits is its own matter, whoever else was read with it.
      const own = read ?? (together.length > 1 ? await readTogether(plan, [part], kept, table) : null);
      if (own) cells.set(part.partition, own);
    }
    lattice ??= chosenOf(plan, together, cells, merging);
    for (const part of together) {
      const own = cells.get(part.partition);
      const block = own && lattice && (await writeBlock(plan, part, own, lattice, merging, context));
      if (block) blocks.set(part.partition, block);
    }
  }
  return { blocks, lattice };
}

/** How states merge, and which levels are the finest. */
const mergingOf = ({ states, dimensions }: CellsPlan): Merging => ({
  merges: Object.fromEntries(states.map(({ state, aggregate }) => [state, aggregates[aggregate].merge])),
  leaves: Object.fromEntries(
    dimensions.flatMap(({ column, leaf, leveled }) => (leveled ? [[column, leaf]] : [])),
  ),
});

async function readTogether(
  plan: CellsPlan,
  parts: readonly WantedPart[],
  kept: KeptRows,
  table: string,
): Promise<SortedCells | null> {
  const periods = parts.flatMap((part) => part.periods);
  return sortedCells(plan, await kept.readColumns(lowerUnsortedPart(plan, table, periods)), periods);
}

/** From the part that has the most cells, the first of those. */
function chosenOf(
  plan: CellsPlan,
  parts: readonly WantedPart[],
  cells: ReadonlyMap<string, SortedCells>,
  merging: Merging,
): Lattice | null {
  const [largest] = parts
    .flatMap((part) => {
      const own = cells.get(part.partition);
      return own ? [{ part, own, rows: rowsIn(own, part.periods) }] : [];
    })
    .sort((a, b) => b.rows - a.rows);
  if (!largest) return null;
  const { part, own } = largest;
  return chooseLattice(part.partition, finestGrain(plan, own, part.periods), merging);
}

function rowsIn({ periods, starts }: SortedCells, wanted: readonly string[]): number {
  const first = periods.indexOf(wanted[0] ?? '');
  return (starts[first + wanted.length] ?? 0) - (starts[first] ?? 0);
}

async function writeBlock(
  plan: CellsPlan,
  { periods }: WantedPart,
  cells: SortedCells,
  lattice: Lattice,
  merging: Merging,
  context: BuildContext,
): Promise<BlockOfPart | null> {
  const finest = finestGrain(plan, cells, periods);
  const certificate = certificateOf(finest, merging.merges, merging.leaves);
  if (certificate === null) return null;
  const rollups = lattice.rollups.map(({ dimensions }) => rollUp(finest, dimensions, merging));
  const block = { grains: [finest, ...rollups] };
  const fault = certifies(block, certificate);
  invariant(fault === null, `a block is what its cells add up to: ${fault}`);
  return { file: await putObject(context.editionStore, encodeBlock(block)), certificate };
}

/** States that add up and whose sum in the certificate is not the one that an engine gave of the same cells. */
export function differingTotals(
  { states }: CellsPlan,
  { rows }: BlockCertificate,
  totals: Readonly<Record<string, string>>,
): readonly string[] {
  return states.flatMap(({ state, aggregate }) => {
    if (aggregates[aggregate].merge !== 'sum') return [];
    const sum = rows.reduce((all, { states: of }) => all + unitsOf(of[state]?.value ?? '0'), 0n);
    return sum === unitsOf(totals[state] ?? '0') ? [] : [state];
  });
}
