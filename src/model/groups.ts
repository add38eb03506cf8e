import { lookUp } from './lookUp.ts';
import type { Structured, StructureRow } from './placement.ts';
import type { Dimension } from './types.ts';

/** A finest member in a group on some days. One member may be in many groups, and in none. */
export interface GroupRow {
  readonly group: string;
  readonly member: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** Columns of the file in which an edition keeps a list of groups. */
export const groupColumn = { group: 'group_code', member: 'member_code' } as const;

export function isGroupLevel(dimension: Dimension | undefined, level: string): boolean {
  return dimension?.groups?.includes(level) ?? false;
}

/** The level at which a mapping is seen: groups are lists of finest members. */
export function seenAt(dimension: Dimension, level: string): string {
  return isGroupLevel(dimension, level) ? dimension.leaf : level;
}

export function groupRows(model: Structured, level: string): GroupRow[] {
  const groups = lookUp(model.classifications, level)?.members ?? [];
  return groups.flatMap((group) =>
    (group.of ?? []).flatMap(({ members, validFrom, validTo }) =>
      members.map((member) => ({
        group: group.code,
        member,
        validFrom: later(validFrom, group.validFrom),
        validTo: earlier(validTo, group.validTo),
      })),
    ),
  );
}

/**
 * Rows of structure, once for each group that their finest member is in, where a level of groups is asked for.
 * What is in no group falls away: groups are for comparing, and add up to nothing.
 */
export function inGroups(
  model: Structured,
  id: string,
  rows: readonly StructureRow[],
  levels: readonly string[],
): readonly StructureRow[] {
  const dimension = lookUp(model.dimensions, id);
  return levels
    .filter((level) => isGroupLevel(dimension, level))
    .reduce<readonly StructureRow[]>((found, level) => {
      const byMember = new Map<string, GroupRow[]>();
      for (const row of groupRows(model, level))
        byMember.set(row.member, [...(byMember.get(row.member) ?? []), row]);
      return found.flatMap((row) =>
        (byMember.get(row.levels[dimension?.leaf ?? ''] ?? row.leaf) ?? []).flatMap((each) => {
          const validFrom = later(each.validFrom, row.validFrom);
          const validTo = earlier(each.validTo, row.validTo);
          if (validTo < validFrom) return [];
          return [{ ...row, validFrom, validTo, levels: { ...row.levels, [level]: each.group } }];
        }),
      );
    }, rows);
}

/** ISO dates have the order of their text. */
const later = (a: string, b: string): string => [a, b].sort()[1] ?? a;
const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a;
