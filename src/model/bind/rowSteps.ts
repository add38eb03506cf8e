import type { FieldPath, RowsDefinition } from '../../definitions/definition.ts';
import type { StepRecord } from '../../definitions/schema.ts';
import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { expandCodeRanges } from '../codeRanges.ts';
import { lookUp } from '../lookUp.ts';
import { levelOfFrequency, nests } from '../periods.ts';
import { columnOfType, type Relation, typeOfColumn, typesOf, withColumns } from '../relation.ts';
import { periodColumnOf, relationsBeneath } from '../relations.ts';
import { bindRowExpression } from '../rowExpressions.ts';
import { columnsIn } from '../rowReads.ts';
import type { GroupTake, RowExpression, RowStep, RowType } from '../rowSteps.ts';
import { type TypedRow, typeInWords } from '../rowTyping.ts';
import { type SourceColumn, unknownMember } from '../types.ts';
import { type BindContext, parseAt } from './context.ts';
import type { FindRelation, Structured } from './rows.ts';

/** A step where it stands, the columns before it, and where other relations are found. */
export interface StepScope {
  readonly context: BindContext;
  readonly structured: Structured;
  readonly definition: RowsDefinition;
  readonly position: number;
  readonly relation: Relation;
  readonly find: FindRelation;
}

export interface BoundStep {
  readonly step: RowStep;
  readonly relation: Relation;
}

type StepKind = keyof StepRecord;
type StepOf<Kind extends StepKind> = NonNullable<StepRecord[Kind]>;

/** A step to what it does and the columns after it; null where something is wrong, which is told. */
export function bindStep(scope: StepScope): BoundStep | null {
  const record = scope.definition.record.steps[scope.position] ?? {};
  const kinds = (Object.keys(record) as StepKind[]).filter((kind) => record[kind] !== undefined);
  const [kind] = kinds;
  if (kinds.length !== 1 || kind === undefined) {
    const message =
      kinds.length === 0
        ? 'This step says nothing.'
        : `This step says ${kinds.length} things: ${kinds.join(', ')}.`;
    return tell(scope, 'rows-step', [], message, 'a step is a map with one key; write a step for each');
  }
  if (kind !== 'where' && kind !== 'derive' && !checkSpread(scope, kind, record)) return null;
  return binders[kind](scope, record);
}

/**
 * Intervals are spread over the periods that are wanted in the end. A step that must see all rows, whenever
 * they are, would leave that open.
 */
function checkSpread(scope: StepScope, kind: StepKind, { match }: StepRecord): boolean {
  if (match) {
    const other = lookUp(scope.structured.sources, match.rows);
    const inPeriod =
      match.shift !== undefined ||
      Object.keys(match.on).some((name) => periodColumnOf(scope.relation.columns)?.name === name);
    if (inPeriod || !other || !isSpread(scope.structured, other.id)) return true;
    const message = `"${other.id}" spreads intervals over periods, and this match is in no period.`;
    tell(
      scope,
      'rows-step',
      [kind],
      message,
      'match in a period, with its period column in "on" or with shift',
    );
    return false;
  }
  if (kind !== 'order' && kind !== 'join_stays') return true;
  const earlier = scope.definition.record.steps.slice(0, scope.position);
  const { from } = scope.definition.record;
  if (!earlier.some(({ spread }) => spread) && !isSpread(scope.structured, from)) return true;
  tell(
    scope,
    'rows-step',
    [kind],
    `Intervals are spread over periods before "${kind}".`,
    `put the step ${kind} before spread`,
  );
  return false;
}

function isSpread({ sources }: Structured, id: string): boolean {
  return relationsBeneath(id, sources).some((each) =>
    sources[each]?.derivation?.steps.some(({ step }) => step.kind === 'spread'),
  );
}

const binders: Readonly<Record<StepKind, (scope: StepScope, record: StepRecord) => BoundStep | null>> = {
  where: (scope, { where }) => bindWhere(scope, where ?? ''),
  derive: (scope, { derive }) => bindDerive(scope, derive ?? {}),
  group: (scope, { group }) => group && bindGroup(scope, group),
  spread: (scope, { spread }) => spread && bindSpread(scope, spread),
  match: (scope, { match }) => match && bindMatch(scope, match),
  order: (scope, { order }) => order && bindOrder(scope, order),
  join_stays: (scope, { join_stays }) => join_stays && bindJoinStays(scope, join_stays),
} as Readonly<Record<StepKind, (scope: StepScope, record: StepRecord) => BoundStep | null>>;

// --- where ---------------------------------------------------------------------------------------

function bindWhere(scope: StepScope, text: string): BoundStep | null {
  const bound = bindText(scope, ['where'], text);
  if (!bound) return null;
  if (bound.type.kind !== 'condition') {
    const message = `A condition is wanted here, and this is a ${typeInWords(bound.type)}.`;
    return tell(scope, 'type-mismatch', ['where'], message, 'compare it with something: name == "value"');
  }
  return { step: { kind: 'where', condition: bound.expression }, relation: scope.relation };
}

