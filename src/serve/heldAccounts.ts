import { inputPlaces } from '../build/inputPlaces.ts';
import { inputsOf } from '../build/inputs.ts';
import type { VerifiedObjects } from '../catalog/objects.ts';
import type { Store } from '../catalog/store.ts';
import type { Snapshot } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import type { HeldAccounts } from '../model/accounts/held.ts';
import type { Cube, SemanticModel, Source } from '../model/types.ts';
import type { CellState } from '../plan/plan.ts';
import { planCells } from '../plan/planCells.ts';
import { lowerCells, periodColumn } from '../sql/lowerCells.ts';
import { decimalAt } from './components.ts';

export interface HeldContext {
  readonly engine: () => Promise<Engine>;
  readonly snapshotStore: Store;
  readonly verified: VerifiedObjects;
}

/**
 * Every combination of account codes that a source holds, by period: its newest snapshots added up over all
 * but the dimensions that are asked for. Without a value where nothing has been delivered.
 */
export async function heldAccounts(
  model: SemanticModel,
  source: Source,
  dimensions: readonly string[],
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
  context: HeldContext,
): Promise<Checked<HeldAccounts>> {
  const cube: Cube = { ...aside, dimensions, sources: [source.id] };
  const inputs = inputsOf(model, cube, snapshots);
  if (inputs.length === 0) return { diagnostics: [] };
  const places = await inputPlaces(inputs, context);
  if (!places.value) return { diagnostics: places.diagnostics };
  const plan = { ...planCells(model, cube, source), states: statesOf(source) };
  const engine = await context.engine();
  const result = await engine.query(lowerCells(plan, places.value, null));
  const amounts = source.columns.flatMap((column) =>
    column.kind === 'number' ? [{ name: column.name, decimals: column.decimals }] : [],
  );
  const of = (name: string) => result.getChild(name);
  const period = of(periodColumn);
  const codes = dimensions.map((dimension) =>
    of(plan.dimensions.find((each) => each.dimension === dimension)?.column ?? dimension),
  );
  const rows = of(rowsState);
  const values = amounts.map((_, at) => of(`${amountState}_${at}`));
  const held = Array.from({ length: result.numRows }, (_, row) => ({
    period: String(period?.get(row)),
    codes: codes.map((column) => String(column?.get(row))),
    rows: Number(decimalAt(rows?.get(row)) ?? 0n),
    amounts: values.map((column) => decimalAt(column?.get(row))),
  }));
  return { value: { source: source.id, dimensions, amounts, held }, diagnostics: [] };
}

/** A cube that nobody published: it only says which dimensions are kept. */
const aside = { id: '', label: { da: '', en: '' }, kpis: [], waitFor: [], reconcile: [] } as const;

const rowsState = 'held_rows';
const amountState = 'held_amount';

function statesOf({ columns }: Source): CellState[] {
  const numbers = columns.flatMap((column) => (column.kind === 'number' ? [column] : []));
  const plain = { key: [], where: null } as const;
  return [
    { ...plain, state: rowsState, aggregate: 'count', column: null, decimals: 0 },
    ...numbers.map(
      ({ name, decimals }, at): CellState => ({
        ...plain,
        state: `${amountState}_${at}`,
        aggregate: 'sum',
        column: name,
        decimals,
      }),
    ),
  ];
}
