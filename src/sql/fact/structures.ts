import { groupColumn } from '../../model/groups.ts';
import { mappingColumn } from '../../model/mappingColumns.ts';
import { unknownMember } from '../../model/types.ts';
import type { FactGroups, FactPlan } from '../../plan/plan.ts';
import { and, atLeast, atMost, coalesce, column, equals, join, parquet, text } from '../make.ts';
import type { Places } from '../places.ts';
import type { SqlExpression, SqlJoin } from '../tree.ts';

export const structureAlias = (dimension: string): string => `structure_${dimension}`;

/**
 * One row of structure is valid per member and day, so this join multiplies nothing. Where members have
 * successors, it is one per member, day of the figures and day; a split has one for each part.
 */
export function structureJoins(fact: FactPlan, places: Places): SqlJoin[] {
  const structures = fact.structures.map(({ column: name, dimension, leaf, mapping }) => {
    const alias = structureAlias(dimension);
    return join(
      'left',
      parquet([places.structure(dimension)]),
      alias,
      and(
        equals(column(alias, leaf), column('cells', name)),
        atMost(column(alias, 'valid_from'), column('periods', 'structure_date')),
        atLeast(column(alias, 'valid_to'), column('periods', 'structure_date')),
        ...(mapping === null
          ? []
          : [
              atMost(column(alias, mappingColumn.figuresFrom), column('periods', 'figure_date')),
              atLeast(column(alias, mappingColumn.figuresTo), column('periods', 'figure_date')),
            ]),
      ),
    );
  });
  return [...structures, ...fact.groups.map((groups) => groupJoin(fact, groups, places))];
}

const groupAlias = (level: string): string => `groups_${level}`;

/** Each part once for every group that it is in on the day: meant to multiply, and only where groups are keys. */
function groupJoin(fact: FactPlan, { level, dimension }: FactGroups, places: Places): SqlJoin {
  const alias = groupAlias(level);
  const leaf = fact.cells.dimensions.find((each) => each.dimension === dimension)?.leaf ?? dimension;
  return join(
    'inner',
    parquet([places.structure(level)]),
    alias,
    and(
      equals(column(alias, groupColumn.member), levelExpression(fact, dimension, leaf)),
      atMost(column(alias, 'valid_from'), column('periods', 'structure_date')),
      atLeast(column(alias, 'valid_to'), column('periods', 'structure_date')),
    ),
  );
}

export function keyExpression(
  fact: FactPlan,
  name: string,
  structure: string | null,
  level: string,
): SqlExpression {
  return structure === null ? column('cells', name) : levelExpression(fact, structure, level);
}

/** What has no place in the structure of its day is the unknown member, never gone. */
export function levelExpression(fact: FactPlan, dimension: string, level: string): SqlExpression {
  const found = fact.cells.dimensions.find((each) => each.dimension === dimension);
  if (fact.groups.some((groups) => groups.level === level))
    return column(groupAlias(level), groupColumn.group);
  const joined = fact.structures.find((each) => each.dimension === dimension);
  if (found && (!joined || found.leaf === level)) {
    const own = column('cells', found.column);
    return joined?.mapping ? coalesce(column(structureAlias(dimension), mappingColumn.member), own) : own;
  }
  return coalesce(column(structureAlias(dimension), level), text(unknownMember));
}