// --- derive --------------------------------------------------------------------------------------

function bindDerive(scope: StepScope, record: StepOf<'derive'>): BoundStep | null {
  const derived = Object.entries(record).map(([name, written]) => {
    const path = ['derive', name];
    if (!checkNewName(scope, path, name)) return null;
    const bound = bindText(scope, [...path, 'value'], written.value);
    if (!bound) return null;
    return written.dimension === undefined
      ? derivePlain(scope, path, name, bound)
      : deriveCode(scope, path, name, bound, written.dimension, written.role ?? null);
  });
  if (derived.some((one) => one === null)) return null;
  const all = derived.flatMap((one) => one ?? []);
  return {
    step: { kind: 'derive', columns: all.map(({ derive }) => derive) },
    relation: {
      ...scope.relation,
      columns: withColumns(
        scope.relation.columns,
        all.map(({ column }) => column),
      ),
    },
  };
}

interface Derived {
  readonly derive: Extract<RowStep, { kind: 'derive' }>['columns'][number];
  readonly column: SourceColumn;
}

function derivePlain(
  scope: StepScope,
  path: FieldPath,
  name: string,
  { expression, type }: TypedRow,
): Derived | null {
  if (type.kind === 'condition') {
    const message = 'A column holds a value, and this is a condition.';
    return tell(scope, 'type-mismatch', [...path, 'value'], message, 'write if(…, 1, 0)');
  }
  return {
    derive: { name, expression, reads: columnsIn(expression), codes: null },
    column: columnOfType(name, type),
  };
}

function deriveCode(
  scope: StepScope,
  path: FieldPath,
  name: string,
  { expression, type }: TypedRow,
  id: string,
  role: string | null,
): Derived | null {
  const { dimensions, classifications } = scope.structured;
  const dimension = lookUp(dimensions, id);
  if (!dimension) {
    const hint = didYouMean(id, Object.keys(dimensions));
    return tell(
      scope,
      'unknown-dimension',
      [...path, 'dimension'],
      `There is no dimension named "${id}".`,
      hint,
    );
  }
  const isWhole = type.kind === 'number' && type.decimals === 0;
  if (!isWhole && !['text', 'code', 'key', 'period'].includes(type.kind)) {
    const message = `A code of ${id} is wanted here, and this is a ${typeInWords(type)}.`;
    return tell(scope, 'type-mismatch', [...path, 'value'], message);
  }
  const codes = (lookUp(classifications, dimension.leaf)?.members ?? []).map(({ code }) => code);
  const wrong = literalsOf(expression).find((code) => code !== unknownMember && !codes.includes(code));
  if (wrong !== undefined) {
    const message = `There is no member "${wrong}" in "${dimension.leaf}".`;
    return tell(scope, 'unknown-code', [...path, 'value'], message, didYouMean(wrong, codes));
  }
  const own = type.kind === 'code' && type.dimension === id;
  const first = scope.relation.columns.find(
    (column) =>
      column.kind === 'code' && column.dimension === id && columnsIn(expression).includes(column.name),
  );
  return {
    derive: {
      name,
      expression: isWritten(type) ? expression : { kind: 'as_text', operand: expression },
      reads: columnsIn(expression),
      codes: own ? null : codes,
    },
    column: {
      kind: 'code',
      name,
      from: name,
      dimension: id,
      levels: [dimension.leaf],
      role,
      match: 'code',
      emptyIsUnknown: true,
      unknown: 'uoplyst',
      expect: first?.kind === 'code' ? first.expect : 'delivered',
    },
  };
}

/** Whether a value is a text already, as codes are. */
const isWritten = (type: RowType): boolean =>
  type.kind === 'key' ? type.of === 'text' : type.kind !== 'number';

/** Texts that an expression may give, as they are written. */
function literalsOf(expression: RowExpression): string[] {
  switch (expression.kind) {
    case 'text':
      return [expression.value];
    case 'if':
      return [...literalsOf(expression.then), ...literalsOf(expression.otherwise)];
    case 'coalesce':
      return expression.operands.flatMap(literalsOf);
    default:
      return [];
  }
}

// --- group ---------------------------------------------------------------------------------------

