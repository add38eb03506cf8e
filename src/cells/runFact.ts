import { groupBy } from '../model/groupBy.ts';
import type { FactPlan } from '../plan/plan.ts';
import type { PeriodPair } from '../query/bound.ts';
import type { Days } from '../query/figureDate.ts';
import { type Axis, axesNeeded, axisOf, type Structures } from './axis.ts';
import { byPeriod } from './byPeriod.ts';
import type { GrainInMemory, Run, TableInMemory } from './memory.ts';
import { addPeriod, type MeasureCell } from './overTime.ts';
import type { LevelTest } from './parts.ts';
import { pickGrain } from './pickGrain.ts';
import { weightsOf } from './weights.ts';

/** What facts are run over. */
export interface CellsInMemory {
  readonly tables: ReadonlyMap<string, TableInMemory>;
  readonly structures: Structures;
}

/** A fact over cells in memory: what an engine gives for it. */
export interface FactInMemory {
  readonly grain: GrainInMemory;
  /** Cells that were gone through, for every measure. */
  readonly touched: number;
  /** In the order of the fact's measures: the cells of each period of the answer. */
  readonly measures: readonly ReadonlyMap<string, readonly MeasureCell[]>[];
}

/**
 * The same steps as the statement of a fact: cells, parts, the asked members in each source period, and last over
 * time, in integers of any size. It answers whatever a fact can ask; what is asked most goes the shorter way of
 * `compileFact`. Null where the cells are not in memory.
 */
export function runFact(fact: FactPlan, { tables, structures }: CellsInMemory): FactInMemory | null {
  const table = tables.get(fact.source);
  const picked = table && pickGrain(fact, table);
  const weights = weightsOf(fact, tables);
  if (!table || !picked || weights === null) return null;
  const axesOn = axesByDays(fact, table, structures);
  const measures = fact.measures.map(() => new Map<string, readonly MeasureCell[]>());
  let touched = 0;
  for (const [out, pairs] of groupBy(fact.pairs, (pair) => pair.out)) {
    const overTime = fact.measures.map(() => new Map<string, MeasureCell>());
    for (const pair of inOrderOfTime(pairs)) {
      const run = picked.grain.runs.get(pair.source);
      if (!run) continue;
      touched += run.to - run.from;
      const axes = axesOn(daysOfPair(fact, pair));
      const levels = levelsIn(fact, table, run);
      for (const [at, measure] of fact.measures.entries())
        for (const [key, cell] of byPeriod({ fact, pair, run, axes, levels, weights }, measure)) {
          const before = overTime[at]?.get(key);
          if (before) addPeriod(before, cell, measure);
          else overTime[at]?.set(key, cell);
        }
    }
    for (const [at, cells] of overTime.entries()) measures[at]?.set(out, [...cells.values()]);
  }
  return { grain: picked.grain, touched, measures };
}

/** The first and the last period are those of the least and the greatest name. */
export const inOrderOfTime = (pairs: readonly PeriodPair[]): readonly PeriodPair[] =>
  [...pairs].sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0));

/** The day whose structure counts for a pair, and the day that its figures are of. */
export function daysOfPair(fact: FactPlan, { source, structureDate }: PeriodPair): Days {
  return { structure: structureDate, figures: fact.figureDates?.[source] ?? structureDate };
}

function axesByDays(
  fact: FactPlan,
  table: TableInMemory,
  structures: Structures,
): (days: Days) => readonly Axis[] {
  const needs = axesNeeded(fact);
  const made = new Map<string, readonly Axis[]>();
  return (days) => {
    const key = `${days.structure} ${days.figures}`;
    const known = made.get(key);
    if (known) return known;
    const axes = needs.map((need) => axisOf(need, table.codes[need.column] ?? [], days, structures));
    made.set(key, axes);
    return axes;
  };
}

/** Rows of leveled columns are those of one level each. */
export function levelsIn({ rowLevels }: FactPlan, { codes }: TableInMemory, { columns }: Run): LevelTest[] {
  return Object.entries(rowLevels).flatMap(([name, level]) => {
    const column = `${name}_level`;
    return columns.ordinals[column] ? [{ column, ordinal: codes[column]?.indexOf(level) ?? -1 }] : [];
  });
}
