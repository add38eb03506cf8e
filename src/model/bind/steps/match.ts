import type { FieldPath } from '../../../definitions/definition.ts';
import { deliveredSource } from '../../deliveredSource.ts';
import { delivererOf } from '../../deliverer.ts';
import { levelOfFrequency } from '../../periods.ts';
import { columnOfType, type Relation, typeOfColumn, withColumns } from '../../relation.ts';
import { periodColumnOf } from '../../relations.ts';
import type { MatchDeliverers, RowType, ValidOn } from '../../rowSteps.ts';
import { typeInWords } from '../../rowTyping.ts';
import type { Source, SourceColumn } from '../../types.ts';
import {
  type BoundStep,
  checkNewName,
  columnNamed,
  isSpread,
  type StepOf,
  type StepScope,
  taken,
  tell,
} from './scope.ts';

export function bindMatch(scope: StepScope, record: StepOf<'match'>): BoundStep | null {
  const { relation, definition } = scope;
  const path = ['match'];
  const other = scope.find(record.rows, definition, ['steps', scope.position, 'match', 'rows']);
  if (!other) return null;
  const inAPeriod = periodColumnOf(relation.columns)?.name ?? '';
  const isTimeless = record.shift === undefined && !Object.hasOwn(record.on, inAPeriod);
  if (isTimeless && isSpread(scope.structured, other.id)) {
    const message = `"${other.id}" spreads intervals over periods, and this match is in no period.`;
    const hint = 'match in a period, with its period column in "on" or with shift';
    return tell(scope, 'rows-step', path, message, hint);
  }
  const theirs: Relation = { columns: other.columns, frequency: other.frequency };
  const [ourPeriod, theirPeriod] = [periodColumnOf(relation.columns), periodColumnOf(theirs.columns)];
  const on: { ours: string; theirs: string }[] = [];
  let inPeriod = record.shift !== undefined;
  for (const [name, key] of Object.entries(record.on)) {
    const ours = columnNamed(scope, [...path, 'on', name], name, relation, 'key');
    const found = columnNamed(scope, [...path, 'on', name], key, theirs, 'value', other.id);
    if (!ours || !found) return null;
    if (ours.kind === 'period' && found.kind === 'period') inPeriod = true;
    else if (!checkComparable(scope, [...path, 'on', name], ours, found, other.frequency)) return null;
    else on.push({ ours: name, theirs: key });
  }
  if (
    inPeriod &&
    (!ourPeriod || !theirPeriod || levelOfFrequency[other.frequency] !== levelOfFrequency[relation.frequency])
  ) {
    const message = `A match in a period needs periods of one level, and ${definition.record.rows} has ${levelInWords(relation)} here while ${other.id} has ${levelInWords(theirs)}.`;
    return tell(scope, 'rows-step', [...path, record.shift === undefined ? 'on' : 'shift'], message);
  }
  const valid = record.valid ? bindValid(scope, record.valid, theirs, other.id) : null;
  if (record.valid && !valid) return null;
  const takes = Object.entries(record.take ?? {}).map(([name, column]) => {
    const at = [...path, 'take', name];
    const found = columnNamed(scope, at, column, theirs, 'value', other.id);
    if (!found || !checkNewName(scope, at, name)) return null;
    return { name, column, made: taken(name, found, typeOfColumn(found, other.frequency), relation.columns) };
  });
  if (takes.some((one) => one === null)) return null;
  const found = record.found ?? null;
  if (found !== null && !checkNewName(scope, [...path, 'found'], found)) return null;
  const all = takes.flatMap((one) => one ?? []);
  if (all.length === 0 && found === null)
    return tell(
      scope,
      'rows-step',
      path,
      'This match takes nothing over and does not say whether it found any.',
      'write take: or found:',
    );
  const deliverers = inPeriod && ourPeriod ? deliverersOf(scope, other) : null;
  return {
    step: {
      kind: 'match',
      rows: other.id,
      on,
      shift:
        inPeriod && ourPeriod && theirPeriod
          ? {
              ours: ourPeriod.name,
              theirs: theirPeriod.name,
              level: levelOfFrequency[relation.frequency],
              by: record.shift ?? 0,
            }
          : null,
      valid,
      ...(deliverers ? { deliverers } : {}),
      takes: all.map(({ name, column }) => ({ name, column })),
      found,
      ...(record.every ? { every: record.every } : {}),
    },
    relation: {
      ...relation,
      columns: withColumns(relation.columns, [
        ...all.map(({ made }) => made),
        ...(found === null ? [] : [columnOfType(found, { kind: 'number', decimals: 0 })]),
      ]),
    },
  };
}

