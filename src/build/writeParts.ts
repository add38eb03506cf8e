import { decimalText, unitsOf } from '../catalog/decimalText.ts';
import { adoptFile } from '../catalog/objects.ts';
import { together } from '../catalog/together.ts';
import type { CellPart, Lattice } from '../catalog/types.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { ResultTable } from '../engine/engine.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { lowerUnsortedCells, periodColumn } from '../sql/lowerCells.ts';
import { lowerPart, lowerTotals, totalColumn } from '../sql/lowerParts.ts';
import type { Places } from '../sql/places.ts';
import { differingTotals, writeBlocks } from './blocks.ts';
import type { BuildContext } from './buildCube.ts';
import type { WantedPart } from './parts.ts';

const keptCells = 'kept_cells';

export interface WrittenParts {
  readonly parts: readonly CellPart[];
  /** The rollups in their blocks. */
  readonly lattice: Lattice | null;
}

/** Makes the cells of some parts in one statement, and writes two files of each: for engines, and as they lie in memory. */
export async function writeParts(
  plan: CellsPlan,
  parts: readonly WantedPart[],
  places: Places,
  given: Lattice | null,
  context: BuildContext,
): Promise<WrittenParts> {
  const periods = parts.flatMap((part) => part.periods);
  return context.engine.withRows(lowerUnsortedCells(plan, places, periods), keptCells, async (kept) => {
    const totals = totalsByPeriod(plan, await kept.query(lowerTotals(plan, keptCells)));
    const { blocks, lattice } = await writeBlocks(plan, parts, { kept, table: keptCells }, given, context);
    const inTurn = turns();
    const writing = parts.map(async (part): Promise<CellPart> => {
      const query = lowerPart(plan, keptCells, part.periods);
      const { rows, file } = await context.editionStore.withTemporary('.parquet', async (path) => ({
        rows: await inTurn(() => kept.writeQuery(query, path)),
        file: await adoptFile(context.editionStore, path),
      }));
      const { partition, made } = part;
      const block = blocks.get(partition);
      const own = totalsOf(plan, part, totals);
      const differing = block ? differingTotals(plan, block.certificate, own) : [];
      invariant(
        differing.length === 0,
        `two ways to the total of ${differing.join(', ')} in ${partition} agree`,
      );
      return { partition, rows, file, made, totals: own, ...(block ? { block } : {}) };
    });
    // Nothing is still written when the rows are dropped, whatever has failed.
    return { parts: await together(writing), lattice };
  });
}

/**
 * One thing after the other: the engine writes a part while those before it are hashed and synced. What comes after one
 * that failed is not begun.
 */
function turns(): <Result>(act: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const own = last.then(act);
    last = own;
    return own;
  };
}

/** Period to state to its sum, in units of the state's last decimal. */
type Totals = ReadonlyMap<string, ReadonlyMap<string, bigint>>;

function totalsByPeriod(plan: CellsPlan, result: ResultTable): Totals {
  const periods = result.getChild(periodColumn);
  return new Map(
    Array.from({ length: result.numRows }, (_, row) => [
      String(periods?.get(row)),
      new Map(
        plan.states.map(({ state }) => {
          const text: unknown = result.getChild(totalColumn(state))?.get(row);
          return [state, typeof text === 'string' ? unitsOf(text) : 0n];
        }),
      ),
    ]),
  );
}

function totalsOf(plan: CellsPlan, { periods }: WantedPart, totals: Totals): Record<string, string> {
  return Object.fromEntries(
    plan.states.map(({ state, decimals }) => {
      const sum = periods.reduce((all, period) => all + (totals.get(period)?.get(state) ?? 0n), 0n);
      return [state, decimalText(sum, decimals)];
    }),
  );
}
