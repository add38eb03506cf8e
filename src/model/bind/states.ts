import { overTimeRules } from '../../definitions/schema.ts';
import { isPlace } from '../../formula/isPlace.ts';
import { internalNames } from '../internalNames.ts';
import { lookUp } from '../lookUp.ts';
import type { Dimension, Measure, Source } from '../types.ts';

/**
 * Names the states of measures. Measures of one name and one content in one source share a state;
 * where contents differ, the name of the KPI is put before. No two states of a source need the same
 * column, in whatever case, since an engine would take one for the other. Names do not depend on the
 * cube, so that a base route and a cells route look alike.
 */
export function nameStates(
  measures: readonly Measure[],
  sources: Readonly<Record<string, Source>>,
  dimensions: Readonly<Record<string, Dimension>>,
): Measure[] {
  const contents = new Map<string, Set<string>>();
  const contentsOf = new Map(measures.map((measure) => [measure, contentOf(measure)]));
  const contentBy = (measure: Measure): string => contentsOf.get(measure) ?? contentOf(measure);
  for (const measure of measures) {
    contents.set(nameOf(measure), (contents.get(nameOf(measure)) ?? new Set()).add(contentBy(measure)));
  }
  const isAlone = (measure: Measure) => contents.get(nameOf(measure))?.size === 1;
  const levels = Object.values(dimensions).flatMap((dimension) => dimension.levels);
  const taken = new Map<string, Set<string>>();
  const states = new Map<string, string>();
  // Those that nothing else wants the name of go first, so that they keep it.
  for (const measure of [...measures].sort((a, b) => Number(isAlone(b)) - Number(isAlone(a)))) {
    if (states.has(contentBy(measure))) continue;
    const used = taken.get(measure.source) ?? reserved(lookUp(sources, measure.source), levels);
    const state = firstFree(measure, isAlone(measure), used);
    for (const column of columnsOf(state)) used.add(column);
    taken.set(measure.source, used);
    states.set(contentBy(measure), state);
  }
  return measures.map((measure) => ({ ...measure, state: states.get(contentBy(measure)) ?? measure.name }));
}

const nameOf = ({ source, name }: Measure): string => JSON.stringify([source, name.toLowerCase()]);

/** What decides the state: its name, where it comes from and how it is made, spans left out. */
function contentOf(measure: Measure): string {
  const { source, name, aggregate, column, key: distinct, share, reached, where, accounts } = measure;
  const sign = accounts?.sign ?? 1;
  const content = [
    source,
    name,
    aggregate,
    column,
    distinct,
    share,
    where,
    sign,
    ...(reached ? ['reached'] : []),
  ];
  // Only a condition has spans, and without something to leave out JSON is written ten times as fast.
  if (where === null) return JSON.stringify(content);
  return JSON.stringify(content, (key, value: unknown) => (isPlace(key, value) ? undefined : value));
}

/** Columns that stand beside states in cells and answers. */
function reserved(source: Source | undefined, levels: readonly string[]): Set<string> {
  const codes = (source?.columns ?? []).filter(({ kind }) => kind === 'code').map(({ name }) => name);
  const names = [...internalNames, ...levels, ...codes, ...codes.map((name) => `${name}_level`)];
  return new Set(names.map((name) => name.toLowerCase()));
}

function firstFree({ name, kpi }: Measure, isAlone: boolean, used: ReadonlySet<string>): string {
  const whole = kpi.replace('@', '_v');
  const short = `${whole.split('.').at(-1)}_${name}`;
  const candidates = [...(isAlone ? [name] : []), short, `${whole.replaceAll('.', '_')}_${name}`];
  const isFree = (state: string) => columnsOf(state).every((column) => !used.has(column));
  const found = candidates.find(isFree);
  if (found !== undefined) return found;
  for (let number = 2; ; number += 1) if (isFree(`${short}_${number}`)) return `${short}_${number}`;
}

const suffixes = [
  '',
  '_known',
  '_suppressed',
  '_not_applicable',
  '_periods',
  '_delivered',
  '_suppressed_rows',
  '_not_applicable_rows',
  '_weighted',
  '_weight',
  '_alone',
  '_squares',
  '_imputed',
  '_broken',
  '_next',
];

/** Every column that some step between cells and answer may make of a state. */
function columnsOf(state: string): string[] {
  const stems = [state, ...overTimeRules.map((rule) => `${state}_${rule}`)];
  return stems.flatMap((stem) => suffixes.map((suffix) => `${stem}${suffix}`.toLowerCase()));
}
