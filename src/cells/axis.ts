import { evaluateCondition } from '../formula/evaluate.ts';
import { groupRows } from '../model/groups.ts';
import { type StructureRow, structureOf } from '../model/structure.ts';
import { type SemanticModel, unknownMember } from '../model/types.ts';
import type { FactPlan } from '../plan/plan.ts';
import { type Days, isPlaced } from '../query/figureDate.ts';

/**
 * What each code of a column is on one day: which of the asked members it belongs to, and which part it is of. A
 * code that a filter keeps out has no target; one that was split, or is in several groups, has several.
 */
export interface Axis {
  readonly column: string;
  /** Ordinal to its first target, and the end of the last's. */
  readonly starts: Uint32Array;
  readonly targets: readonly Target[];
  /** Targets that come together: a part and the members it is counted under, or the members alone. */
  readonly slots: readonly Slot[];
  /** Ordinal to its slot, -1 for none, where every ordinal has at most one target and it is whole. */
  readonly single: Int32Array | null;
  /** Codes at the asked levels of the dimension, each once. */
  readonly keys: readonly (readonly string[])[];
}

export interface Target {
  readonly slot: number;
  /** Of the denominator of the fact's shares that its structure has; 1 where nothing is split. */
  readonly share: bigint;
  readonly imputed: boolean;
  readonly broken: boolean;
}

export interface Slot {
  readonly key: number;
  /** Whether a complete delivery holds the part, as far as this column says. */
  readonly expected: boolean;
  /** The finest member that it is of, for parts that are weighed. */
  readonly member: string;
}

/** What of a fact concerns one column. */
export interface AxisNeed {
  readonly column: string;
  readonly dimension: string;
  /** Asked levels in it, in the order of the fact. */
  readonly levels: readonly string[];
  readonly part: FactPlan['parts'][number] | null;
  readonly structure: FactPlan['structures'][number] | null;
  readonly filters: FactPlan['filters'];
  readonly leaf: string;
  readonly groups: readonly string[];
  /** The members are kept apart: those that a weight is of. */
  readonly apart: boolean;
}

/** The columns that a fact reads, each with what is asked of it. */
export function axesNeeded(fact: FactPlan): AxisNeed[] {
  return fact.cells.dimensions.flatMap(({ column, dimension, leaf }): AxisNeed[] => {
    const levels = fact.keys.filter((key) => key.column === column).map(({ level }) => level);
    const part = fact.parts.find((each) => each.column === column) ?? null;
    const structure = fact.structures.find((each) => each.dimension === dimension) ?? null;
    const filters = fact.filters.filter((filter) => filter.dimension === dimension);
    const groups = fact.groups.filter((each) => each.dimension === dimension).map(({ level }) => level);
    const apart = fact.weight?.dimension.dimension === dimension;
    const isRead = levels.length > 0 || part !== null || filters.length > 0 || apart || structure !== null;
    return isRead ? [{ column, dimension, levels, part, structure, filters, leaf, groups, apart }] : [];
  });
}

/** Structures of a model, looked up by code; each is worked out once. */
export interface Structures {
  readonly rowsOf: (dimension: string) => ReadonlyMap<string, readonly StructureRow[]>;
  readonly groupsOf: (level: string, member: string, day: string) => readonly string[];
}

export function structuresOf(model: SemanticModel): Structures {
  const rows = new Map<string, ReadonlyMap<string, readonly StructureRow[]>>();
  const groups = new Map<string, ReturnType<typeof groupRows>>();
  return {
    rowsOf: (id) => {
      const known = rows.get(id);
      if (known) return known;
      const dimension = model.dimensions[id];
      const found = new Map<string, StructureRow[]>();
      for (const row of dimension ? structureOf(model, dimension) : []) {
        const own = found.get(row.leaf);
        if (own) own.push(row);
        else found.set(row.leaf, [row]);
      }
      rows.set(id, found);
      return found;
    },
    groupsOf: (level, member, day) => {
      const known = groups.get(level) ?? groupRows(model, level);
      groups.set(level, known);
      return known
        .filter((row) => row.member === member && row.validFrom <= day && day <= row.validTo)
        .map(({ group }) => group);
    },
  };
}

