import { lookUp } from './lookUp.ts';
import { dayAfter, dayBefore } from './periods.ts';
import {
  beginningOfTime,
  type Classification,
  type DatedParent,
  type Dimension,
  endOfTime,
  type Member,
  type SemanticModel,
  unknownMember,
} from './types.ts';

type Structured = Pick<SemanticModel, 'classifications' | 'dimensions'>;

/** Where a finest member belongs while nothing changes: one row per stretch of time. */
export interface StructureRow {
  readonly leaf: string;
  /** First and last day, ISO, both within. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Code at every level of the dimension, the finest among them; `uoplyst` where it belongs nowhere. */
  readonly levels: Readonly<Record<string, string>>;
  /** Whether a complete delivery holds it (Christiansø and `uoplyst` need not be there). */
  readonly expected: boolean;
}

/** The member of a classification with that code on that day. */
function memberAt(
  classification: Classification | undefined,
  code: string,
  date: string,
): Member | undefined {
  return classification?.members.find((member) => member.code === code && covers(member, date));
}

function covers(dated: { readonly validFrom: string; readonly validTo: string }, date: string): boolean {
  return dated.validFrom <= date && date <= dated.validTo;
}

/** Whole structure of a dimension in time, every finest member once a day, `uoplyst` among them. */
export function structureOf(model: Structured, dimension: Dimension): StructureRow[] {
  const leaves = lookUp(model.classifications, dimension.leaf)?.members ?? [];
  const starts = changeDates(model, dimension);
  const rows = leaves.flatMap((leaf) =>
    mergeEqual(
      starts.flatMap((validFrom, position): StructureRow[] => {
        if (!covers(leaf, validFrom)) return [];
        const next = starts[position + 1];
        const validTo = next === undefined ? endOfTime : dayBefore(next);
        return [
          {
            leaf: leaf.code,
            validFrom,
            validTo,
            levels: levelsAt(model, dimension, leaf, validFrom),
            expected: leaf.expected,
          },
        ];
      }),
    ),
  );
  const levels = Object.fromEntries(dimension.levels.map((level) => [level, unknownMember]));
  return [
    ...rows,
    { leaf: unknownMember, validFrom: beginningOfTime, validTo: endOfTime, levels, expected: false },
  ];
}

/** Days on which anything in the dimension begins, the beginning of time first. */
function changeDates(model: Structured, dimension: Dimension): string[] {
  const members = dimension.levels.flatMap((level) => lookUp(model.classifications, level)?.members ?? []);
  const parents = members.flatMap((member) => Object.values(member.parents).flat());
  const all: readonly Pick<DatedParent, 'validFrom' | 'validTo'>[] = [...members, ...parents];
  const starts = all.map(({ validFrom }) => validFrom);
  const ends = all.flatMap(({ validTo }) => (validTo === endOfTime ? [] : [dayAfter(validTo)]));
  return [...new Set([beginningOfTime, ...starts, ...ends])].sort();
}

function levelsAt(
  model: Structured,
  dimension: Dimension,
  leaf: Member,
  date: string,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of Object.values(dimension.hierarchies)) {
    let current: Member | undefined = leaf;
    for (const level of path) {
      if (level !== dimension.leaf) {
        const parents: readonly DatedParent[] = (current && lookUp(current.parents, level)) ?? [];
        const code = parents.find((parent) => covers(parent, date))?.code;
        current = code === undefined ? undefined : memberAt(lookUp(model.classifications, level), code, date);
      }
      found[level] = current?.code ?? unknownMember;
    }
  }
  return found;
}

function mergeEqual(rows: readonly StructureRow[]): StructureRow[] {
  const merged: StructureRow[] = [];
  for (const row of rows) {
    const last = merged.at(-1);
    const same =
      last !== undefined && dayAfter(last.validTo) === row.validFrom && sameLevels(last.levels, row.levels);
    if (same) merged[merged.length - 1] = { ...last, validTo: row.validTo };
    else merged.push(row);
  }
  return merged;
}

function sameLevels(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys(a).every((level) => a[level] === b[level]);
}
