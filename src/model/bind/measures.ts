import type { KpiDefinition } from '../../definitions/definition.ts';
import type { alignments, MeasureRecord } from '../../definitions/schema.ts';
import type { Expression } from '../../formula/expression.ts';
import { type AggregateName, aggregates } from '../aggregates.ts';
import { expandCodeRanges } from '../codeRanges.ts';
import { lookUp } from '../lookUp.ts';
import { typeLiterals } from '../typedLiterals.ts';
import type { Additivity, Alignment, Measure, SemanticModel, Source, Unit } from '../types.ts';
import { parseUnit } from '../units.ts';
import { bindAccounts } from './accounts.ts';
import { type BindContext, parseAt } from './context.ts';
import type { ImpliedUses } from './implied.ts';
import { nameStates } from './states.ts';

type Structured = Pick<SemanticModel, 'classifications' | 'dimensions' | 'sources' | 'selections'>;

/** A unit that could not be read is reported by a rule; until then the measure counts as a plain number. */
const unreadableUnit: Unit = { text: '?', base: { '?': 1 }, numerator: '1', denominator: '1' };

/** Reads a unit, or the placeholder that the unit rules leave alone. */
export function unitOf(text: string): Unit {
  const unit = parseUnit(text);
  return 'word' in unit ? unreadableUnit : unit;
}

export function isReadable(unit: Unit): boolean {
  return unit !== unreadableUnit;
}

/** All measures of all KPIs by id, their states named. */
export function bindMeasures(
  context: BindContext,
  structured: Structured,
  implied: ImpliedUses,
): Record<string, Measure> {
  const bound = context.definitions.kpis.flatMap((definition) =>
    Object.entries(definition.record.measures ?? {}).map(([name, written]) => {
      // A role or an expression makes rows of its own, which the measure then reads like any other.
      const record = { ...written, ...implied.get(`${definition.record.kpi}.${name}`) };
      return bindMeasure(context, definition, structured, name, record);
    }),
  );
  const named = nameStates(bound, structured.sources, structured.dimensions);
  return Object.fromEntries(named.map((measure) => [measure.id, measure]));
}

function bindMeasure(
  context: BindContext,
  definition: KpiDefinition,
  structured: Structured,
  name: string,
  record: MeasureRecord,
): Measure {
  const { kpi } = definition.record;
  const source = lookUp(structured.sources, record.source);
  const path = ['measures', name, 'where'];
  const where = record.where === undefined ? null : parseAt(context, definition, path, record.where);
  const rows = where && typeLiterals(expandCodeRanges(where, codesOfColumn(source, structured)), source);
  const accounts =
    record.accounts === undefined
      ? null
      : bindAccounts(context, definition, name, record.accounts, structured, source);
  const over = Object.entries(record.over ?? {});
  return {
    id: `${kpi}.${name}`,
    name,
    kpi,
    source: record.source,
    ...bindAggregate(record, source),
    where: bothOf(rows, accounts?.condition ?? null),
    ...(accounts ? { accounts: accounts.accounts } : {}),
    unit: unitOf(record.unit),
    over: Object.fromEntries(over.map(([dimension, rule]) => [dimension, additivity(kpi, rule)])),
    overTime: record.over_time,
    alignment: alignment(record.period),
    reason: record.reason ?? null,
    state: name,
  };
}

function bindAggregate(
  record: MeasureRecord,
  source: Source | undefined,
): Pick<Measure, 'aggregate' | 'column' | 'key' | 'share' | 'reached' | 'decimals'> {
  const aggregate = aggregatesWritten(record)[0] ?? 'count';
  const key = record.distinct === undefined ? [] : [record.distinct].flat();
  const column = columnWritten(record, aggregate);
  const contract = source?.columns.find((candidate) => candidate.name === column);
  const decimals = contract?.kind === 'number' ? contract.decimals : 0;
  const reached = record.quantile?.value === 'reached' ? { reached: true as const } : {};
  return { aggregate, column, key, share: shareWritten(record, aggregate), ...reached, decimals };
}

function columnWritten(record: MeasureRecord, aggregate: AggregateName): string | null {
  switch (aggregate) {
    case 'count':
    case 'distinct':
      return null;
    case 'quantile':
    case 'first':
    case 'last':
      return record[aggregate]?.of ?? null;
    default:
      return record[aggregate] ?? null;
  }
}

function shareWritten(record: MeasureRecord, aggregate: AggregateName): string | null {
  if (aggregate === 'median') return '0.5';
  return aggregate === 'quantile' ? (record.quantile?.at ?? null) : null;
}

/** Every aggregate that a measure has; a rule reports none, or more than one. */
export function aggregatesWritten(record: MeasureRecord): AggregateName[] {
  return (Object.keys(aggregates) as AggregateName[]).filter((name) => record[name] !== undefined);
}

/** Two conditions together, either of which may not be there. */
function bothOf(one: Expression | null, other: Expression | null): Expression | null {
  if (!one || !other) return one ?? other;
  return { kind: 'logic', operator: 'and', left: one, right: other, span: one.span };
}

/** Codes that a column of a contract can hold, at any of its levels; null for columns that hold no codes. */
function codesOfColumn(source: Source | undefined, { classifications }: Structured) {
  return (name: string): readonly string[] | null => {
    const column = source?.columns.find((candidate) => candidate.name === name);
    if (column?.kind !== 'code') return null;
    const members = column.levels.flatMap((level) => lookUp(classifications, level)?.members ?? []);
    return members.map(({ code }) => code);
  };
}

function additivity(kpi: string, rule: NonNullable<MeasureRecord['over']>[string]): Additivity {
  if (typeof rule === 'string') return { kind: rule };
  return { kind: 'weighted_by', measure: `${kpi}.${rule.weighted_by}` };
}

const onDays: Readonly<Record<(typeof alignments)[number], Alignment>> = {
  Å_Primo: { kind: 'primo' },
  Å_Midt: { kind: 'midyear' },
  Å_SenSkoleStart: { kind: 'school_start' },
};

function alignment(period: string | undefined): Alignment {
  if (period === undefined) return { kind: 'same' };
  return lookUp(onDays, period) ?? { kind: 'fixed', period };
}
