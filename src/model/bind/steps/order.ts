import { columnOfType, typeOfColumn, withColumns } from '../../relation.ts';
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

export function bindOrder(scope: StepScope, record: StepOf<'order'>): BoundStep | null {
  if (!isBeforeSpread(scope, 'order')) return null;
  const { relation } = scope;
  const by = columnsNamed(scope, ['order', 'by'], record.by);
  const along = columnsNamed(scope, ['order', 'along'], record.along);
  if (!by || !along) return null;
  const takes = Object.entries(record.take).map(([name, { next, previous }]) => {
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
      takes: all.map(({ name, which, column }) => ({ name, which, column })),
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
