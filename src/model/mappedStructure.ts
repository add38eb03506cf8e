import { lookUp } from './lookUp.ts';
import { dayAfter, dayBefore } from './periods.ts';
import {
  changeDates,
  covers,
  levelsAt,
  type Mapping,
  memberAt,
  type Structured,
  type StructureRow,
  sameLevels,
} from './placement.ts';
import { add, compare, multiply, one, type Rational, rational, zero } from './rational.ts';
import { beginningOfTime, type Dimension, endOfTime, type Member, unknownMember } from './types.ts';

/** Whether finest members of a dimension became others: merged, renamed, split or broken off. */
export function isMapped(model: Structured, dimension: Dimension): boolean {
  const leaves = lookUp(model.classifications, dimension.leaf)?.members ?? [];
  return leaves.some(({ successors }) => successors !== undefined);
}

/** Whether figures of some days are put in members of other days that they were not of. */
export function mapsOver(
  model: Structured,
  dimension: Dimension,
  days: readonly { readonly figures: string; readonly structure: string }[],
): boolean {
  const leaves = lookUp(model.classifications, dimension.leaf)?.members ?? [];
  const ends = leaves.flatMap(({ successors, validTo }) => (successors === undefined ? [] : [validTo]));
  return days.some(({ figures, structure }) => ends.some((end) => figures <= end && end < structure));
}

/** Of a dimension that is mapped; without splits there is nothing to divide by. */
export function denominatorIn(model: Structured, dimension: Dimension): bigint {
  const leaves = lookUp(model.classifications, dimension.leaf)?.members ?? [];
  const isSplit = leaves.some(({ successors }) => (successors?.to.length ?? 0) > 1);
  return isSplit ? denominatorOf(mappedStructure(model, dimension)) : 1n;
}

/**
 * The least whole number that makes whole numbers of all shares. Figures are multiplied by whole numbers and
 * divided by it once, when they are finished, so that a third of a figure is exactly a third.
 */
