import type { DistinctInMemory } from '../cells/runDistinct.ts';
import type { FactInMemory } from '../cells/runFact.ts';
import type { FactPlan } from '../plan/plan.ts';
import { cellKey } from './cellKey.ts';
import type { Component, Components, FigureOfRows, MeasureComponents } from './components.ts';
import { inPrices } from './inPrices.ts';

/** Adds what cells in memory give for a fact to the components of its uses. */
export function addFromMemory(
  collected: Map<string, MeasureComponents>,
  fact: FactPlan,
  found: FactInMemory,
): void {
  for (const [at, measure] of fact.measures.entries()) {
    const read = componentsOf(fact, measure, found.measures[at] ?? new Map());
    const priced = fact.prices ? inPrices(read, fact.prices) : read;
    for (const id of measure.uses) {
      const before = collected.get(id) ?? { parts: new Map(), totals: new Map(), rows: new Map() };
      collected.set(id, { ...before, [fact.kind]: priced });
    }
  }
}

/** The same of how many different people there are. */
export function addFromPeople(
  collected: Map<string, MeasureComponents>,
  fact: FactPlan,
  found: DistinctInMemory,
): void {
  const rows = new Map<string, FigureOfRows>();
  for (const [out, cells] of found)
    for (const { members, value, periods } of cells)
      rows.set(cellKey(out, members), { value: BigInt(value), next: null, known: 0, periods });
  for (const id of fact.measures.flatMap(({ uses }) => uses)) {
    const before = collected.get(id) ?? { parts: new Map(), totals: new Map(), rows: new Map() };
    collected.set(id, { ...before, rows });
  }
}

function componentsOf(
  fact: FactPlan,
  measure: FactPlan['measures'][number],
  cells: FactInMemory['measures'][number],
): Components {
  const shares = measure.shared ? BigInt(fact.shares) : 1n;
  const seesMapping = fact.structures.some(({ mapping }) => mapping !== null && mapping.broken.length > 0);
  const components = new Map<string, Component>();
  for (const [out, own] of cells)
    for (const cell of own)
      components.set(cellKey(out, cell.members), {
        value: cell.value,
        weighted: cell.weighted,
        weight: cell.weight,
        squares: measure.squares ? cell.squares : null,
        alone: cell.alone > 0,
        periods: cell.periods,
        delivered: cell.delivered,
        suppressed: cell.suppressed,
        notApplicable: cell.notApplicable,
        knownRows: cell.known,
        suppressedRows: cell.suppressedRows,
        notApplicableRows: cell.notApplicableRows,
        ...(shares === 1n ? {} : { shares }),
        ...(seesMapping ? { imputedRows: cell.imputed, brokenRows: cell.broken } : {}),
      });
  return components;
}
