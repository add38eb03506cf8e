import type { FieldPath } from '../../../definitions/definition.ts';
import { levelOfFrequency, nests } from '../../periods.ts';
import { columnOfType, typeOfColumn } from '../../relation.ts';
import { periodColumnOf } from '../../relations.ts';
import type { GroupTake, RowType } from '../../rowSteps.ts';
import { typeInWords } from '../../rowTyping.ts';
import type { SourceColumn } from '../../types.ts';
import {
  type BoundStep,
  checkNewName,
  columnsNamed,
  type StepOf,
  type StepScope,
  taken,
  tell,
} from './scope.ts';

export function bindGroup(scope: StepScope, record: StepOf<'group'>): BoundStep | null {
  const { relation } = scope;
  const by = columnsNamed(scope, ['group', 'by'], record.by);
  if (!by) return null;
  const level = bindLevel(scope, record, by);
  if (level === undefined) return null;
  const taken = Object.entries(record.take).map(([name, take]) => {
    const path = ['group', 'take', name];
    return checkNewName(scope, path, name) ? bindTake(scope, path, name, take, by) : null;
  });
  if (taken.some((one) => one === null)) return null;
  const takes = taken.flatMap((one) => one ?? []);
  const twice = takes.find(({ column }) => by.some(({ name }) => name === column.name));
  if (twice) {
    const name = twice.column.name;
    return tell(scope, 'named-twice', ['group', 'take', name], `"${name}" is one of the columns in "by".`);
  }
  return {
    step: {
      kind: 'group',
      by: record.by,
      level: level && {
        from: level.from,
        to: level.to,
        ...(level.byThursday ? { byThursday: true as const } : {}),
      },
      takes: takes.map(({ take }) => take),
    },
    relation: {
      columns: [...by, ...takes.map(({ column }) => column)],
      frequency: level ? level.frequency : relation.frequency,
    },
  };
}

/** The coarser level that a group brings its periods to; null for none, undefined where it cannot. */
function bindLevel(scope: StepScope, { level }: StepOf<'group'>, by: readonly SourceColumn[]) {
  if (level === undefined) return null;
  const from = levelOfFrequency[scope.relation.frequency];
  const to = levelOfFrequency[level];
  const path = ['group', 'level'];
  if (!periodColumnOf(by)) {
    const message = 'A level is for the period column, and it is not among the columns in "by".';
    tell(scope, 'rows-step', path, message);
    return undefined;
  }
  const byThursday = scope.relation.weeksByThursday === true && nests('maaned', to);
  if (from === to || !(nests(from, to) || byThursday)) {
    const message = `Periods of ${from} cannot be brought to ${to}.`;
    const hint =
      from === 'uge' ? 'a week lies in a month if its contract says weeks: by_thursday' : undefined;
    tell(scope, 'rows-step', path, message, hint);
    return undefined;
  }
  return { from, to, byThursday, frequency: level };
}

function bindTake(
  scope: StepScope,
  path: FieldPath,
  name: string,
  record: StepOf<'group'>['take'][string],
  by: readonly SourceColumn[],
): { readonly take: GroupTake; readonly column: SourceColumn } | null {
  const written = (['sum', 'count', 'distinct', 'min', 'max'] as const).filter(
    (key) => record[key] !== undefined,
  );
  const [aggregate] = written;
  if (written.length !== 1 || aggregate === undefined) {
    const message = `"${name}" has ${written.length === 0 ? 'no aggregate' : `several aggregates (${written.join(', ')})`}; it must have one of sum, count, distinct, min, max.`;
    return tell(scope, written.length === 0 ? 'aggregate-missing' : 'aggregate-twice', path, message);
  }
  const whole: RowType = { kind: 'number', decimals: 0 };
  if (aggregate === 'count')
    return { take: { name, aggregate, columns: [] }, column: columnOfType(name, whole) };
  const names = [record[aggregate] ?? []].flat();
  const at = Array.isArray(record[aggregate]) ? [...path, aggregate] : path;
  const columns = columnsNamed(scope, at, names, Array.isArray(record[aggregate]) ? undefined : aggregate);
  const [column] = columns ?? [];
  if (!column) return null;
  const take = { name, aggregate, columns: names };
  if (aggregate === 'distinct') return { take, column: columnOfType(name, whole) };
  const type = typeOfColumn(column, scope.relation.frequency);
  if (aggregate === 'sum' && type.kind !== 'number') {
    const message = `Column "${column.name}" is a ${typeInWords(type)}, and "sum" needs numbers.`;
    return tell(scope, 'type-mismatch', [...path, 'sum'], message);
  }
  return { take, column: taken(name, column, type, by) };
}
