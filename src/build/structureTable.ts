import type { Table } from '../catalog/types.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { type GroupRow, groupColumn, groupRows } from '../model/groups.ts';
import { denominatorOf } from '../model/mappedStructure.ts';
import { mappingColumn } from '../model/mappingColumns.ts';
import { type Mapping, type StructureRow, structureOf } from '../model/structure.ts';
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
      ...mappingColumns(dimension, rows),
    ],
  };
}

/** Which finest members are in which groups, on which days. */
export function groupTable(model: SemanticModel, level: string): Table {
  const rows = groupRows(model, level);
  const text = (name: string, of: (row: GroupRow) => string) =>
    ({ name, type: 'text', values: rows.map(of) }) as const;
  return {
    rows: rows.length,
    columns: [
      text(groupColumn.group, ({ group }) => group),
      text(groupColumn.member, ({ member }) => member),
      text('valid_from', ({ validFrom }) => validFrom),
      text('valid_to', ({ validTo }) => validTo),
    ],
  };
}

/** Every structure that a cube keeps, by dimension or level of groups. */
export function structureTables(model: SemanticModel, dimensions: readonly string[]): [string, Table][] {
  return [...dimensions].sort().flatMap((id): [string, Table][] => {
    const dimension = model.dimensions[id];
    if (!dimension) return [];
    return [
      [id, structureTable(model, dimension)],
      ...(dimension.groups ?? []).map((level): [string, Table] => [level, groupTable(model, level)]),
    ];
  });
}

/** Columns of a dimension whose members have successors: which figures a row is of, and where they go. */
function mappingColumns(dimension: Dimension, rows: readonly StructureRow[]): Table['columns'] {
  if (rows.every(({ mapping }) => mapping === undefined)) return [];
  const denominator = denominatorOf(rows);
  const text = (name: string, of: (row: StructureRow, mapping: Mapping) => string) =>
    ({ name, type: 'text', values: rows.map((row) => of(row, mappingOf(row))) }) as const;
  const number = (name: string, of: (mapping: Mapping) => number) =>
    ({ name, type: 'integer', values: rows.map((row) => of(mappingOf(row))) }) as const;
  return [
    text(mappingColumn.member, (row) => row.levels[dimension.leaf] ?? row.leaf),
    text(mappingColumn.figuresFrom, (_, { figuresFrom }) => figuresFrom),
    text(mappingColumn.figuresTo, (_, { figuresTo }) => figuresTo),
    number(mappingColumn.holds, ({ holds }) => (holds ? 1 : 0)),
    number(mappingColumn.share, ({ share }) => Number((share.numerator * denominator) / share.denominator)),
    ...dimension.levels.flatMap((level) => [
      number(mappingColumn.imputed(level), ({ imputed }) => (imputed.includes(level) ? 1 : 0)),
      number(mappingColumn.broken(level), ({ broken }) => (broken.includes(level) ? 1 : 0)),
    ]),
  ];
}

function mappingOf({ leaf, mapping }: StructureRow): Mapping {
  invariant(mapping, `${leaf} says where its figures go, as all members of its dimension do`);
  return mapping;
}