/** A column's axis on the days of a pair of periods. */
export function axisOf(need: AxisNeed, codes: readonly string[], days: Days, structures: Structures): Axis {
  const starts = new Uint32Array(codes.length + 1);
  const targets: Target[] = [];
  const slots: Slot[] = [];
  const keys: (readonly string[])[] = [];
  const keyPlaces = new Map<string, number>();
  const slotPlaces = new Map<string, number>();
  const place = <T>(places: Map<string, number>, list: T[], name: string, make: () => T): number => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, list.length);
    return list.push(make()) - 1;
  };
  for (const [ordinal, code] of codes.entries()) {
    starts[ordinal] = targets.length;
    for (const found of placesOf(need, code, days, structures)) {
      const key = place(keyPlaces, keys, found.members.join('\n'), () => found.members);
      const own = need.part !== null || need.apart ? code : '';
      const expected = need.part === null || found.expected;
      const slot = place(slotPlaces, slots, [own, key, expected].join('\n'), () => ({
        key,
        expected,
        member: own,
      }));
      targets.push({ slot, share: found.share, imputed: found.imputed, broken: found.broken });
    }
  }
  starts[codes.length] = targets.length;
  return { column: need.column, starts, targets, slots, keys, single: singleOf(starts, targets) };
}

function singleOf(starts: Uint32Array, targets: readonly Target[]): Int32Array | null {
  const single = new Int32Array(starts.length - 1).fill(-1);
  for (let ordinal = 0; ordinal < single.length; ordinal += 1) {
    const [from = 0, to = 0] = [starts[ordinal], starts[ordinal + 1]];
    if (to - from > 1) return null;
    const target = targets[from];
    if (to === from || !target) continue;
    if (target.share !== 1n || target.imputed || target.broken) return null;
    single[ordinal] = target.slot;
  }
  return single;
}

interface Place extends Omit<Target, 'slot'> {
  readonly members: readonly string[];
  readonly expected: boolean;
}

/** Where a code belongs on a day: the unknown member where it has no place, never nowhere. */
function placesOf(need: AxisNeed, code: string, days: Days, structures: Structures): Place[] {
  const { structure, leaf, levels, filters } = need;
  const own = structure
    ? (structures.rowsOf(need.dimension).get(code) ?? []).filter((row) => isPlaced(row, days))
    : [];
  const rows: readonly (StructureRow | null)[] = own.length > 0 ? own : [null];
  return rows.flatMap((row) => {
    const codeAt = (level: string): string => {
      if (!structure) return code;
      if (level === leaf) return structure.mapping ? (row?.levels[leaf] ?? code) : code;
      return row?.levels[level] ?? unknownMember;
    };
    if (!filters.every(({ condition }) => evaluateCondition(condition, codeAt) === true)) return [];
    const seen = structure?.mapping && structure.mapping.broken.length > 0 ? structure.mapping : null;
    const place = {
      share: shareOf(structure, row),
      expected: isExpected(need, code, row),
      imputed: seen?.imputed.some((level) => row?.mapping?.imputed.includes(level)) ?? false,
      broken: seen?.broken.some((level) => row?.mapping?.broken.includes(level)) ?? false,
    };
    return withGroups(need, codeAt, days.structure, structures).map((groups) => ({
      ...place,
      members: levels.map((level) => groups.get(level) ?? codeAt(level)),
    }));
  });
}

/** A member once for each combination of the groups that are asked for; what is in none falls away. */
function withGroups(
  { groups, leaf }: AxisNeed,
  codeAt: (level: string) => string,
  day: string,
  structures: Structures,
): ReadonlyMap<string, string>[] {
  return groups.reduce<ReadonlyMap<string, string>[]>(
    (found, level) =>
      found.flatMap((each) =>
        structures.groupsOf(level, codeAt(leaf), day).map((group) => new Map([...each, [level, group]])),
      ),
    [new Map()],
  );
}

function shareOf(structure: AxisNeed['structure'], row: StructureRow | null): bigint {
  const denominator = BigInt(structure?.mapping?.denominator ?? '1');
  const share = row?.mapping?.share;
  return share ? (share.numerator * denominator) / share.denominator : denominator;
}

function isExpected({ part, structure }: AxisNeed, code: string, row: StructureRow | null): boolean {
  if (part === null) return true;
  if (typeof part.expect === 'string') return row?.expected ?? false;
  const holds = structure?.mapping ? (row?.mapping?.holds ?? false) : row !== null;
  return part.expect.includes(code) && holds;
}
