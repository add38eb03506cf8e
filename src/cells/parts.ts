import { assertNever } from '../diagnostics/invariant.ts';
import type { FactMeasure, FactPlan } from '../plan/plan.ts';
import type { Axis } from './axis.ts';
import type { Run, StateInMemory } from './memory.ts';

/** What the finest members have together in one source period, counted under one set of asked members. */
export interface Part {
  /** A slot of every axis, as one number in a mixed radix. */
  readonly slots: number;
  value: bigint;
  squares: bigint;
  known: number;
  suppressed: number;
  notApplicable: number;
  imputed: number;
  broken: number;
}

/** Rows of a leveled column are read at one level. */
export interface LevelTest {
  readonly column: string;
  readonly ordinal: number;
}

/** The rows of a period that filters leave, put together to parts. */
export function partsOf(
  run: Run,
  axes: readonly Axis[],
  levels: readonly LevelTest[],
  measure: FactMeasure,
): Iterable<Part> {
  const state = run.columns.states[measure.state];
  if (!state) return [];
  const ordinals = axes.map(({ column }) => run.columns.ordinals[column]);
  const tests = levels.map(({ column, ordinal }) => ({ ordinal, of: run.columns.ordinals[column] }));
  const parts = new Map<number, Part>();
  const add = (
    row: number,
    at: number,
    slots: number,
    share: bigint,
    imputed: boolean,
    broken: boolean,
  ): void => {
    const axis = axes[at];
    if (!axis) {
      const part = parts.get(slots) ?? emptyPart(slots);
      parts.set(slots, part);
      addRow(part, state, row, measure, share, imputed, broken);
      return;
    }
    const ordinal = ordinals[at]?.[row] ?? 0;
    const end = axis.starts[ordinal + 1] ?? 0;
    for (let each = axis.starts[ordinal] ?? 0; each < end; each += 1) {
      const target = axis.targets[each];
      if (!target) continue;
      const own = slots * axis.slots.length + target.slot;
      add(row, at + 1, own, share * target.share, imputed || target.imputed, broken || target.broken);
    }
  };
  for (let row = run.from; row < run.to; row += 1)
    if (tests.every(({ of, ordinal }) => of?.[row] === ordinal)) add(row, 0, 0, 1n, false, false);
  return parts.values();
}

/** The slots of a part, axis by axis. */
export function slotsOf(part: Part, axes: readonly Axis[]): Axis['slots'][number][] {
  let rest = part.slots;
  const slots: Axis['slots'][number][] = [];
  for (const axis of [...axes].reverse()) {
    const slot = axis.slots[rest % axis.slots.length];
    rest = Math.floor(rest / axis.slots.length);
    if (slot) slots.unshift(slot);
  }
  return slots;
}

/** Codes at the asked levels, in the order of the fact. */
export function membersOf(fact: FactPlan, axes: readonly Axis[], slots: Axis['slots']): string[] {
  const seen = new Map<string, number>();
  return fact.keys.map(({ column }) => {
    const at = axes.findIndex((axis) => axis.column === column);
    const position = seen.get(column) ?? 0;
    seen.set(column, position + 1);
    return axes[at]?.keys[slots[at]?.key ?? -1]?.[position] ?? '';
  });
}

const emptyPart = (slots: number): Part => ({
  slots,
  value: 0n,
  squares: 0n,
  known: 0,
  suppressed: 0,
  notApplicable: 0,
  imputed: 0,
  broken: 0,
});

function addRow(
  part: Part,
  state: StateInMemory,
  row: number,
  measure: FactMeasure,
  share: bigint,
  imputed: boolean,
  broken: boolean,
): void {
  const known = state.known[row] ?? 0;
  if (known > 0) {
    const value = BigInt(state.values[row] ?? 0) * (measure.shared ? share : 1n);
    part.value = part.known === 0 ? value : mergeOf(measure.merge, part.value, value);
    part.squares += state.squares?.[row] ?? 0n;
  }
  part.known += known;
  part.suppressed += state.suppressed?.[row] ?? 0;
  part.notApplicable += state.notApplicable?.[row] ?? 0;
  if (imputed) part.imputed += known;
  if (broken) part.broken += known;
}

export function mergeOf(merge: FactMeasure['merge'], a: bigint, b: bigint): bigint {
  switch (merge) {
    case 'sum':
      return a + b;
    case 'min':
      return a < b ? a : b;
    case 'max':
      return a > b ? a : b;
    default:
      return assertNever(merge);
  }
}
