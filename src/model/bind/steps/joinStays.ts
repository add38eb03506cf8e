import {
  type BoundStep,
  columnOfKind,
  columnsNamed,
  isBeforeSpread,
  type StepOf,
  type StepScope,
  tell,
} from './scope.ts';

const minutesIn = { days: 24 * 60, hours: 60, minutes: 1 } as const;

export function bindJoinStays(scope: StepScope, record: StepOf<'join_stays'>): BoundStep | null {
  if (!isBeforeSpread(scope, 'join_stays')) return null;
  const by = columnsNamed(scope, ['join_stays', 'by'], record.by);
  const from = columnOfKind(scope, ['join_stays', 'from'], record.from, ['date', 'time']);
  const to = columnOfKind(scope, ['join_stays', 'to'], record.to, ['date', 'time']);
  if (!by || !from || !to) return null;
  const path = ['join_stays', 'within'];
  const units = (Object.keys(minutesIn) as (keyof typeof minutesIn)[]).filter(
    (unit) => record.within[unit] !== undefined,
  );
  const [unit] = units;
  const count = unit === undefined ? undefined : record.within[unit];
  if (units.length !== 1 || unit === undefined || count === undefined)
    return tell(scope, 'rows-step', path, '"within" says one of days, hours, minutes.');
  if (from.kind !== to.kind || (from.kind === 'date' && unit !== 'days')) {
    const message =
      from.kind === to.kind
        ? `"${from.name}" is a date, and a date has no ${unit}.`
        : `"${from.name}" is a ${from.kind} and "${to.name}" a ${to.kind}.`;
    return tell(scope, 'type-mismatch', path, message);
  }
  return {
    step: {
      kind: 'join_stays',
      by: record.by,
      from: record.from,
      to: record.to,
      within:
        from.kind === 'date' ? { unit: 'days', count } : { unit: 'minutes', count: count * minutesIn[unit] },
    },
    relation: scope.relation,
  };
}
