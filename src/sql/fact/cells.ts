import type { FactPlan } from '../../plan/plan.ts';
import { cellColumns, cellsFrom, periodColumn, rowsSteps } from '../lowerCells.ts';
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
  return select({
    select: cellColumns(cells).map((name) => output(column('cell', name), name)),
    from: parquet(places.cells(cells.source)),
    alias: 'cell',
    where: isIn(column('cell', periodColumn), periods.map(text)),
  });
}
