import { lookUp } from './lookUp.ts';
import { isMapped, mappedStructure } from './mappedStructure.ts';
import { dayAfter, dayBefore } from './periods.ts';
import {
  changeDates,
  covers,
  levelsAt,
  type Structured,
  type StructureRow,
  sameLevels,
} from './placement.ts';
import { beginningOfTime, type Dimension, endOfTime, unknownMember } from './types.ts';

export type { Mapping, StructureRow } from './placement.ts';

/** Kept with the model that it follows from, and gone with it: every question asks for it several times. */
const known = new WeakMap<Structured, WeakMap<Dimension, readonly StructureRow[]>>();

/** Whole structure of a dimension in time, every finest member once a day, `uoplyst` among them. */
export function structureOf(model: Structured, dimension: Dimension): readonly StructureRow[] {
  const ofModel = known.get(model) ?? new WeakMap<Dimension, readonly StructureRow[]>();
  known.set(model, ofModel);
  const rows =
    ofModel.get(dimension) ??
    (isMapped(model, dimension) ? mappedStructure(model, dimension) : placedStructure(model, dimension));
  ofModel.set(dimension, rows);
  return rows;
}

function placedStructure(model: Structured, dimension: Dimension): StructureRow[] {
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
