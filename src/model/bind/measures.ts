import type { KpiDefinition } from '../../definitions/definition.ts';
import type { MeasureRecord } from '../../definitions/schema.ts';
import { type AggregateName, aggregates } from '../aggregates.ts';
import { expandCodeRanges } from '../codeRanges.ts';
import type { Additivity, Alignment, Measure, SemanticModel, Source, Unit } from '../types.ts';
import { parseUnit } from '../units.ts';
import { type BindContext, parseAt } from './context.ts';

type Structured = Pick<SemanticModel, 'classifications'>;

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
  sources: Readonly<Record<string, Source>>,
  structured: Structured,
): Record<string, Measure> {
  const bound = context.definitions.kpis.flatMap((definition) =>
    Object.entries(definition.record.measures ?? {}).map(([name, record]) =>
      bindMeasure(context, definition, sources, structured, name, record),
    ),
  );
  return nameStates(bound);
}

function bindMeasure(
  context: BindContext,
  definition: KpiDefinition,
  sources: Readonly<Record<string, Source>>,
  structured: Structured,
  name: string,
  record: MeasureRecord,
): Measure {
  const kpi = definition.record.kpi;
  const aggregate = aggregateOf(record);
  const column = aggregate === 'count' ? null : (record[aggregate] ?? null);
  const contract = sources[record.source]?.columns.find((candidate) => candidate.name === column);
  const where =
    record.where === undefined
      ? null
      : parseAt(context, definition, ['measures', name, 'where'], record.where);
  return {
    id: `${kpi}.${name}`,
    name,
    kpi,
    source: record.source,
    aggregate,
    column,
    decimals:
      aggregates[aggregate].decimals === 'column' && contract?.kind === 'number' ? contract.decimals : 0,
    where: where && expandCodeRanges(where, codesOfColumn(sources[record.source], structured)),
    unit: unitOf(record.unit),
    over: Object.fromEntries(
      Object.entries(record.over ?? {}).map(([dimension, rule]) => [dimension, additivity(kpi, rule)]),
    ),
    overTime: record.over_time,
    alignment: alignment(record.period),
    reason: record.reason ?? null,
    state: name,
  };
}

/** Codes that a column of a contract can hold, at any of its levels; null for columns that hold no codes. */
function codesOfColumn(source: Source | undefined, { classifications }: Structured) {
  return (name: string): readonly string[] | null => {
    const column = source?.columns.find((candidate) => candidate.name === name);
    if (column?.kind !== 'code') return null;
    return column.levels.flatMap((level) => classifications[level]?.members ?? []).map(({ code }) => code);
  };
}

/** The first aggregate written; a rule reports none, or more than one. */
export function aggregatesWritten(record: MeasureRecord): AggregateName[] {
  return (Object.keys(aggregates) as AggregateName[]).filter((name) => record[name] !== undefined);
}

function aggregateOf(record: MeasureRecord): AggregateName {
  return aggregatesWritten(record)[0] ?? 'count';
}

function additivity(kpi: string, rule: NonNullable<MeasureRecord['over']>[string]): Additivity {
  return typeof rule === 'string'
    ? { kind: rule }
    : { kind: 'weighted_by', measure: `${kpi}.${rule.weighted_by}` };
}

function alignment(period: string | undefined): Alignment {
  if (period === undefined) return { kind: 'same' };
  return period === 'Å_Primo' ? { kind: 'primo' } : { kind: 'fixed', period };
}

/**
 * Equal measures share a state; different measures of one name in one source get the KPI's name too.
 * Names are then the same whichever cube asks, so a base route and a cells route look alike.
 */
function nameStates(measures: readonly Measure[]): Record<string, Measure> {
  const contents = new Map<string, Set<string>>();
  for (const measure of measures) {
    const key = `${measure.source}/${measure.name}`;
    contents.set(key, (contents.get(key) ?? new Set()).add(contentOf(measure)));
  }
  const named = measures.map((measure) => {
    const clash = (contents.get(`${measure.source}/${measure.name}`)?.size ?? 0) > 1;
    return clash ? { ...measure, state: `${measure.kpi.split('.').at(-1)}_${measure.name}` } : measure;
  });
  return Object.fromEntries(named.map((measure) => [measure.id, measure]));
}

/** What decides the state: where it comes from and how it is made, spans left out. */
function contentOf(measure: Measure): string {
  const { source, aggregate, column, where } = measure;
  return JSON.stringify({ source, aggregate, column, where }, (key, value: unknown) =>
    key === 'span' || key === 'nameSpan' ? undefined : value,
  );
}
