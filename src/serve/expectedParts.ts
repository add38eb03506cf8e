import { evaluateCondition } from '../formula/evaluate.ts';
import { conjuncts, namesIn } from '../formula/walk.ts';
import { groupBy } from '../model/groupBy.ts';
import { inGroups } from '../model/groups.ts';
import type { StructureRow } from '../model/structure.ts';
import { type Measure, type SemanticModel, type SourceColumn, unknownMember } from '../model/types.ts';
import type { BoundLevel, MeasureUse, PeriodPair } from '../query/bound.ts';
import { type Days, daysOf, isPlaced } from '../query/figureDate.ts';

type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

/** Expected parts of a measure in a cell, source period by source period; null: no one has said. */
export type PartsOf = (
  use: MeasureUse,
  period: string,
  members: readonly string[],
) => readonly ExpectedParts[] | null;

/** Structure rows of a dimension that filters let through. */
export type SliceOf = (dimension: string, filters: MeasureUse['filters']) => readonly StructureRow[];

export interface ExpectedParts {
  readonly source: string;
  readonly parts: number;
}

/**
 * A part is one expected member of every column that expects any, in one source period: a kommune, or a
 * kommune x sex x age. Each column counts by itself, so the parts of a cell are the product of its
 * columns' members, added up over its periods. `without` names dimensions that are not counted.
 */
export function expectedParts(
  model: SemanticModel,
  slice: SliceOf,
  without: (use: MeasureUse) => readonly string[],
): PartsOf {
  const counted = new Map<string, Map<string, number>>();
  const membersOn = (use: MeasureUse, column: CodeColumn, on: Days): Map<string, number> => {
    const key = [alikeOf(use, column), on.structure, on.figures].join('\n');
    const known = counted.get(key);
    if (known) return known;
    const levels = levelsOf(use, column.dimension);
    const meant = meantOf(use.measure, column);
    const rows = inGroups(model, column.dimension, slice(column.dimension, use.filters), levels).filter(
      (row) => isExpected(column, row) && isPlaced(row, on) && isMeant(meant, row),
    );
    const counts = countByMembers(rows, levels);
    counted.set(key, counts);
    return counts;
  };
  // Most measures of a question count the same members on the same days.
  const alike = new Map<MeasureUse, Map<CodeColumn, string>>();
  const alikeOf = (use: MeasureUse, column: CodeColumn): string => {
    const ofUse = alike.get(use) ?? new Map<CodeColumn, string>();
    alike.set(use, ofUse);
    const { name, dimension } = column;
    const filters = use.filters.filter((filter) => filter.dimension === dimension);
    const known =
      ofUse.get(column) ??
      JSON.stringify([
        use.measure.source,
        name,
        levelsOf(use, dimension),
        filters.map(({ condition }) => condition),
        meantOf(use.measure, column),
      ]);
    ofUse.set(column, known);
    return known;
  };
  const countings = new Map<MeasureUse, Counting>();
  const countingOf = (use: MeasureUse): Counting => {
    const known = countings.get(use);
    if (known !== undefined) return known;
    const left = without(use);
    const columns = use.coverageDimensions.flatMap((each) => columnOf(model, use.measure.source, each) ?? []);
    const isSaid = columns.every(({ expect }) => expect !== 'delivered');
    const counting: Counting = {
      known: new Set([...left, ...(isSaid ? columns.map(({ dimension }) => dimension) : [])]),
      isSaid,
      columns: columns.filter(({ dimension }) => !left.includes(dimension)),
      pairs: groupBy(
        use.pairs.map((pair) => ({ ...pair, days: daysOf(model, use.measure, pair) })),
        ({ out }) => out,
      ),
    };
    countings.set(use, counting);
    return counting;
  };
  return (use, period, members) => {
    const { known, isSaid, columns: counting, pairs: byPeriod } = countingOf(use);
    const pairs = byPeriod.get(period) ?? [];
    const unknown = asksForUnknown(use, members, known);
    if (!isSaid && !unknown) return null;
    const partsOn = (on: Days): number =>
      counting.reduce((product, column) => {
        const key = membersOf(use, column.dimension, members).join('\n');
        return product * (membersOn(use, column, on).get(key) ?? 0);
      }, 1);
    return pairs.map((pair) => ({
      source: pair.source,
      parts: unknown ? 0 : partsOn(pair.days),
    }));
  };
}

/** What is counted of a measure, the same for all of its cells. */
interface Counting {
  /** Dimensions whose unknown member is no sign that nobody is expected. */
  readonly known: ReadonlySet<string>;
  /** Whether the contract says of every part whom it expects. */
  readonly isSaid: boolean;
  readonly columns: readonly CodeColumn[];
  /** The days of a pair are worked out once: a cell of a year of days has 365 of them. */
  readonly pairs: ReadonlyMap<string, readonly (PeriodPair & { readonly days: Days })[]>;
}

/**
 * What has no code is expected of nobody, whatever it is the unknown member of. Only of a dimension that is
 * counted can the unknown member hold someone who is expected: a kommune that lies in no region.
 */
function asksForUnknown(
  { levels }: MeasureUse,
  members: readonly string[],
  known: ReadonlySet<string>,
): boolean {
  return members.some((code, at) => code === unknownMember && !known.has(levels[at]?.dimension ?? ''));
}

/** Codes at the asked levels to the number of finest members below them; one that was split counts once. */
function countByMembers(rows: readonly StructureRow[], levels: readonly string[]): Map<string, number> {
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    const key = levels.map((level) => row.levels[level] ?? '').join('\n');
    found.set(key, (found.get(key) ?? new Set()).add(row.leaf));
  }
  return new Map([...found].map(([key, leaves]) => [key, leaves.size]));
}

/** What a measure asks of one column alone. Conditions on other columns leave it open. */
function meantOf({ where }: Measure, { name: own }: CodeColumn) {
  const all = where === null ? [] : conjuncts(where);
  return all.filter((condition) => namesIn(condition).every(({ name }) => name === own));
}

/** A measure that takes only women expects no men. */
function isMeant(conditions: ReturnType<typeof meantOf>, { leaf }: StructureRow): boolean {
  return conditions.every((condition) => evaluateCondition(condition, () => leaf) !== false);
}

/** The codes, among those of a whole cell, that belong to levels of one dimension. */
function membersOf({ levels }: MeasureUse, dimension: string, members: readonly string[]): string[] {
  return members.filter((_, position) => levels[position]?.dimension === dimension);
}

export function columnOf(model: SemanticModel, source: string, dimension: string): CodeColumn | undefined {
  return model.sources[source]?.columns.find(
    (column): column is CodeColumn => column.kind === 'code' && column.dimension === dimension,
  );
}

export function levelsOf(asked: { readonly levels: readonly BoundLevel[] }, dimension: string): string[] {
  return asked.levels.flatMap((level) =>
    level.kind === 'member' && level.dimension === dimension ? [level.name] : [],
  );
}

/** A member that became another is expected in the periods in which it held, whatever the structure asked for. */
export function isExpected(column: CodeColumn, row: StructureRow): boolean {
  if (column.expect === 'all') return row.expected;
  return column.expect.includes(row.leaf) && (row.mapping?.holds ?? true);
}

export function validOn(row: StructureRow, date: string): boolean {
  return row.validFrom <= date && date <= row.validTo;
}
