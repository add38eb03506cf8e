import type { DeliveredBy } from '../catalog/types.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { deliveredSource } from '../model/deliveredSource.ts';
import { type CodeColumn, delivererOf, isSameRole } from '../model/deliverer.ts';
import { groupBy } from '../model/groupBy.ts';
import { inGroups } from '../model/groups.ts';
import { parsePeriod, periodsBetween } from '../model/periods.ts';
import { shiftPeriod } from '../model/rowPeriods.ts';
import { type StructureRow, structureOf } from '../model/structure.ts';
import type { SemanticModel, Source } from '../model/types.ts';
import type { MeasureUse, PeriodPair } from '../query/bound.ts';
import { daysOf, isPlaced } from '../query/figureDate.ts';
import { isByThursday } from '../query/sourcePeriods.ts';
import { isExpected, levelsOf, type SliceOf } from './expectedParts.ts';

/** Of those who deliver a cell's part of a source, how many should and how many did, in one source period. */
export interface PresentParts {
  readonly source: string;
  readonly expected: number;
  readonly present: number;
  /** Whether rows of the part can lie with any deliverer, so that all of the country's count. */
  readonly isOfAll: boolean;
}

/** Period by period; null of a source whose silence says nothing. */
export type PresentOf = (
  use: MeasureUse,
  period: string,
  members: readonly string[],
) => readonly PresentParts[] | null;

/**
 * Where silence is zero, a part is whoever delivers, and it is known when anything of the source came from
 * there in the period, whatever the slice. A measure by another role than the deliverer's (pupils by where
 * they live, delivered by who owns the school) can lack rows from any deliverer, so all of them count.
 */
export function presentParts(
  model: SemanticModel,
  slice: SliceOf,
  delivered: ReadonlyMap<string, DeliveredBy>,
): PresentOf {
  const prepared = new Map<MeasureUse, Prepared | null>();
  const preparedOf = (use: MeasureUse): Prepared | null => {
    const known = prepared.get(use);
    if (known !== undefined) return known;
    const made = prepare(model, slice, delivered, use);
    prepared.set(use, made);
    return made;
  };
  return (use, period, members) => {
    const found = preparedOf(use);
    if (found === null) return null;
    const key = codesAt(use, found.narrows ? found.column.dimension : null, members).join('\n');
    return (found.pairs.get(period) ?? []).map((pair) => ({
      source: pair.source,
      ...(found.countsOn(pair).get(key) ?? { expected: 0, present: 0 }),
      isOfAll: !found.narrows,
    }));
  };
}

/**
 * Who should have delivered what a use reads and did not, in each source period, whatever is asked of it; null of a
 * source whose silence says nothing.
 */
export function absentDeliverers(
  model: SemanticModel,
  slice: SliceOf,
  delivered: ReadonlyMap<string, DeliveredBy>,
  use: MeasureUse,
  held: ReadonlySet<string>,
): readonly { readonly source: string; readonly level: string; readonly codes: readonly string[] }[] | null {
  const prepared = prepare(model, slice, delivered, use);
  if (prepared === null) return null;
  const level = model.dimensions[prepared.column.dimension]?.leaf ?? prepared.column.dimension;
  const pairs = new Map([...prepared.pairs.values()].flat().map((pair) => [pair.source, pair]));
  return [...pairs.values()].map((pair) => ({
    source: pair.source,
    level,
    codes: prepared.absentOn(pair, held.has(pair.source)),
  }));
}

interface Prepared {
  readonly column: CodeColumn;
  /** Whether the asked members and filters say who should have delivered. */
  readonly narrows: boolean;
  readonly pairs: ReadonlyMap<string, readonly PeriodPair[]>;
  readonly countsOn: (pair: PeriodPair) => ReadonlyMap<string, Counts>;
  /** Codes of those who should have delivered and did not, of all members that filters let through. */
  readonly absentOn: (pair: PeriodPair, isHeld: boolean) => readonly string[];
}

interface Counts {
  readonly expected: number;
  readonly present: number;
}

