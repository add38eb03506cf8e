import { compareCodes } from '../model/codeOrder.ts';
import { timeLevels } from '../model/periods.ts';
import { compare, negate, type Rational, subtract, zero } from '../model/rational.ts';
import type { Status } from '../model/status.ts';
import type { Entry, Grid, Ledger } from './types.ts';

/** How many figures moved from number to number, became one, ceased to be one, or changed why they are none. */
export type Counts = Readonly<Record<Entry['change'], number>>;

/** What people want to know of a ledger first. Figures are counted once: at one level, by the finest time. */
export interface LedgerSummary {
  /** KPIs with a figure that is not the same, in the ledger's order. */
  readonly kpis: readonly KpiSummary[];
  /** Members of the level that figures are counted at, those with most of them first. */
  readonly places: readonly PlaceSummary[];
  /** In the ledger's order. */
  readonly causes: readonly CauseSummary[];
  /** Of each KPI those that moved furthest. */
  readonly movers: readonly Entry[];
  /** What became a number, is none any more, or is none for another reason. */
  readonly statuses: readonly StatusSummary[];
  /** Components as they are stored, by source and measure. */
  readonly cells: readonly { readonly column: number; readonly counts: Counts }[];
}

export interface KpiSummary {
  readonly column: number;
  readonly counts: Counts;
  /** The country in the newest period in which it moved; where it nowhere did, in none. */
  readonly country: Entry | null;
}

export interface PlaceSummary {
  readonly member: string;
  readonly counts: Counts;
  /** How many KPIs it concerns. */
  readonly kpis: number;
}

export interface CauseSummary {
  readonly cause: number;
  /** Figures that it has a part in. */
  readonly counts: Counts;
  readonly kpis: number;
}

export interface StatusSummary {
  readonly column: number;
  /** Null: there was no such figure at all. */
  readonly before: Status | null;
  readonly after: Status | null;
  readonly causes: readonly number[];
  readonly figures: number;
  readonly periods: readonly string[];
}

export interface SummaryOptions {
  /** The level that figures are counted at, `kommune`; KPIs that have none such are counted at their grain. */
  readonly level: string;
  /** Movers of each KPI. */
  readonly top: number;
}

export function summarize(ledger: Ledger, { level, top }: SummaryOptions): LedgerSummary {
  const byColumn = new Map<number, Entry[]>();
  for (const entry of ledger.entries) {
    const own = byColumn.get(entry.column);
    if (own) own.push(entry);
    else byColumn.set(entry.column, [entry]);
  }
  const counted: Entry[] = [];
  const kpis: KpiSummary[] = [];
  const movers: Entry[] = [];
  for (const [column, { kind }] of ledger.columns.entries()) {
    const all = byColumn.get(column) ?? [];
    if (kind !== 'kpi' || all.length === 0) continue;
    const finest = inFinestTime(ledger, all);
    const own = countedOf(ledger, finest, level);
    for (const entry of own) counted.push(entry);
    kpis.push({ column, counts: countsOf(own), country: newestMove(countryOf(ledger, finest)) });
    movers.push(...furthest(own, top));
  }
  return {
    kpis,
    places: placesOf(ledger, counted, level),
    causes: ledger.causes.map((_, cause) => {
      const own = counted.filter(({ causes }) => causes.includes(cause));
      return { cause, counts: countsOf(own), kpis: new Set(own.map(({ column }) => column)).size };
    }),
    movers,
    statuses: statusesOf(counted),
    cells: ledger.columns.flatMap(({ kind }, column) => {
      const own = byColumn.get(column) ?? [];
      return kind === 'cell' && own.length > 0 ? [{ column, counts: countsOf(own) }] : [];
    }),
  };
}

export function countsOf(entries: readonly Entry[]): Counts {
  const counts = { moved: 0, new: 0, gone: 0, status: 0 };
  for (const { change } of entries) counts[change] += 1;
  return counts;
}

const gridOf = ({ grids }: Ledger, { grid }: Entry): Grid | undefined => grids[grid];

/** Coarser periods say the same again. */
function inFinestTime(ledger: Ledger, entries: readonly Entry[]): readonly Entry[] {
  const times = new Set(entries.map((entry) => gridOf(ledger, entry)?.time));
  const finest = timeLevels.find((time) => times.has(time));
  return entries.filter((entry) => gridOf(ledger, entry)?.time === finest);
}

function countedOf(ledger: Ledger, entries: readonly Entry[], level: string): readonly Entry[] {
  const at = entries.filter((entry) => isAt(gridOf(ledger, entry), [level]));
  return at.length > 0 ? at : entries.filter((entry) => gridOf(ledger, entry)?.grain === true);
}

const isAt = (grid: Grid | undefined, levels: readonly string[]): boolean =>
  grid !== undefined &&
  grid.levels.length === levels.length &&
  levels.every((each, at) => grid.levels[at] === each);

/** Where there is a level of the country, what could not be placed stands beside it and is not of it. */
function countryOf(ledger: Ledger, entries: readonly Entry[]): readonly Entry[] {
  const land = entries.filter((entry) => isAt(gridOf(ledger, entry), ['land']) && entry.members[0] === '000');
  return land.length > 0 ? land : entries.filter((entry) => isAt(gridOf(ledger, entry), []));
}

function newestMove(entries: readonly Entry[]): Entry | null {
  let newest: Entry | null = null;
  for (const entry of entries)
    if (entry.change === 'moved' && (newest === null || entry.period > newest.period)) newest = entry;
  return newest;
}

/** How far a figure moved, with its sign; null where it is not a number both times. */
export function differenceOf({ before, after }: Entry): Rational | null {
  return before?.value && after?.value ? subtract(after.value, before.value) : null;
}

export const distanceOf = (entry: Entry): Rational => {
  const difference = differenceOf(entry) ?? zero;
  return compare(difference, zero) < 0 ? negate(difference) : difference;
};

/** Equal distances in the order of the ledger. */
function furthest(entries: readonly Entry[], top: number): readonly Entry[] {
  return entries
    .filter(({ change }) => change === 'moved')
    .map((entry) => ({ entry, distance: distanceOf(entry) }))
    .sort((one, other) => compare(other.distance, one.distance))
    .slice(0, top)
    .map(({ entry }) => entry);
}

function placesOf(ledger: Ledger, counted: readonly Entry[], level: string): readonly PlaceSummary[] {
  const places = new Map<string, Entry[]>();
  for (const entry of counted) {
    const at = gridOf(ledger, entry)?.levels.indexOf(level) ?? -1;
    const member = entry.members[at];
    if (member === undefined) continue;
    const own = places.get(member);
    if (own) own.push(entry);
    else places.set(member, [entry]);
  }
  return [...places]
    .map(([member, own]) => ({
      member,
      counts: countsOf(own),
      kpis: new Set(own.map(({ column }) => column)).size,
    }))
    .sort((one, other) => total(other.counts) - total(one.counts) || compareCodes(one.member, other.member));
}

export const total = ({ moved, new: came, gone, status }: Counts): number => moved + came + gone + status;

function statusesOf(counted: readonly Entry[]): readonly StatusSummary[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of counted) {
    if (entry.change === 'moved') continue;
    const { column, before, after, causes } = entry;
    const key = JSON.stringify([column, before?.status ?? null, after?.status ?? null, causes]);
    const own = groups.get(key);
    if (own) own.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return {
      column: first.column,
      before: first.before?.status ?? null,
      after: first.after?.status ?? null,
      causes: first.causes,
      figures: own.length,
      periods: [...new Set(own.map(({ period }) => period))].sort(),
    };
  });
}