/**
 * Where silence is zero on both sides and the same kommuner deliver both, a row is only known to find nothing where its
 * own deliverer has delivered the period looked in too.
 */
function deliverersOf(scope: StepScope, other: Source): MatchDeliverers | null {
  const { structured, definition, position, relation } = scope;
  const spreads = definition.record.steps.slice(0, position).some(({ spread }) => spread);
  if (spreads || isSpread(structured, definition.record.from) || isSpread(structured, other.id)) return null;
  const [ourRoot, root] = [definition.record.from, other.id].map((id) => deliveredSource(structured, id));
  const [own, theirs] = [ourRoot && delivererOf(ourRoot), root && delivererOf(root)];
  const period = root && periodColumnOf(root.columns)?.name;
  if (!own || !root || !theirs || period === undefined || theirs.levels.length > 1) return null;
  const isAlike = own.dimension === theirs.dimension && own.role === theirs.role;
  const isKept = relation.columns.some(
    (column) => column.kind === 'code' && column.name === own.name && column.dimension === own.dimension,
  );
  if (!isAlike || !isKept || levelOfFrequency[root.frequency] !== levelOfFrequency[relation.frequency])
    return null;
  return { ours: own.name, source: root.id, theirs: theirs.name, period };
}

/** The days from which and to which rows of the other hold, and ours on which they must. */
function bindValid(
  scope: StepScope,
  { on, from, to, until }: NonNullable<StepOf<'match'>['valid']>,
  theirs: Relation,
  other: string,
): ValidOn | null {
  const path = ['match', 'valid'];
  const last = to ?? until;
  if (last === undefined || (to !== undefined && until !== undefined)) {
    const message = 'It holds either to its last day or until the day after.';
    return tell(scope, 'rows-step', path, message, 'write to: or until:');
  }
  const ours = columnNamed(scope, [...path, 'on'], on, scope.relation, 'value');
  const first = columnNamed(scope, [...path, 'from'], from, theirs, 'value', other);
  const end = columnNamed(scope, [...path, to === undefined ? 'until' : 'to'], last, theirs, 'value', other);
  if (!ours || !first || !end) return null;
  const odd = [ours, first, end].find(({ kind }) => kind !== 'date');
  if (odd) {
    const hint = 'derive one: date(...) or first_day(periode)';
    return tell(scope, 'type-mismatch', path, `"${odd.name}" is no date.`, hint);
  }
  return { on, from, to: last, closed: to !== undefined };
}

const levelInWords = ({ columns, frequency }: Relation): string =>
  periodColumnOf(columns) ? levelOfFrequency[frequency] : 'no periods';

function checkComparable(
  scope: StepScope,
  path: FieldPath,
  ours: SourceColumn,
  theirs: SourceColumn,
  frequency: Relation['frequency'],
): boolean {
  const [one, other] = [typeOfColumn(ours, scope.relation.frequency), typeOfColumn(theirs, frequency)];
  if (wayOfWriting(one) === wayOfWriting(other)) return true;
  const message = `"${ours.name}" is a ${typeInWords(one)} and "${theirs.name}" a ${typeInWords(other)}, so they never agree.`;
  tell(scope, 'type-mismatch', path, message);
  return false;
}

/** Values that are written alike can be equal. */
function wayOfWriting(type: RowType): string {
  if (type.kind === 'key') return type.of;
  if (type.kind === 'number') return type.decimals === 0 ? 'integer' : 'decimal';
  return ['code', 'period'].includes(type.kind) ? 'text' : type.kind;
}
