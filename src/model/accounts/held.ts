import { type Condition, compileCondition } from '../../formula/compile.ts';
import { codesOfDimension, columnsByDimension } from '../bind/accounts.ts';
import { isDelivered } from '../relations.ts';
import type { SemanticModel, Source } from '../types.ts';
import { conditionOf } from './conditionOf.ts';
import { accountSpace, changeYears, dimensionsOfSelections, selectedIn } from './selected.ts';
import type { Partition } from './types.ts';

/** A combination of codes that a source holds in a period, with how many rows and what they come to. */
export interface HeldAccount {
  readonly period: string;
  /** In the order of `dimensions`. */
  readonly codes: readonly string[];
  readonly rows: number;
  /** Scaled integers, in the order of `amounts`; null where no row has a value. */
  readonly amounts: readonly (bigint | null)[];
}

export interface HeldAccounts {
  readonly source: string;
  readonly dimensions: readonly string[];
  readonly amounts: readonly { readonly name: string; readonly decimals: number }[];
  readonly held: readonly HeldAccount[];
}

/** Sources that have one column for every dimension that these selections select by. */
export function sourcesOfSelections(model: SemanticModel, ids: readonly string[]): Source[] {
  return Object.values(model.sources)
    .filter(isDelivered)
    .filter((source) => {
      const columns = [...columnsByDimension(source, ids, model.selections).values()];
      return columns.length > 0 && columns.every(({ length }) => length === 1);
    });
}

/** Whether a selection selects what a source holds: by the very condition that measures use. */
export function selects(
  model: SemanticModel,
  id: string,
  { dimensions }: Pick<HeldAccounts, 'dimensions'>,
): (account: HeldAccount) => boolean {
  const condition = conditionOf(id, model.selections, {
    columnOf: (dimension) => dimension,
    periodColumn: '',
    codesOf: (dimension) => codesOfDimension(dimension, model),
    span: { file: id, start: 0, end: 0 },
  });
  const columns = new Map([
    ['', { type: 'text' as const, read: ({ period }: HeldAccount) => period }],
    ...dimensions.map(
      (dimension, at) =>
        [dimension, { type: 'text' as const, read: ({ codes }: HeldAccount) => codes[at] ?? null }] as const,
    ),
  ]);
  const holds: Condition<HeldAccount> = compileCondition(condition, columns);
  return (account) => holds(account) === true;
}

/** What a source holds that two parts of a partition select, or none, or one that may not. */
export interface HeldViolation {
  readonly kind: 'shared' | 'left-out' | 'outside';
  readonly parts: readonly string[];
  readonly account: HeldAccount;
}

/** Every violation of a partition by what is held: another proof than that over the code lists. */
export function heldViolations(
  model: SemanticModel,
  partition: Partition,
  held: HeldAccounts,
): HeldViolation[] {
  const isParted = partition.of === null ? () => true : selects(model, partition.of, held);
  const parts = partition.parts.map((id) => ({ id, selects: selects(model, id, held) }));
  return held.held.flatMap((account): HeldViolation[] => {
    const taken = parts.flatMap((part) => (part.selects(account) ? [part.id] : []));
    if (taken.length > 1) return [{ kind: 'shared', parts: taken, account }];
    if (isParted(account) === (taken.length === 1)) return [];
    return [{ kind: taken.length === 0 ? 'left-out' : 'outside', parts: taken, account }];
  });
}

/** A code that a selection names and no selected combination has, in any period. */
export interface UnusedCode {
  readonly dimension: string;
  readonly code: string;
}

/** Codes of a selection that select nothing of what is held. */
export function unusedCodes(model: SemanticModel, id: string, held: HeldAccounts): UnusedCode[] {
  const isSelected = selects(model, id, held);
  const used = held.dimensions.map(() => new Set<string>());
  for (const account of held.held) {
    if (isSelected(account)) for (const [at, code] of account.codes.entries()) used[at]?.add(code);
  }
  return codesSelected(model, id).filter(({ dimension, code }) => {
    return !used[held.dimensions.indexOf(dimension)]?.has(code);
  });
}

/** Codes by dimension that a selection selects in some year; dimensions in which it takes every code are left out. */
export function codesSelected(model: SemanticModel, id: string): UnusedCode[] {
  const space = accountSpace(model, dimensionsOfSelections([id], model.selections));
  const years = changeYears([id], model.selections).map((year) =>
    selectedIn(year, model.selections, space).of(id),
  );
  return space.dimensions.flatMap((dimension, at) => {
    const all = (1n << BigInt(space.codes[at]?.length ?? 0)) - 1n;
    const mask = years.flat().reduce((codes, box) => codes | (box[at] ?? 0n), 0n);
    if (mask === all) return [];
    return (space.codes[at] ?? []).flatMap((code) =>
      (mask & (space.bits[at]?.get(code) ?? 0n)) === 0n ? [] : [{ dimension, code }],
    );
  });
}
