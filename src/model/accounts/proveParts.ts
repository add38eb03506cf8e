import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import { type Boxes, intersect, noBoxes, subtract, unite } from './boxes.ts';
import {
  accountSpace,
  changeYears,
  dimensionsOfSelections,
  everything,
  exampleOf,
  selectedIn,
} from './selected.ts';
import type { Partition } from './types.ts';

/** A combination of codes that two parts of a partition select, or none does, and the year it begins in. */
export interface PartsViolation {
  readonly kind: 'shared' | 'left-out' | 'outside';
  /** Two that share, or the one that reaches outside of what is parted. */
  readonly parts: readonly string[];
  readonly year: string;
  readonly example: Readonly<Record<string, string>>;
}

/**
 * Whether the parts of a partition are disjoint and cover what is parted, over all that the code lists allow,
 * in every stretch of years. An empty list is the proof.
 */
export function proveParts(partition: Partition, model: SemanticModel): PartsViolation[] {
  const { selections } = model;
  const ids = [...(partition.of === null ? [] : [partition.of]), ...partition.parts];
  const space = accountSpace(model, dimensionsOfSelections(ids, selections));
  return changeYears(ids, selections)
    .filter((year) => ids.every((id) => hasList(model, id, year)))
    .flatMap((year) => {
      const { of } = selectedIn(year, selections, space);
      const violation = (
        kind: PartsViolation['kind'],
        parts: readonly string[],
        boxes: Boxes,
      ): PartsViolation[] => {
        const example = exampleOf(space, boxes);
        return example ? [{ kind, parts, year, example }] : [];
      };
      const universe = partition.of === null ? everything(space) : of(partition.of);
      const covered = partition.parts.map(of).reduce<Boxes>(unite, noBoxes);
      return [
        ...pairsOf(partition.parts).flatMap(([a, b]) => violation('shared', [a, b], intersect(of(a), of(b)))),
        ...violation('left-out', [], subtract(universe, covered)),
        ...partition.parts.flatMap((part) => violation('outside', [part], subtract(of(part), universe))),
      ];
    });
}

const hasList = ({ selections }: SemanticModel, id: string, year: string): boolean =>
  (lookUp(selections, id)?.lists ?? []).some(
    ({ validFrom, validTo }) => validFrom <= year && year <= validTo,
  );

const pairsOf = (parts: readonly string[]): (readonly [string, string])[] =>
  parts.flatMap((a, at) => parts.slice(at + 1).map((b) => [a, b] as const));
