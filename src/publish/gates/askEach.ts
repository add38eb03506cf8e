import type { EditionManifest } from '../../catalog/types.ts';
import { groupBy } from '../../model/groupBy.ts';
import { levelOfFrequency, parsePeriod, type TimeLevel, timeLevels } from '../../model/periods.ts';
import type { SemanticModel } from '../../model/types.ts';
import type { Cell } from '../../query/answer.ts';
import { slicedBy } from '../../query/ownGrain.ts';
import type { Request } from '../../query/request.ts';
import type { Version } from './gate.ts';

/** One figure of a KPI. */
export interface Figure {
  /** Codes with `/` between; empty for the whole. */
  readonly member: string;
  readonly period: string;
  readonly cell: Cell;
}

/** Figures of one KPI, or why it cannot be asked for. */
export type Asked =
  | {
      readonly kind: 'figures';
      readonly figures: readonly Figure[];
      /** Which way the answer came. */
      readonly route: 'cells' | 'base';
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Wanted {
  readonly kpi: string;
  /** A period or a range of periods. */
  readonly period: string;
}

export interface How {
  readonly level: string | null;
  /** Each period by itself, or all of them as one. */
  readonly eachPeriod: boolean;
  readonly route?: Request['route'];
}

/** Asks for several KPIs in as few questions as there can be. */
export async function askEach(
  version: Version,
  wanted: readonly Wanted[],
  how: How,
): Promise<ReadonlyMap<string, Asked>> {
  const found = new Map<string, Asked>();
  const alike = groupBy(wanted, ({ kpi, period }) =>
    JSON.stringify([period, ...byOf(version.model, kpi, how)]),
  );
  for (const group of alike.values()) {
    const [first] = group;
    if (!first) continue;
    const by = byOf(version.model, first.kpi, how);
    for (const [kpi, asked] of await askTogether(version, group, by, how)) found.set(kpi, asked);
  }
  return found;
}

/** What a KPI must be asked by: what it does not add over, the level wanted, and the length of its own periods. */
export function byOf(model: SemanticModel, kpi: string, { level, eachPeriod }: How): string[] {
  const members = [...slicedBy(model, kpi), ...(level === null ? [] : [level])];
  return [...new Set(members), ...(eachPeriod ? [ownLevel(model, kpi)] : [])];
}

/** One that cannot be asked for must not spoil the others, so that they are halved until it stands alone. */
async function askTogether(
  version: Version,
  group: readonly Wanted[],
  by: readonly string[],
  how: How,
): Promise<readonly (readonly [string, Asked])[]> {
  const period = group[0]?.period ?? '';
  const { value, diagnostics } = await version.ask({
    cube: version.cube.id,
    kpis: group.map(({ kpi }) => kpi),
    by,
    period,
    ...(how.route ? { route: how.route } : {}),
  });
  if (value) {
    return group.map(({ kpi }, column) => {
      const figures = value.rows.flatMap(({ members, cells }): Figure[] => {
        const cell = cells[column];
        const codes = how.eachPeriod ? members.slice(0, -1) : members;
        const own = how.eachPeriod ? (members.at(-1) ?? '') : period;
        return cell ? [{ member: codes.join('/'), period: own, cell }] : [];
      });
      return [kpi, { kind: 'figures', figures, route: value.route.kind }] as const;
    });
  }
  if (group.length === 1) {
    const reason = diagnostics.map(({ message }) => message).join(' ');
    return group.map(({ kpi }) => [kpi, { kind: 'refused', reason }] as const);
  }
  const half = Math.ceil(group.length / 2);
  return [
    ...(await askTogether(version, group.slice(0, half), by, how)),
    ...(await askTogether(version, group.slice(half), by, how)),
  ];
}

/** The same of periods that need not follow each other: each stretch of them is a question. */
export async function askPeriods(
  version: Version,
  wanted: readonly { readonly kpi: string; readonly periods: readonly string[] }[],
  held: (kpi: string) => readonly string[],
  how: How,
): Promise<ReadonlyMap<string, Asked>> {
  const asks = wanted.flatMap(({ kpi, periods }) =>
    stretches(held(kpi), periods).map((period) => ({ kpi, period })),
  );
  const found = new Map<string, Asked>();
  for (const group of groupBy(asks, ({ period }) => period).values())
    for (const [kpi, asked] of await askEach(version, group, how))
      found.set(kpi, together(found.get(kpi), asked));
  return found;
}

function together(before: Asked | undefined, more: Asked): Asked {
  if (before?.kind !== 'figures' || more.kind !== 'figures')
    return before?.kind === 'refused' ? before : more;
  return { ...more, figures: [...before.figures, ...more.figures] };
}

/** Some of the periods that are held, as stretches without a gap. */
function stretches(held: readonly string[], periods: readonly string[]): readonly string[] {
  const wanted = new Set(periods);
  const runs: string[][] = [];
  for (const [at, period] of held.entries()) {
    if (!wanted.has(period)) continue;
    const isNext = at > 0 && wanted.has(held[at - 1] ?? '');
    if (isNext) runs.at(-1)?.push(period);
    else runs.push([period]);
  }
  return runs.map(stretch);
}

/** Sources whose own periods a KPI follows: what it only weighs by or divides by has others. */
function ownSources(model: SemanticModel, kpi: string): string[] {
  const measures = (model.kpis[kpi]?.measures ?? []).flatMap((id) => model.measures[id] ?? []);
  const own = measures.filter(({ alignment }) => alignment.kind === 'same');
  return [...new Set((own.length > 0 ? own : measures).map(({ source }) => source))];
}

/** The longest of its sources' own periods: it has no figure of a shorter one. */
export function ownLevel(model: SemanticModel, kpi: string): TimeLevel {
  const levels = ownSources(model, kpi).map(
    (source) => levelOfFrequency[model.sources[source]?.frequency ?? 'M'],
  );
  return [...levels].sort((a, b) => timeLevels.indexOf(b) - timeLevels.indexOf(a))[0] ?? 'maaned';
}

/** Periods of a KPI that a version holds something of, in order of time. */
export function heldOf(manifest: EditionManifest, model: SemanticModel, kpi: string): string[] {
  const sources = ownSources(model, kpi);
  const level = ownLevel(model, kpi);
  const held = manifest.tables.flatMap((table) => (sources.includes(table.source) ? table.periods : []));
  return [...new Set(held)]
    .flatMap((code) => parsePeriod(code) ?? [])
    .filter((period) => period.level === level)
    .sort((a, b) => a.firstDay - b.firstDay)
    .map(({ code }) => code);
}

/** The stretch from one period to another, as a request has it. */
export const stretch = (periods: readonly string[]): string =>
  periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? '');
