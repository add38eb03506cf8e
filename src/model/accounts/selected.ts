import { invariant } from '../../diagnostics/invariant.ts';
import { lookUp } from '../lookUp.ts';
import { beginningOfTime, endOfTime, type SemanticModel, unknownMember } from '../types.ts';
import { type Boxes, contains, intersect, noBoxes, subtract, unite } from './boxes.ts';
import { codeListOf } from './patterns.ts';
import type { Selection, SelectionRule } from './types.ts';

/** The dimensions that account combinations have, each with the bit of every code, `uoplyst` among them. */
export interface AccountSpace {
  readonly dimensions: readonly string[];
  readonly codes: readonly (readonly string[])[];
  readonly bits: readonly ReadonlyMap<string, bigint>[];
}

/** Open ends of lists, in years. */
export const firstYear = beginningOfTime.slice(0, 4);
export const lastYear = endOfTime.slice(0, 4);

type Structured = Pick<SemanticModel, 'classifications' | 'dimensions'>;
export type Selections = Readonly<Record<string, Selection>>;

export function accountSpace(model: Structured, dimensions: readonly string[]): AccountSpace {
  const codes = dimensions.map((id) => {
    const leaf = lookUp(model.dimensions, id)?.leaf ?? id;
    const members = lookUp(model.classifications, leaf)?.members ?? [];
    return [...codeListOf({ members }).codes, unknownMember];
  });
  const bits = codes.map((list) => new Map(list.map((code, at) => [code, 1n << BigInt(at)])));
  return { dimensions, codes, bits };
}

/** Every dimension that one of the selections, or one that it stands on, has codes of; sorted. */
export function dimensionsOfSelections(ids: readonly string[], selections: Selections): string[] {
  const seen = reachable(ids, selections);
  const ofRule = (rule: SelectionRule): string[] => [
    ...Object.keys(rule.codes),
    ...rule.except.flatMap(ofRule),
  ];
  const found = seen.flatMap((id) =>
    (lookUp(selections, id)?.lists ?? []).flatMap(({ rules }) => rules.flatMap(ofRule)),
  );
  return [...new Set(found)].sort();
}

/** The selections and all that they stand on. */
export function reachable(ids: readonly string[], selections: Selections): string[] {
  const seen = new Set<string>();
  const follow = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const selection = lookUp(selections, id);
    if (selection) for (const next of namedBy(selection)) follow(next);
  };
  for (const id of ids) follow(id);
  return [...seen];
}

/** Selections that one names itself. */
export function namedBy({ within, lists }: Selection): string[] {
  const ofRule = (rule: SelectionRule): string[] => [...rule.selections, ...rule.except.flatMap(ofRule)];
  return [...(within === null ? [] : [within]), ...lists.flatMap(({ rules }) => rules.flatMap(ofRule))];
}

/** First years of the stretches in which no list of these selections changes, in order. */
export function changeYears(ids: readonly string[], selections: Selections): string[] {
  const years = reachable(ids, selections).flatMap((id) =>
    (lookUp(selections, id)?.lists ?? []).flatMap(({ validFrom, validTo }) => [
      validFrom,
      yearAfter(validTo),
    ]),
  );
  return [...new Set(years)].filter((year) => year.length === lastYear.length).sort();
}

export const yearAfter = (year: string): string => String(Number(year) + 1).padStart(4, '0');

/** What selections select in a year, as boxes; each selection is worked out once. */
export interface SelectedIn {
  readonly space: AccountSpace;
  readonly of: (id: string) => Boxes;
  readonly ofRule: (rule: SelectionRule) => Boxes;
  /** What the keys of a rule say, before its exceptions. */
  readonly ofKeys: (rule: SelectionRule) => Boxes;
  readonly ofRules: (rules: readonly SelectionRule[]) => Boxes;
}

export function selectedIn(year: string, selections: Selections, space: AccountSpace): SelectedIn {
  const known = new Map<string, Boxes>();
  const of = (id: string): Boxes => {
    const boxes = known.get(id) ?? work(id);
    known.set(id, boxes);
    return boxes;
  };
  const work = (id: string): Boxes => {
    const selection = lookUp(selections, id);
    invariant(selection, `selection ${id} is in the model`);
    const list = selection.lists.find(({ validFrom, validTo }) => validFrom <= year && year <= validTo);
    const boxes = list ? ofRules(list.rules) : noBoxes;
    return selection.within === null ? boxes : intersect(boxes, of(selection.within));
  };
  const ofRules = (rules: readonly SelectionRule[]): Boxes =>
    rules.reduce<Boxes>((boxes, rule) => unite(boxes, ofRule(rule)), noBoxes);
  const ofRule = (rule: SelectionRule): Boxes => subtract(ofKeys(rule), ofRules(rule.except));
  const ofKeys = ({ codes, selections: named }: SelectionRule): Boxes => {
    const box = space.dimensions.map((dimension, at) => maskOf(space, at, lookUp(codes, dimension)?.codes));
    const keyed = intersect([box], everything(space));
    if (named.length === 0) return keyed;
    return intersect(keyed, named.map(of).reduce<Boxes>(unite, noBoxes));
  };
  return { space, of, ofRule, ofKeys, ofRules };
}

/** Everything there is: one box. */
export const everything = (space: AccountSpace): Boxes => [
  space.dimensions.map((_, at) => maskOf(space, at, undefined)),
];

function maskOf(space: AccountSpace, at: number, codes: readonly string[] | undefined): bigint {
  const list = space.codes[at] ?? [];
  if (codes === undefined) return (1n << BigInt(list.length)) - 1n;
  return codes.reduce((mask, code) => mask | (space.bits[at]?.get(code) ?? 0n), 0n);
}

/** Whether a combination of codes, in the order of the space's dimensions, is in a set. */
export function isSelected(space: AccountSpace, boxes: Boxes, combination: readonly string[]): boolean {
  return contains(
    boxes,
    combination.map((code, at) => space.bits[at]?.get(code) ?? 0n),
  );
}

/** The first combination of a set, as codes; a dimension that makes no difference is left out. */
export function exampleOf(space: AccountSpace, boxes: Boxes): Readonly<Record<string, string>> | null {
  const [box] = boxes;
  if (!box) return null;
  return Object.fromEntries(
    space.dimensions.flatMap((dimension, at) => {
      const mask = box[at] ?? 0n;
      const list = space.codes[at] ?? [];
      if (mask === (1n << BigInt(list.length)) - 1n) return [];
      return [
        [dimension, list.find((code) => (mask & (space.bits[at]?.get(code) ?? 0n)) !== 0n) ?? unknownMember],
      ];
    }),
  );
}

/** `funktion 53230, dranst 1`. */
export function combinationInWords(combination: Readonly<Record<string, string>>): string {
  const parts = Object.entries(combination).map(([dimension, code]) => `${dimension} ${code}`);
  return parts.length > 0 ? parts.join(', ') : 'every account';
}
