import { compareCodes } from '../model/codeOrder.ts';
import type { StructureRow } from '../model/structure.ts';
import type { SemanticModel, SourceColumn } from '../model/types.ts';
import type { BoundQuery, MeasureUse } from '../query/bound.ts';
import { sliceOf } from '../query/slice.ts';
import { cellKey } from './components.ts';

type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

/** What a complete delivery would hold, as far as the definitions say. */
export interface Expectation {
  /** Expected parts (members x source periods) of a measure in a cell; null: no one has said. */
  readonly partsOf: (use: MeasureUse, period: string, members: readonly string[]) => number | null;
  /** Tuples of codes at the asked levels that must be in the answer, per period. */
  readonly members: (period: string) => readonly (readonly string[])[];
}

/** Builds the expectation of a question; `found` are the codes met in the figures, per asked level. */
export function expectationOf(
  query: BoundQuery,
  model: SemanticModel,
  found: readonly ReadonlySet<string>[],
): Expectation {
  const slices = new Map<string, StructureRow[]>();
  const slice = (dimension: string): StructureRow[] => {
    const known = slices.get(dimension);
    if (known) return known;
    const rows = sliceOf(model, dimension, query.filters);
    slices.set(dimension, rows);
    return rows;
  };
  const counts = new Map<MeasureUse, Map<string, number>>();
  const partsOf: Expectation['partsOf'] = (use, period, members) => {
    if (use.coverageDimension === null) return use.pairs.filter(({ out }) => out === period).length;
    const column = columnOf(model, use.measure.source, use.coverageDimension);
    if (!column || column.expect === 'delivered') return null;
    const counted = counts.get(use) ?? countParts(query, use, column, slice(use.coverageDimension));
    counts.set(use, counted);
    return counted.get(cellKey(period, membersOf(query, use.coverageDimension, members))) ?? 0;
  };
  return { partsOf, members: (period) => expectedMembers(query, model, slice, found, period) };
}

function columnOf(model: SemanticModel, source: string, dimension: string): CodeColumn | undefined {
  return model.sources[source]?.columns.find(
    (column): column is CodeColumn => column.kind === 'code' && column.dimension === dimension,
  );
}

/** The codes, among those of a whole cell, that belong to levels of one dimension. */
function membersOf(query: BoundQuery, dimension: string, members: readonly string[]): string[] {
  const levels = query.levels.filter((level) => level.kind === 'member');
  return members.filter(
    (_, position) => levels[position]?.kind === 'member' && levels[position]?.dimension === dimension,
  );
}

/** Expected parts by period and the codes at the dimension's asked levels. */
function countParts(
  query: BoundQuery,
  use: MeasureUse,
  column: CodeColumn,
  rows: readonly StructureRow[],
): Map<string, number> {
  const levels = levelsOf(query, column.dimension);
  const counted = new Map<string, number>();
  for (const pair of use.pairs) {
    for (const row of rows) {
      if (!isExpected(column, row) || !validOn(row, pair.structureDate)) continue;
      const key = cellKey(
        pair.out,
        levels.map((level) => row.levels[level] ?? ''),
      );
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
  }
  return counted;
}

function levelsOf(query: BoundQuery, dimension: string): string[] {
  return query.levels.flatMap((level) =>
    level.kind === 'member' && level.dimension === dimension ? [level.name] : [],
  );
}

function isExpected(column: CodeColumn, row: StructureRow): boolean {
  return column.expect === 'all' ? row.expected : column.expect.includes(row.leaf);
}

function validOn(row: StructureRow, date: string): boolean {
  return row.validFrom <= date && date <= row.validTo;
}

/** Every combination of expected members: what nobody delivered is shown as such, not left out. */
function expectedMembers(
  query: BoundQuery,
  model: SemanticModel,
  slice: (dimension: string) => readonly StructureRow[],
  found: readonly ReadonlySet<string>[],
  period: string,
): string[][] {
  const asked = query.levels.filter((level) => level.kind === 'member');
  const dimensions = [...new Set(asked.map(({ dimension }) => dimension))];
  let tuples: Record<string, string>[] = [{}];
  for (const dimension of dimensions) {
    const levels = levelsOf(query, dimension);
    const choices =
      choicesOf(query, model, slice(dimension), dimension, levels, period) ??
      foundChoices(asked, found, levels);
    tuples = tuples.flatMap((tuple) => choices.map((choice) => ({ ...tuple, ...choice })));
  }
  return tuples.map((tuple) => asked.map(({ name }) => tuple[name] ?? ''));
}

/** Members of a dimension that some source expects; null where all take what came. */
function choicesOf(
  query: BoundQuery,
  model: SemanticModel,
  rows: readonly StructureRow[],
  dimension: string,
  levels: readonly string[],
  period: string,
): Record<string, string>[] | null {
  const uses = query.measures.flatMap((use) => {
    const column = columnOf(model, use.measure.source, dimension);
    return column && column.expect !== 'delivered' ? [{ use, column }] : [];
  });
  if (uses.length === 0) return null;
  const choices = new Map<string, Record<string, string>>();
  for (const { use, column } of uses) {
    const dates = new Set(
      use.pairs.filter(({ out }) => out === period).map(({ structureDate }) => structureDate),
    );
    for (const date of dates) {
      for (const row of rows) {
        if (!isExpected(column, row) || !validOn(row, date)) continue;
        const choice = Object.fromEntries(levels.map((level) => [level, row.levels[level] ?? '']));
        choices.set(JSON.stringify(choice), choice);
      }
    }
  }
  return [...choices.values()];
}

function foundChoices(
  asked: readonly { readonly name: string }[],
  found: readonly ReadonlySet<string>[],
  levels: readonly string[],
): Record<string, string>[] {
  const [level] = levels;
  if (level === undefined || levels.length > 1) return [];
  const position = asked.findIndex(({ name }) => name === level);
  return [...(found[position] ?? [])].sort(compareCodes).map((code) => ({ [level]: code }));
}