function prepare(
  model: SemanticModel,
  slice: SliceOf,
  delivered: ReadonlyMap<string, DeliveredBy>,
  use: MeasureUse,
): Prepared | null {
  const root = deliveredSource(model, use.measure.source);
  const column = root && delivererOf(root);
  const dimension = column && model.dimensions[column.dimension];
  if (!root || !column || !dimension) return null;
  const narrows = isSameRole(model.sources[use.measure.source], column);
  const levels = narrows ? levelsOf(use, column.dimension) : [];
  const rows = narrows
    ? inGroups(model, column.dimension, slice(column.dimension, use.filters), levels)
    : structureOf(model, dimension);
  const came = cameOf(model, use.measure.source, delivered);
  const counted = new Map<string, ReadonlyMap<string, Counts>>();
  const expectedOn = (pair: PeriodPair) => {
    const days = daysOf(model, use.measure, pair);
    return rows.filter((row) => isExpected(column, row) && isPlaced(row, days));
  };
  return {
    column,
    narrows,
    pairs: groupBy(use.pairs, ({ out }) => out),
    countsOn: (pair) => {
      const { source } = pair;
      const key = `${source}\n${pair.structureDate}`;
      const known = counted.get(key);
      if (known) return known;
      const present = came(source);
      const counts = countByMembers(expectedOn(pair), levels, present);
      counted.set(key, counts);
      return counts;
    },
    absentOn: (pair, isHeld) => {
      const present = isHeld ? came(pair.source) : nobody;
      const codes = new Set(expectedOn(pair).map(({ leaf }) => leaf));
      return [...codes].filter((code) => !present.has(code)).sort(compareCodes);
    },
  };
}

function countByMembers(
  rows: readonly StructureRow[],
  levels: readonly string[],
  present: ReadonlySet<string>,
): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  // A member that was split has a row for each part, and delivers once.
  const counted = new Set<string>();
  for (const row of rows) {
    const key = levels.map((level) => row.levels[level] ?? '').join('\n');
    const once = `${row.leaf}\n${key}`;
    if (counted.has(once)) continue;
    counted.add(once);
    const before = counts.get(key) ?? { expected: 0, present: 0 };
    counts.set(key, {
      expected: before.expected + 1,
      present: before.present + (present.has(row.leaf) ? 1 : 0),
    });
  }
  return counts;
}

/** The codes, among those of a whole cell, that belong to levels of one dimension. */
function codesAt({ levels }: MeasureUse, dimension: string | null, members: readonly string[]): string[] {
  return members.filter((_, position) => dimension !== null && levels[position]?.dimension === dimension);
}

/**
 * Who delivered all that a period of a relation is made of: the period of its source, and those that its rows were
 * looked up in.
 */
function cameOf(
  model: SemanticModel,
  id: string,
  delivered: ReadonlyMap<string, DeliveredBy>,
): (period: string) => ReadonlySet<string> {
  const derivation = model.sources[id]?.derivation;
  if (!derivation) return cameIn(model.sources[id], delivered.get(id));
  const before = cameOf(model, derivation.from, delivered);
  const looked = derivation.steps.flatMap(({ step }) =>
    step.kind === 'match' && step.deliverers && step.shift
      ? [
          {
            shift: step.shift,
            came: cameIn(model.sources[step.deliverers.source], delivered.get(step.deliverers.source)),
          },
        ]
      : [],
  );
  if (looked.length === 0) return before;
  return (code) => {
    const period = parsePeriod(code);
    if (!period) return nobody;
    const there = looked.flatMap(({ shift, came }) =>
      periodsBetween(period.firstDay, period.lastDay, shift.level).map((each) =>
        came(shiftPeriod(each.code, shift.level, shift.by)),
      ),
    );
    return inAll([before(code), ...there]);
  };
}

const nobody: ReadonlySet<string> = new Set();

/** Who delivered a period of a relation: of the same period of the source, or of every period that belongs to it. */
function cameIn(
  source: Source | undefined,
  delivered: DeliveredBy | undefined,
): (period: string) => ReadonlySet<string> {
  const periods = Object.keys(delivered?.periods ?? {});
  const known = new Map<string, ReadonlySet<string>>();
  const codesOf = (code: string) => new Set(delivered?.periods[code] ?? []);
  const find = (code: string): ReadonlySet<string> => {
    if (delivered?.periods[code]) return codesOf(code);
    const wanted = parsePeriod(code);
    if (!wanted) return nobody;
    const parsed = periods.flatMap((each) => parsePeriod(each) ?? []);
    const within = parsed.filter((period) => {
      const day = source && isByThursday(source) ? period.firstDay + 3 : period.lastDay;
      return day >= wanted.firstDay && day <= wanted.lastDay;
    });
    return inAll(within.map((period) => codesOf(period.code)));
  };
  return (code) => {
    const before = known.get(code);
    if (before) return before;
    const found = find(code);
    known.set(code, found);
    return found;
  };
}

function inAll(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = nobody, ...rest] = sets;
  return new Set([...first].filter((code) => rest.every((set) => set.has(code))));
}
