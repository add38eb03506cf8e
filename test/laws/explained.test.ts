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
import { agreeing } from '../support/worked.ts';
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

async function explain(
  built: BuiltWorld,
  question: WorldQuestion,
  rows: number | null = null,
): Promise<Explanation | null> {
  const options = { rows };
  const request = requestOf(question);
  const { value } = await explainFigure(built.edition, request, duckDbDialect, built.context, options);
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
    'has a formula whose numbers give each other, line by line, and the figure that a question gives',
    async () => {
      const compared = await holds(harness(), { ask: ofOne, questions: 4 }, async (built, question) => {
        const explained = await explain(built, question);
        if (!explained) return 0;
        const asked = (await built.ask(question)).value?.rows[0]?.cells[0];
        const cell = explained.answer.rows[0]?.cells[0];
        const text = (value: Rational | null | undefined) => (value ? textOf(value) : null);
        const scaled = explained.worked.value && divide(explained.worked.value, explained.scale);
        // A KPI that does not hold in the period has a formula and no figure.
        const wanted = cell?.status === 'not_applicable' ? null : text(scaled);
        if (asked?.status !== cell?.status || text(asked?.value) !== wanted)
          throw new Error(`${text(asked?.value)} asked, ${wanted} worked out\n${shown(question)}`);
        const own = new Map(explained.components.map(({ measure, base }) => [measure, base]));
        return agreeing(explained.worked, own);
      });
      expect(compared).toBeGreaterThan(20);
    },
    patience,
  );

  it(
    'counts the rows that are left as somebody does who looks at every row',
    async () => {
      const naive = await openNaive();
      const trial = { ask: ofOne, questions: 4 };
      const compared = await holds(harness(), trial, async (built, question) => {
        const explained = await explain(built, question, 3);
        if (!explained) return 0;
        const sums = await sumsOf(naive, explained.sql);
        let found = 0;
        for (const { id, source, period, rowsLeft, flags, status } of explained.components) {
          if (rowsLeft === null) continue;
          const [first = '', last = first] = period.split('..');
          const rows = built.world.sources.find((each) => each.id === source)?.rows ?? [];
          const delivered = rows.filter((row) => first <= row.period && row.period <= last).length;
          const kpi = built.world.kpis.find(({ name }) => id.startsWith(`test.${name}`));
          const measure = kpi?.measures.find(({ name }) => id.endsWith(`.${name}`));
          const known = sums.get(`${built.model.measures[id]?.state}_known`);
          const numbers = rowsLeft.map((each) => each.rows);
          const isFalling = numbers.every((number, at) => at === 0 || number <= (numbers[at - 1] ?? 0));
          const final = rowsLeft.at(-1);
          // A member that was split lies in several parts, and the total of a source stands beside its parts.
          const isOnce = !flags.includes('imputed') && !flags.includes('source_total') && status === 'ok';
          if (numbers[0] !== delivered || !isFalling)
            throw new Error(`${delivered} delivered: ${JSON.stringify(rowsLeft)}\n${shown(question)}`);
          if (
            isOnce &&
            known &&
            explained.components.length === 1 &&
            BigInt(final?.rows ?? 0) !== known.numerator &&
            measure?.over === undefined
          )
            throw new Error(
              `${textOf(known)} known: ${JSON.stringify(rowsLeft)}\n${shown(question)}\n${explained.sql}`,
            );
          found += 1;
        }
        return found;
      });
      naive.close();
      expect(compared).toBeGreaterThan(20);
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
