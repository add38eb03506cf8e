import { adoptFile } from '../catalog/objects.ts';
import { together } from '../catalog/together.ts';
import type { CellPart } from '../catalog/types.ts';
import type { ResultTable } from '../engine/engine.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { lowerUnsortedCells, periodColumn } from '../sql/lowerCells.ts';
import { lowerPart, lowerTotals, totalColumn } from '../sql/lowerParts.ts';
import type { Places } from '../sql/places.ts';
import type { BuildContext } from './buildCube.ts';
import type { WantedPart } from './parts.ts';

const keptCells = 'kept_cells';

/** Makes the cells of some parts in one statement, and writes a file of each. */
export async function writeParts(
  plan: CellsPlan,
  parts: readonly WantedPart[],
  places: Places,
  context: BuildContext,
): Promise<CellPart[]> {
  const periods = parts.flatMap((part) => part.periods);
  return context.engine.withRows(lowerUnsortedCells(plan, places, periods), keptCells, async (kept) => {
    const totals = totalsByPeriod(plan, await kept.query(lowerTotals(plan, keptCells)));
    const inTurn = turns();
    const writing = parts.map(async (part): Promise<CellPart> => {
      const query = lowerPart(plan, keptCells, part.periods);
      const { rows, file } = await context.editionStore.withTemporary('.parquet', async (path) => ({
        rows: await inTurn(() => kept.writeQuery(query, path)),
        file: await adoptFile(context.editionStore, path),
      }));
      const { partition, made } = part;
      return { partition, rows, file, made, totals: totalsOf(plan, part, totals) };
    });
    // Nothing is still written when the rows are dropped, whatever has failed.
    return together(writing);
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
          return [state, typeof text === 'string' ? BigInt(text.replace('.', '')) : 0n];
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

/** -12345n of 2 decimals is "-123.45". */
function decimalText(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}
