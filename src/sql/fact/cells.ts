import { aggregates } from '../../model/aggregates.ts';
import type { FactPlan } from '../../plan/plan.ts';
import { cellsFrom, periodColumn, rowsSteps } from '../lowerCells.ts';
import { column, isIn, output, parquet, select, text } from '../make.ts';
import type { Places } from '../places.ts';
import type { SqlQuery, SqlSelect } from '../tree.ts';

/** The cells that the periods need: read as they are, or made from the snapshots on the way. */
export function cellSteps(fact: FactPlan, places: Places): SqlQuery['with'] {
  const wanted = [...new Set(fact.pairs.map(({ source }) => source))];
  if (fact.route === 'base') {
    return [
      ...rowsSteps(fact.cells, places, wanted),
      { name: 'cells', query: cellsFrom(fact.cells, 'rows', wanted) },
    ];
  }
  return [{ name: 'cells', query: readCells(fact.cells, places, wanted) }];
}

export function readCells(cells: FactPlan['cells'], places: Places, periods: readonly string[]): SqlSelect {
  const names = [
    periodColumn,
    ...cells.dimensions.flatMap(({ column: name, leveled }) => (leveled ? [`${name}_level`, name] : [name])),
    ...cells.states.flatMap(({ state, aggregate }) => [
      state,
      ...(aggregates[aggregate].squares ? [`${state}_squares`] : []),
      `${state}_known`,
      `${state}_suppressed`,
      `${state}_not_applicable`,
    ]),
  ];
  return select({
    select: names.map((name) => output(column('cell', name), name)),
    from: parquet(places.cells(cells.source)),
    alias: 'cell',
    where: isIn(column('cell', periodColumn), periods.map(text)),
  });
}
