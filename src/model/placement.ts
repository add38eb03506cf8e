import { lookUp } from './lookUp.ts';
import { dayAfter } from './periods.ts';
import type { Rational } from './rational.ts';
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

export type Structured = Pick<SemanticModel, 'classifications' | 'dimensions'>;

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
  /** In a dimension whose members have successors: which of the member's figures the row is about. */
  readonly mapping?: Mapping;
}

/**
 * Figures of a finest member, and the share of them that goes to the member in `levels`. A member that was
 * split has a row for each part.
 */
export interface Mapping {
  /** First and last day that the figures are of, ISO, both within. */
  readonly figuresFrom: string;
  readonly figuresTo: string;
  /** Whether the member held on those days. */
  readonly holds: boolean;
  readonly share: Rational;
  /** Levels at which the share is cut by weights: the figure is then an estimate. */
  readonly imputed: readonly string[];
  /** Levels at which what the figures are mapped on is not the same as what they were of. */
  readonly broken: readonly string[];
}

/** The member of a classification with that code on that day. */
export function memberAt(
  classification: Classification | undefined,
  code: string,
  date: string,
): Member | undefined {
  return classification?.members.find((member) => member.code === code && covers(member, date));
}

export function covers(
  dated: { readonly validFrom: string; readonly validTo: string },
  date: string,
): boolean {
  return dated.validFrom <= date && date <= dated.validTo;
}

/** Days on which anything in the dimension begins, the beginning of time first. */
export function changeDates(model: Structured, dimension: Dimension): string[] {
  const members = dimension.levels.flatMap((level) => lookUp(model.classifications, level)?.members ?? []);
  const parents = members.flatMap((member) => Object.values(member.parents).flat());
  const all: readonly Pick<DatedParent, 'validFrom' | 'validTo'>[] = [...members, ...parents];
  const starts = all.map(({ validFrom }) => validFrom);
  const ends = all.flatMap(({ validTo }) => (validTo === endOfTime ? [] : [dayAfter(validTo)]));
  return [...new Set([beginningOfTime, ...starts, ...ends])].sort();
}

export function levelsAt(
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

export function sameLevels(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  return Object.keys(a).every((level) => a[level] === b[level]);
}
