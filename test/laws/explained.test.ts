import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import {
  add,
  divide,
  isZero,
  multiply,
  parseDecimal,
  type Rational,
  rational,
  subtract,
} from '../../src/model/rational.ts';
import { type Explanation, explainFigure } from '../../src/serve/explain.ts';
import { type Naive, openNaive } from '../oracle/naive.ts';
import { shown } from '../support/agree.ts';
import { type BuiltWorld, requestOf } from '../support/cubeHarness.ts';
import type { World, WorldFormula, WorldQuestion } from '../support/world.ts';
import { holds, lawHarness, patience, textOf, withRules } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

/** How many a unit is of what formulas count in. */
const scales: Readonly<Record<string, bigint>> = {
  person: 1n,
  borger: 1n,
  'kr.': 1n,
  'kr./borger': 1n,
  'person/1000 borger': 1000n,
};

/** One figure, of what adds up: so a component is a sum that anybody can make of the rows of its statement. */
const ofOne = (question: WorldQuestion): WorldQuestion => ({
  ...question,
  kpis: question.kpis.slice(-1),
  by: [],
});
const adding = (world: World): World =>
  withRules(
    { ...world, kpis: world.kpis.filter(({ name }) => name !== 'pris' && name !== 'graense') },
    // What counts as nothing is explained as nothing, whatever its rows are.
    () => ({ missing: { parts: 'require_all', operand: 'require_all' } }),
    ({ period }) => (period === undefined ? { over: {}, overTime: 'sum' } : {}),
  );

async function explain(built: BuiltWorld, question: WorldQuestion): Promise<Explanation | null> {
  const { value } = await explainFigure(built.edition, requestOf(question), duckDbDialect, built.context);
  return value ?? null;
}

/** Law 13: a figure can be explained. */
describe('an explanation', () => {
  it(
    'has components that give the figure again, by the formula',
    async () => {
      const compared = await holds(harness(), { ask: ofOne, questions: 4 }, async (built, question) => {
        const explained = await explain(built, question);
        const kpi = built.world.kpis.find(({ name }) => name === question.kpis[0]);
        const cell = explained?.answer.rows[0]?.cells[0];
        if (!explained || !kpi || cell?.status !== 'ok') return 0;
        const components = new Map(
          explained.components.map(({ measure, value, status }) => [
            measure.split('.').at(-1) ?? '',
            // Unknown operands that count as nothing are nothing here too.
            status === 'ok' && value ? value : rational(0n),
          ]),
        );
        const again = worked(kpi.formula, components);
        const wanted = again && multiply(again, rational(scales[kpi.unit] ?? 1n));
        if (!wanted || !cell.value || textOf(wanted) !== textOf(cell.value))
          throw new Error(
            `${kpi.name}: ${wanted && textOf(wanted)} of its components, ${cell.value && textOf(cell.value)} asked\n${shown(question)}`,
          );
        return 1;
      });
      expect(compared).toBeGreaterThan(10);
    },
    patience,
  );

  it(
    'has statements that give its components when somebody else runs them',
    async () => {
      const naive = await openNaive();
      const trial = {
        ask: ofOne,
        shape: adding,
        questions: 4,
        kpis: ['alene', 'sparet', 'optalt', 'andel', 'forskel'],
      };
      const compared = await holds(harness(), trial, async (built, question) => {
        const explained = await explain(built, question);
        if (!explained) return 0;
        const sums = await sumsOf(naive, explained.sql);
        let found = 0;
        for (const { measure, value, status } of explained.components) {
          if (status !== 'ok' || !value) continue;
          const name = built.model.measures[measure]?.state ?? '';
          const byHand = sums.get(name);
          if (!byHand || textOf(byHand) !== textOf(value))
            throw new Error(
              `${name}: ${byHand && textOf(byHand)} by hand, ${textOf(value)} explained\n${explained.sql}`,
            );
          found += 1;
        }
        return found;
      });
      naive.close();
      expect(compared).toBeGreaterThan(10);
    },
    patience,
  );
});

function worked(formula: WorldFormula, components: ReadonlyMap<string, Rational>): Rational | null {
  switch (formula.kind) {
    case 'measure':
      return components.get(formula.name) ?? null;
    case 'number':
      return parseDecimal(formula.value);
    case 'call':
      throw new Error('these worlds call nothing');
    default: {
      const [left, right] = [worked(formula.left, components), worked(formula.right, components)];
      if (!left || !right || (formula.kind === '/' && isZero(right))) return null;
      return { '+': add, '-': subtract, '*': multiply, '/': divide }[formula.kind](left, right);
    }
  }
}

/** Columns by name, added up over all rows of all statements. */
async function sumsOf(naive: Naive, sql: string): Promise<Map<string, Rational>> {
  const sums = new Map<string, Rational>();
  for (const row of (await naive.run(sql)).flat())
    for (const [name, value] of Object.entries(row))
      if (value !== null && /^-?\d+(\.\d+)?$/.test(String(value)))
        sums.set(name, add(sums.get(name) ?? rational(0n), parseDecimal(String(value))));
  return sums;
}