function bindGroup(scope: StepScope, record: StepOf<'group'>): BoundStep | null {
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
      level: level && { from: level.from, to: level.to },
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
  if (from === to || !nests(from, to)) {
    const message = `Periods of ${from} cannot be brought to ${to}.`;
    tell(scope, 'rows-step', path, message);
    return undefined;
  }
  return { from, to, frequency: level };
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

/** A column taken over by another name: it stays a code of its dimension where the rows have no other column of it. */
function taken(
  name: string,
  column: SourceColumn,
  type: RowType,
  beside: readonly SourceColumn[],
): SourceColumn {
  if (column.kind !== 'code') return columnOfType(name, type);
  const has = beside.some((other) => other.kind === 'code' && other.dimension === column.dimension);
  if (has || column.levels.length > 1) return columnOfType(name, type);
  return { ...column, name, from: name, expect: 'delivered', emptyIsUnknown: true };
}

// --- spread --------------------------------------------------------------------------------------

/** What `spread` calls the period that it writes. */
const spreadPeriod = 'periode';

function bindSpread(scope: StepScope, record: StepOf<'spread'>): BoundStep | null {
  const { relation } = scope;
  for (const end of ['from', 'to'] as const) {
    if (!columnOfKind(scope, ['spread', end], record[end], ['date', 'time'])) return null;
  }
  const others = relation.columns.filter(({ kind }) => kind !== 'period');
  const period: SourceColumn = { kind: 'period', name: spreadPeriod, from: spreadPeriod, constant: null };
  const { level, from, to, on } = record;
  return {
    step: { kind: 'spread', level: levelOfFrequency[level], from, to, on },
    relation: { columns: [period, ...others], frequency: level },
  };
}

// --- match ---------------------------------------------------------------------------------------

function bindMatch(scope: StepScope, record: StepOf<'match'>): BoundStep | null {
  const { relation, definition } = scope;
  const path = ['match'];
  const other = scope.find(record.rows, definition, ['steps', scope.position, 'match', 'rows']);
  if (!other) return null;
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
      takes: all.map(({ name, column }) => ({ name, column })),
      found,
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

// --- order and join_stays ------------------------------------------------------------------------

function bindOrder(scope: StepScope, record: StepOf<'order'>): BoundStep | null {
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

const minutesIn = { days: 24 * 60, hours: 60, minutes: 1 } as const;

function bindJoinStays(scope: StepScope, record: StepOf<'join_stays'>): BoundStep | null {
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

// --- shared --------------------------------------------------------------------------------------

function tell(
  { context, definition, position }: StepScope,
  code: DiagnosticCode,
  path: FieldPath,
  message: string,
  hint?: string,
  part: 'key' | 'value' = 'value',
): null {
  const span = definition.spanOf(['steps', position, ...path], part);
  context.report(diagnostic(code, message, { span, hint }));
  return null;
}

/** Parses and binds an expression of a step. */
function bindText(scope: StepScope, path: FieldPath, text: string): TypedRow | null {
  const { context, definition, position, relation } = scope;
  const parsed = parseAt(context, definition, ['steps', position, ...path], text);
  if (!parsed) return null;
  const expanded = expandCodeRanges(parsed, (name) => codesOf(scope, name));
  return bindRowExpression(
    expanded,
    { types: typesOf(relation), where: `the rows of "${definition.record.rows}" at this step` },
    context.report,
  );
}

/** Codes that a column can hold, at any of its levels; null for columns that hold none. */
function codesOf({ relation, structured }: StepScope, name: string): readonly string[] | null {
  const column = relation.columns.find((candidate) => candidate.name === name);
  if (column?.kind !== 'code') return null;
  return column.levels.flatMap((level) =>
    (lookUp(structured.classifications, level)?.members ?? []).map(({ code }) => code),
  );
}

function columnNamed(
  scope: StepScope,
  path: FieldPath,
  name: string,
  { columns }: Relation,
  part: 'key' | 'value' = 'value',
  where = `the rows of "${scope.definition.record.rows}" at this step`,
): SourceColumn | null {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const hint = didYouMean(
    name,
    columns.map((column) => column.name),
  );
  return tell(scope, 'unknown-column', path, `There is no column named "${name}" in ${where}.`, hint, part);
}

/** Columns of a list, or of one key where `key` names it. */
function columnsNamed(
  scope: StepScope,
  path: FieldPath,
  names: readonly string[],
  key?: string,
): SourceColumn[] | null {
  const found = names.map((name, position) =>
    columnNamed(scope, [...path, key ?? position], name, scope.relation),
  );
  return found.some((one) => one === null) ? null : found.flatMap((one) => one ?? []);
}

function columnOfKind(
  scope: StepScope,
  path: FieldPath,
  name: string,
  kinds: readonly SourceColumn['kind'][],
): SourceColumn | null {
  const column = columnNamed(scope, path, name, scope.relation);
  if (!column || kinds.includes(column.kind)) return column;
  const type = typeOfColumn(column, scope.relation.frequency);
  return tell(
    scope,
    'type-mismatch',
    path,
    `"${name}" is a ${typeInWords(type)}, and a ${kinds.join(' or a ')} is wanted here.`,
  );
}

/** An expression must be able to name a new column, and the period of rows is not for a step to write over. */
function checkNewName(scope: StepScope, path: FieldPath, name: string): boolean {
  if (!/^[\p{L}_][\p{L}\d_]*$/u.test(name)) {
    tell(
      scope,
      'invalid-value',
      path,
      `"${name}" is not a name that an expression can use.`,
      'names have letters, digits and _',
      'key',
    );
    return false;
  }
  if (scope.relation.columns.some((column) => column.kind === 'period' && column.name === name)) {
    tell(
      scope,
      'rows-step',
      path,
      `"${name}" is the period of the rows; group and spread change it, nothing else.`,
      undefined,
      'key',
    );
    return false;
  }
  return true;
}
