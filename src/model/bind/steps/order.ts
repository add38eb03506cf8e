import { levelOfFrequency } from '../../periods.ts';
import { columnOfType, typeOfColumn, withColumns } from '../../relation.ts';
import { periodColumnOf } from '../../relations.ts';
import type { RowStep } from '../../rowSteps.ts';
import {
  type BoundStep,
  checkNewName,
  columnNamed,
  columnsNamed,
  isBeforeSpread,
  type StepOf,
  type StepScope,
  tell,
} from './scope.ts';

type Within = Extract<RowStep, { kind: 'order' }>['within'];

/** Periods that neighbours may lie in; undefined where the rows have no period, which is told. */
function windowOf(scope: StepScope, count: number | undefined): Within | undefined {
  if (count === undefined) return null;
  const { columns, frequency } = scope.relation;
  const period = periodColumnOf(columns)?.name;
  if (period !== undefined) return { period, level: levelOfFrequency[frequency], count };
  tell(scope, 'rows-step', ['order', 'within'], 'These rows have no period, so none lie within some.');
  return undefined;
}

export function bindOrder(scope: StepScope, record: StepOf<'order'>): BoundStep | null {
  if (!isBeforeSpread(scope, 'order')) return null;
  const { relation } = scope;
  const by = columnsNamed(scope, ['order', 'by'], record.by);
  const along = columnsNamed(scope, ['order', 'along'], record.along);
  if (!by || !along) return null;
  const within = windowOf(scope, record.within);
  if (within === undefined) return null;
  const takes = Object.entries(record.take).map(([name, { next, previous, places = 1 }]) => {
    const path = ['order', 'take', name];
    if ((next === undefined) === (previous === undefined))
      return tell(
        scope,
        'rows-step',
        path,
        `"${name}" takes either the next or the previous value of a column.`,
      );
    const which = next === undefined ? 'previous' : 'next';
    const written = next ?? previous ?? '';
    const column = columnNamed(scope, [...path, which], written, relation);
    if (!column || !checkNewName(scope, path, name)) return null;
    return {
      name,
      which,
      column: written,
      places,
      made: columnOfType(name, typeOfColumn(column, relation.frequency)),
    } as const;
  });
  if (takes.some((one) => one === null)) return null;
  const all = takes.flatMap((one) => one ?? []);
  return {
    step: {
      kind: 'order',
      by: record.by,
      along: record.along,
      within,
      takes: all.map(({ made: _, ...take }) => take),
    },
    relation: {
      ...relation,
      columns: withColumns(
        relation.columns,
        all.map(({ made }) => made),
      ),
    },
  };
}
