import { isPlace } from '../formula/isPlace.ts';
import { withWeights } from '../model/bind/cubes.ts';
import type { Measure, SemanticModel } from '../model/types.ts';
import { measuresOfVersions } from '../model/versions.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { LedgerColumn } from './types.ts';

/** A figure that a reader can ask for, and what each edition calls it; null where it has none such. */
export interface AskedColumn {
  readonly column: LedgerColumn;
  readonly before: string | null;
  readonly after: string | null;
  /** KPIs whose definitions it stands on. */
  readonly kpis: readonly string[];
  /** Sources that it reads, those of its weights too, in either edition. */
  readonly sources: readonly string[];
  /** Those whose own periods it follows. */
  readonly periodSources: readonly string[];
  /** Dimensions that all of its sources have, in both editions. */
  readonly dimensions: readonly string[];
}

/** KPIs of either edition, then their measures: one for all that are the same, none that is a KPI as it stands. */
export function askedColumns(from: OpenEdition, to: OpenEdition): AskedColumn[] {
  return [...kpiColumns(from, to), ...measureColumns(from, to)];
}

function kpiColumns(from: OpenEdition, to: OpenEdition): AskedColumn[] {
  return [...new Set([...to.cube.kpis, ...from.cube.kpis])].flatMap((id): AskedColumn[] => {
    const [then, now] = [from, to].map(({ model, cube }) =>
      cube.kpis.includes(id) ? model.kpis[id] : undefined,
    );
    const kpi = now ?? then;
    if (!kpi) return [];
    const measures = [from, to].map(({ model, cube }) =>
      cube.kpis.includes(id) ? measuresOfVersions(model, id) : [],
    );
    return [
      {
        column: {
          kind: 'kpi',
          id,
          name: kpi.name,
          label: kpi.label,
          unit: kpi.unit.text,
          decimals: kpi.decimals,
          versions: { before: then?.version ?? null, after: now?.version ?? null },
        },
        before: then ? id : null,
        after: now ? id : null,
        kpis: [id],
        ...reads(from, to, measures[0] ?? [], measures[1] ?? []),
      },
    ];
  });
}

function measureColumns(from: OpenEdition, to: OpenEdition): AskedColumn[] {
  return pairsOf(differentMeasures(from), differentMeasures(to)).flatMap(([before, after]): AskedColumn[] => {
    const measure = after ?? before;
    if (!measure) return [];
    const owner = to.model.kpis[measure.kpi] ?? from.model.kpis[measure.kpi];
    return [
      {
        column: {
          kind: 'measure',
          id: measure.id,
          name: measure.name,
          label: {
            da: `${measure.name} (${owner?.label.da ?? measure.kpi})`,
            en: `${measure.name} (${owner?.label.en ?? measure.kpi})`,
          },
          unit: measure.unit.text,
          decimals: measure.decimals,
          versions: null,
        },
        before: before?.id ?? null,
        after: after?.id ?? null,
        kpis: [...new Set([before, after].flatMap((each) => (each ? [each.kpi] : [])))],
        ...reads(from, to, before ? [before.id] : [], after ? [after.id] : []),
      },
    ];
  });
}

/** Of equal meaning, whatever they are called; then of equal name, whatever they mean. */
function pairsOf(
  then: ReadonlyMap<string, Measure>,
  now: ReadonlyMap<string, Measure>,
): [Measure | undefined, Measure | undefined][] {
  const gone = [...then].flatMap(([meaning, measure]) => (now.has(meaning) ? [] : [measure]));
  const pairs = [...now].map(([meaning, measure]): [Measure | undefined, Measure | undefined] => [
    then.get(meaning) ?? gone.find(({ id }) => id === measure.id),
    measure,
  ]);
  const paired = new Set(pairs.map(([before]) => before));
  return [...pairs, ...gone.flatMap((each): typeof pairs => (paired.has(each) ? [] : [[each, undefined]]))];
}

/** Measures of an edition's KPIs by what they mean, whatever they are called, without those that are a KPI. */
function differentMeasures({ model, cube }: OpenEdition): Map<string, Measure> {
  const kpis = cube.kpis.flatMap((id) => model.kpis[id] ?? []);
  const plain = new Set(
    kpis.flatMap(({ expression }) => (expression.kind === 'measure' ? [expression.measure] : [])),
  );
  const shown = new Set([...plain].flatMap((id) => meaningIn(model, id)));
  const found = new Map<string, Measure>();
  for (const id of kpis.flatMap(({ measures }) => measures)) {
    const measure = model.measures[id];
    const [meaning] = meaningIn(model, id);
    if (!measure || meaning === undefined || shown.has(meaning) || found.has(meaning)) continue;
    found.set(meaning, measure);
  }
  return found;
}

/** What a measure is, without its name: a measure that got another one is the same. */
function meaningIn(model: SemanticModel, id: string): string[] {
  const measure = model.measures[id];
  if (!measure) return [];
  const { source, aggregate, column, key, share, reached, where, accounts, unit, over, overTime, alignment } =
    measure;
  const missing = model.kpis[measure.kpi]?.missing;
  const said = { source, aggregate, column, key, share, reached, where, sign: accounts?.sign };
  const rules = { unit: unit.text, over, overTime, alignment, missing };
  return [
    JSON.stringify([said, rules], (name, value: unknown) => (isPlace(name, value) ? undefined : value)),
  ];
}

function reads(
  from: OpenEdition,
  to: OpenEdition,
  before: readonly string[],
  after: readonly string[],
): Pick<AskedColumn, 'sources' | 'periodSources' | 'dimensions'> {
  const used = (edition: OpenEdition, measures: readonly string[]) => [
    ...new Set(measures.flatMap((id) => edition.model.measures[id]?.source ?? [])),
  ];
  const [then, now] = [used(from, before), used(to, after)];
  const shared = to.cube.dimensions.filter((id) => from.cube.dimensions.includes(id));
  const dimensions = shared.filter(
    (id) =>
      then.every((source) => hasDimension(from, source, id)) &&
      now.every((source) => hasDimension(to, source, id)),
  );
  const weights = (edition: OpenEdition, measures: readonly string[]) =>
    used(
      edition,
      measures.flatMap((id) => withWeights(id, edition.model.measures)),
    );
  const following = (edition: OpenEdition, measures: readonly string[]) => {
    const own = measures.filter((id) => edition.model.measures[id]?.alignment.kind === 'same');
    return used(edition, own.length > 0 ? own : measures);
  };
  return {
    sources: [...new Set([...then, ...now, ...weights(from, before), ...weights(to, after)])],
    periodSources: [...new Set([...following(from, before), ...following(to, after)])],
    dimensions,
  };
}

const hasDimension = ({ model }: OpenEdition, source: string, dimension: string): boolean =>
  (model.sources[source]?.columns ?? []).some(
    (column) => column.kind === 'code' && column.dimension === dimension,
  );
