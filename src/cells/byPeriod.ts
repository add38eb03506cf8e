import type { FactMeasure, FactPlan } from '../plan/plan.ts';
import type { PeriodPair } from '../query/bound.ts';
import type { Axis } from './axis.ts';
import type { Run } from './memory.ts';
import type { MeasureCell } from './overTime.ts';
import { type LevelTest, membersOf, mergeOf, type Part, partsOf, slotsOf } from './parts.ts';
import type { Weights } from './weights.ts';

/** What is read for one pair of periods. */
export interface PairRead {
  readonly fact: FactPlan;
  readonly pair: PeriodPair;
  readonly run: Run;
  readonly axes: readonly Axis[];
  readonly levels: readonly LevelTest[];
  readonly weights: Weights | 'none';
}

/** The parts of one source period put together to the asked members; coverage is counted here, where a part is a part. */
export function byPeriod(read: PairRead, measure: FactMeasure): ReadonlyMap<string, MeasureCell> {
  const { fact, pair, run, axes, levels, weights } = read;
  const weighed = weights === 'none' ? -1 : axes.findIndex(({ column }) => column === weights.column);
  const cells = new Map<string, Weighing>();
  for (const part of partsOf(run, axes, levels, measure)) {
    const slots = slotsOf(part, axes);
    const members = membersOf(fact, axes, slots);
    const key = members.join('\n');
    const cell = cells.get(key) ?? { cell: emptyCell(members), whole: 0, having: new Set<string>() };
    cells.set(key, cell);
    const member = slots[weighed]?.member ?? '';
    const by = weights === 'none' ? null : weights.of(pair.weight, member);
    const expected = slots.every((slot) => slot.expected);
    addPart(cell, part, { member, by, expected }, measure);
  }
  return new Map(
    [...cells].map(([key, { cell, whole, having }]) => {
      if (weights === 'none') return [key, cell];
      // One finest member alone is its own mean, with or without a weight.
      const alone = having.size === 1;
      return [key, { ...cell, alone: alone ? 1 : 0, delivered: alone ? cell.delivered : whole }];
    }),
  );
}

/** A cell, its expected parts that have a weight, and the finest members that have anything. */
interface Weighing {
  readonly cell: MeasureCell;
  whole: number;
  readonly having: Set<string>;
}

function addPart(
  weighing: Weighing,
  part: Part,
  {
    member,
    by,
    expected,
  }: { readonly member: string; readonly by: bigint | null; readonly expected: boolean },
  measure: FactMeasure,
): void {
  const { cell, having } = weighing;
  const isKnown = part.known > 0 && part.suppressed === 0;
  if (part.known > 0) {
    cell.value = cell.value === null ? part.value : mergeOf(measure.merge, cell.value, part.value);
    cell.squares = (cell.squares ?? 0n) + part.squares;
    cell.periods = 1;
    having.add(member);
  }
  if (isKnown && by !== null) {
    cell.weighted = (cell.weighted ?? 0n) + part.value * by;
    cell.weight = (cell.weight ?? 0n) + by;
    if (expected) weighing.whole += 1;
  }
  if (expected && isKnown) cell.delivered += 1;
  if (expected && part.suppressed > 0) cell.suppressed += 1;
  if (expected && part.known === 0 && part.suppressed === 0 && part.notApplicable > 0)
    cell.notApplicable += 1;
  cell.known += part.known;
  cell.suppressedRows += part.suppressed;
  cell.notApplicableRows += part.notApplicable;
  cell.imputed += part.imputed;
  cell.broken += part.broken;
}

const emptyCell = (members: readonly string[]): MeasureCell => ({
  members,
  value: null,
  squares: null,
  weighted: null,
  weight: null,
  alone: 0,
  periods: 0,
  delivered: 0,
  suppressed: 0,
  notApplicable: 0,
  known: 0,
  suppressedRows: 0,
  notApplicableRows: 0,
  imputed: 0,
  broken: 0,
});