export function denominatorOf(rows: readonly StructureRow[]): bigint {
  return rows.reduce((least, { mapping }) => {
    const denominator = mapping?.share.denominator ?? 1n;
    return (least * denominator) / greatestCommonDivisor(least, denominator);
  }, 1n);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** Whole structure of such a dimension: for figures of a member from some days, where they belong on others. */
export function mappedStructure(model: Structured, dimension: Dimension): StructureRow[] {
  const leaves = lookUp(model.classifications, dimension.leaf)?.members ?? [];
  const starts = changeDates(model, dimension);
  const stretchesOf = (member: Member, isDead: boolean): Stretch[] =>
    mergeEqual(
      starts.map((validFrom, at): Stretch => {
        const next = starts[at + 1];
        const validTo = next === undefined ? endOfTime : dayBefore(next);
        return { validFrom, validTo, places: placesOf(model, dimension, member, isDead, validFrom) };
      }),
    );
  // The lives of a member differ only in whether it held, but for figures under a dead code.
  const alive = new Map<Member, Stretch[]>();
  const rows = livesOf(leaves).flatMap((life) => {
    const known = life.dead ? stretchesOf(life.member, true) : alive.get(life.member);
    const stretches = known ?? stretchesOf(life.member, false);
    if (!life.dead) alive.set(life.member, stretches);
    return stretches.flatMap(({ validFrom, validTo, places }) =>
      places.map(({ levels, ...place }): StructureRow => {
        const { member, figuresFrom, figuresTo, holds } = life;
        const mapping: Mapping = { figuresFrom, figuresTo, holds, ...place };
        return { leaf: member.code, validFrom, validTo, levels, expected: holds && member.expected, mapping };
      }),
    );
  });
  const levels = Object.fromEntries(dimension.levels.map((level) => [level, unknownMember]));
  const always = { validFrom: beginningOfTime, validTo: endOfTime };
  const mapping: Mapping = {
    figuresFrom: beginningOfTime,
    figuresTo: endOfTime,
    holds: false,
    share: one,
    imputed: [],
    broken: [],
  };
  return [...rows, { leaf: unknownMember, ...always, levels, expected: false, mapping }];
}

// --- which figures ---------------------------------------------------------------------------------

/** Days of figures under one code, and the member that they are of. */
interface Life {
  readonly member: Member;
  readonly figuresFrom: string;
  readonly figuresTo: string;
  readonly holds: boolean;
  /** Figures from after a member became others are under a dead code: they have no place. */
  readonly dead: boolean;
}

/**
 * Every day of every code, once. Figures from before a member's first day are taken for the member's, since
 * series are published back in time; figures from after its last are so only if it became nothing else.
 */
function livesOf(leaves: readonly Member[]): Life[] {
  const codes = [...new Set(leaves.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const own = leaves
      .filter((leaf) => leaf.code === code)
      .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    return own.flatMap((member, at): Life[] => {
      const before = own[at - 1];
      const next = own[at + 1];
      const begins = before === undefined ? beginningOfTime : member.validFrom;
      const ends = next === undefined ? endOfTime : dayBefore(next.validFrom);
      const life = (figuresFrom: string, figuresTo: string, holds: boolean, dead: boolean): Life[] =>
        figuresFrom > figuresTo ? [] : [{ member, figuresFrom, figuresTo, holds, dead }];
      return [
        ...(begins < member.validFrom ? life(begins, dayBefore(member.validFrom), false, false) : []),
        ...life(member.validFrom, member.validTo, true, false),
        ...(member.validTo < ends
          ? life(dayAfter(member.validTo), ends, false, member.successors !== undefined)
          : []),
      ];
    });
  });
}

// --- and where they belong -------------------------------------------------------------------------

type Place = Pick<Mapping, 'share' | 'imputed' | 'broken'> & Pick<StructureRow, 'levels'>;

interface Target {
  readonly member: Member;
  /** The day whose parents count: the asked one, or the last of a member that stays what it was; null: none. */
  readonly on: string | null;
  readonly share: Rational;
  readonly broken: boolean;
}

function placesOf(
  model: Structured,
  dimension: Dimension,
  member: Member,
  isDead: boolean,
  date: string,
): Place[] {
  const targets = isDead ? [nowhere(member)] : targetsOf(model, dimension, member, date);
  const places = targets.map((target) => ({ ...target, levels: levelsOf(model, dimension, target) }));
  const before = targets.some(({ broken }) => broken)
    ? levelsAt(model, dimension, member, member.validTo)
    : null;
  return places.map(({ share, broken, levels }) => ({
    levels,
    share,
    imputed: dimension.levels.filter((level) => {
      const together = places.filter((other) => other.levels[level] === levels[level]);
      return compare(together.map((other) => other.share).reduce(add, zero), one) !== 0;
    }),
    broken: broken
      ? dimension.levels.filter((level) => level === dimension.leaf || levels[level] !== before?.[level])
      : [],
  }));
}

/** What has no place on a day is the unknown member at every level above its own code. */
function levelsOf(model: Structured, dimension: Dimension, { member, on }: Target): StructureRow['levels'] {
  if (on !== null) return levelsAt(model, dimension, member, on);
  const unknown = Object.fromEntries(dimension.levels.map((level) => [level, unknownMember]));
  return { ...unknown, [dimension.leaf]: member.code };
}

/** Follows successors day by day, and adds up what comes together again. */
function targetsOf(model: Structured, dimension: Dimension, member: Member, date: string): Target[] {
  const found = new Map<string, Target>();
  for (const target of follow(model, dimension, member, date)) {
    const known = found.get(target.member.code);
    found.set(
      target.member.code,
      known === undefined
        ? target
        : { ...target, share: add(known.share, target.share), broken: known.broken || target.broken },
    );
  }
  return [...found.values()];
}

function follow(model: Structured, dimension: Dimension, member: Member, date: string): Target[] {
  if (covers(member, date)) return [{ member, on: date, share: one, broken: false }];
  const list = lookUp(model.classifications, dimension.leaf);
  const { successors } = member;
  if (date < member.validTo || successors === undefined) {
    const same = memberAt(list, member.code, date);
    return [same ? { member: same, on: date, share: one, broken: false } : nowhere(member)];
  }
  const isBroken = successors.kind === 'broken';
  if (successors.to.length === 0) return [{ member, on: member.validTo, share: one, broken: isBroken }];
  return successors.to.flatMap(({ code, numerator, denominator }) => {
    const next = memberAt(list, code, dayAfter(member.validTo));
    const targets = next ? follow(model, dimension, next, date) : [nowhere(member)];
    return targets.map((target) => ({
      ...target,
      share: multiply(rational(BigInt(numerator), BigInt(denominator)), target.share),
      broken: isBroken || target.broken,
    }));
  });
}

const nowhere = (member: Member): Target => ({ member, on: null, share: one, broken: false });

// --- stretches in which nothing changes --------------------------------------------------------------

interface Stretch {
  readonly validFrom: string;
  readonly validTo: string;
  readonly places: readonly Place[];
}

function mergeEqual(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (last && samePlaces(last.places, stretch.places))
      merged[merged.length - 1] = { ...last, validTo: stretch.validTo };
    else merged.push(stretch);
  }
  return merged;
}

function samePlaces(one: readonly Place[], other: readonly Place[]): boolean {
  return (
    one.length === other.length &&
    one.every((place, at) => {
      const twin = other[at];
      return (
        twin !== undefined &&
        sameLevels(place.levels, twin.levels) &&
        compare(place.share, twin.share) === 0 &&
        String(place.imputed) === String(twin.imputed) &&
        String(place.broken) === String(twin.broken)
      );
    })
  );
}
