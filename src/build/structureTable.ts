import type { Table } from '../catalog/types.ts';
import { structureOf } from '../model/structure.ts';
import type { Dimension, SemanticModel } from '../model/types.ts';

/** The dated structure of a dimension as an edition keeps it: a row per finest member and stretch of time. */
export function structureTable(model: SemanticModel, dimension: Dimension): Table {
  const rows = structureOf(model, dimension);
  const text = (name: string, values: readonly string[]) => ({ name, type: 'text', values }) as const;
  const leaves = rows.map(({ leaf }) => leaf);
  const above = dimension.levels.filter((level) => level !== dimension.leaf);
  const codesAt = (level: string) => rows.map(({ levels }) => levels[level] ?? '');
  const starts = rows.map(({ validFrom }) => validFrom);
  const ends = rows.map(({ validTo }) => validTo);
  const expected = rows.map((row) => (row.expected ? 1 : 0));
  return {
    rows: rows.length,
    columns: [
      text(dimension.leaf, leaves),
      ...above.map((level) => text(level, codesAt(level))),
      text('valid_from', starts),
      text('valid_to', ends),
      { name: 'expected', type: 'integer', values: expected },
    ],
  };
}
