import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree } from '../support/agree.ts';
import type { BuiltWorld } from '../support/cubeHarness.ts';
import {
  formulaText,
  type World,
  type WorldFormula,
  type WorldKpi,
  type WorldQuestion,
} from '../support/world.ts';
import { questions, worldsWith } from '../support/worlds.ts';
import {
  answerTo,
  cellsOf,
  deeper,
  holds,
  lawHarness,
  patience,
  sameCells,
  sumOf,
  tally,
  worldsOf,
} from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

const call = (name: string, of: readonly WorldFormula[], ...more: readonly string[]): WorldFormula => ({
  kind: 'call',
  name,
  of,
  with: more,
});

/** Functions that keep the unit of what they stand around. */
function wrapped(world: World, formula: WorldFormula): fc.Arbitrary<WorldFormula> {
  const kept = fc.constantFrom(...world.cube.dimensions);
  const levels = world.dimensions
    .filter(({ id }) => world.cube.dimensions.includes(id))
    .flatMap(({ hierarchies }) => [...new Set(Object.values(hierarchies).flat())]);
  const periods = fc.constantFrom('1', '1', '2', '3', '12');
  return fc.oneof(
    periods.map((n) => call('lag', [formula], n)),
    periods.map((n) => call('rolling', [formula], n)),
    fc.constantFrom(call('ytd', [formula]), call('same_period_last_year', [formula])),
    kept.map((dimension) => call('total', [formula], dimension)),
    fc.constantFrom(...levels).map((level) => call('mean_over', [formula], level)),
    fc.constantFrom(call('abs', [formula]), call('round', [formula], '1')),
  );
}

/** A function around a formula, now and then in another, or beside the formula itself. */
const changed = (world: World, formula: WorldFormula): fc.Arbitrary<WorldFormula> =>
  fc.oneof(
    wrapped(world, formula),
    wrapped(world, formula).chain((inner) => wrapped(world, inner)),
    wrapped(world, formula).map((right): WorldFormula => ({ kind: '-', left: formula, right })),
    wrapped(world, formula).map((other) => call('max', [formula, other])),
    fc
      .tuple(wrapped(world, formula), wrapped(world, formula))
      .map(([one, other]) => call('if', [formula, one, formula, other], '>=')),
    fc
      .constantFrom('"2025M12"', '"2026M01"', '"2026K1"', '"2026"')
      .map((base): WorldFormula => ({ kind: '*', left: formula, right: call('index', [formula], base) })),
  );

/** Operands can leave out the same parts where they add, and no total or mean has parts of its own. */
function missingOf(world: World, kpi: WorldKpi, formula: WorldFormula, skips: boolean): WorldKpi['missing'] {
  const all = partsOf(formula);
  const leaves = all.filter(({ kind }) => kind === 'measure');
  const isIndexed = all.some((part) => part.kind === 'call' && part.name === 'index');
  const isAlone = leaves.length === 1 && !isIndexed;
  const grains = all.filter((part) => part.kind === 'call' && ['total', 'mean_over'].includes(part.name));
  const isMean =
    grains.length === 1 && grains[0] === formula && formula.kind === 'call' && formula.name === 'mean_over';
  const adds = kpi.measures.every(({ over }) => Object.values(over ?? {}).every((rule) => rule === 'sum'));
  const counted = kpi.measures.map(({ source }) => {
    const codes = world.sources.find(({ id }) => id === source)?.codes ?? [];
    const expecting = codes.filter(({ expect: whom }) => whom !== 'delivered');
    return (expecting.length > 0 ? expecting : codes.slice(0, 1)).map(({ dimension }) => dimension);
  });
  const [first = [], ...rest] = counted;
  const isCommon = first.some((dimension) => rest.every((others) => others.includes(dimension)));
  const canSkip = isAlone || isMean || (grains.length === 0 && adds && isCommon);
  const { parts, operand } = kpi.missing;
  if (parts === 'skip') return canSkip ? kpi.missing : { parts: 'require_all', operand };
  if (parts === 'require_all' && skips && canSkip) return { parts: 'skip', coverage: 0.5, operand };
  return kpi.missing;
}

const partsOf = (formula: WorldFormula): readonly WorldFormula[] => {
  if (formula.kind === 'measure' || formula.kind === 'number') return [formula];
  const inner = formula.kind === 'call' ? formula.of : [formula.left, formula.right];
  return [formula, ...inner.flatMap(partsOf)];
};

function withFunctions(world: World): fc.Arbitrary<World> {
  // What is weighed in each period does not add over time, so a window of several is refused.
  const kpis = world.kpis
    .filter(({ name }) => name !== 'pris')
    .map((kpi): fc.Arbitrary<WorldKpi> => {
      return fc
        .tuple(changed(world, kpi.formula), fc.boolean())
        .map(([formula, skips]) => ({ ...kpi, formula, missing: missingOf(world, kpi, formula, skips) }));
    });
  return fc.tuple(...kpis).map((list) => ({ ...world, kpis: list }));
}

describe('a function', () => {
  it(
    'has the answer that reading the rows one by one gives, nested in whatever',
    async () => {
      const several = 4 * deeper;
      let compared = 0;
      const cases = worldsWith({})
        .filter((world) => world.kpis.some(({ name }) => name !== 'pris'))
        .chain(withFunctions)
        .chain((world) =>
          fc.tuple(
            fc.constant(world),
            fc.array(questions(world), { minLength: several, maxLength: several }),
          ),
        );
      const { failed, seed, numRuns, errorInstance } = await fc.check(
        fc.asyncProperty(cases, async ([world, asked]) => {
          const built = await harness().build(world);
          const formulas = world.kpis.map(({ name, formula }) => `${name}: ${formulaText(formula)}`);
          for (const question of asked)
            compared += await agree(built, question).catch((error: Error) => {
              throw new Error(`${formulas.join('; ')}\n${error.message}`);
            });
        }),
        { numRuns: worldsOf(60), endOnFailure: true },
      );
      tally(numRuns * several, numRuns, seed);
      if (failed) throw new Error(`With seed ${seed}: ${String(errorInstance)}`);
      expect(compared).toBeGreaterThan(0);
    },
    2 * patience,
  );

  it(
    'over time twice is once with both, of one period is none, and of twelve months is that of a year',
    async () => {
      const f: WorldFormula = { kind: 'measure', name: 'antal' };
      const variants: readonly (readonly [string, WorldFormula])[] = [
        ['plain', f],
        ['rolled', call('rolling', [f], '1')],
        ['twice', call('lag', [call('lag', [f], '1')], '2')],
        ['once', call('lag', [f], '3')],
        ['year_ago', call('same_period_last_year', [f])],
        ['twelve', call('lag', [f], '12')],
      ];
      const shape = (world: World): World => ({
        ...world,
        kpis: world.kpis.flatMap((kpi) => variants.map(([name, formula]) => ({ ...kpi, name, formula }))),
      });
      const ask = (question: WorldQuestion): WorldQuestion => ({
        ...question,
        kpis: variants.map(([name]) => name),
        by: [...question.by.filter((level) => !['maaned', 'kvartal', 'aar'].includes(level)), 'maaned'],
        period: '2025M12..2026M03',
      });
      const compared = await holds(harness(), { kpis: ['alene'], shape, ask }, async (built, question) => {
        const answer = await answerTo(built, question);
        if (!answer) return 0;
        const same = (one: string, other: string) =>
          sameCells(cellsOf(question, answer, one), cellsOf(question, answer, other), question);
        return same('plain', 'rolled') + same('twice', 'once') + same('year_ago', 'twelve');
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'of one figure does not change with the other columns, their order, or the route',
    async () => {
      let compared = 0;
      const cases = worldsWith({})
        .filter((world) => world.kpis.some(({ name }) => name !== 'pris'))
        .chain(withFunctions)
        .chain((world) =>
          fc.tuple(fc.constant(world), fc.array(questions(world), { minLength: deeper, maxLength: deeper })),
        );
      const unmoved = async (built: BuiltWorld, question: WorldQuestion) => {
        const plain = await answerTo(built, question);
        if (!plain) return;
        const reversed = {
          ...question,
          kpis: [...question.kpis].reverse(),
          by: [...question.by].reverse(),
        };
        const alone = { ...question, kpis: question.kpis.slice(-1) };
        for (const [other, more] of [
          [reversed, {}],
          [alone, {}],
          [question, { route: 'base' }],
        ] as const) {
          const answer = await answerTo(built, other, more);
          for (const kpi of other.kpis)
            if (answer)
              compared += sameCells(cellsOf(question, plain, kpi), cellsOf(other, answer, kpi), question);
        }
      };
      const numRuns = worldsOf(30);
      await fc.assert(
        fc.asyncProperty(cases, async ([world, asked]) => {
          const built = await harness().build(world);
          for (const question of asked) await unmoved(built, question);
        }),
        { numRuns, endOnFailure: true },
      );
      tally(numRuns * deeper, numRuns, fc.readConfigureGlobal()?.seed ?? 0);
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );

  it(
    'of a total is the whole that shares add up to',
    async () => {
      const f: WorldFormula = { kind: 'measure', name: 'antal' };
      const share: WorldFormula = { kind: '/', left: f, right: call('total', [f], 'kommune') };
      const shape = (world: World): World => ({
        ...world,
        kpis: world.kpis.map((kpi) => ({
          ...kpi,
          unit: 'andel',
          formula: share,
          missing: { parts: 'require_all', operand: 'require_all' },
          measures: kpi.measures.map((measure) => ({ ...measure, over: {} })),
        })),
      });
      const ask = (question: WorldQuestion): WorldQuestion => ({ ...question, by: ['kommune'], where: [] });
      const trial = { kpis: ['alene'], whole: true, shape, ask };
      const compared = await holds(harness(), trial, async (built, question) => {
        const answer = await answerTo(built, question);
        const values = (answer?.rows ?? []).map(({ cells }) => cells[0]?.value ?? null);
        const known = values.flatMap((value) => value ?? []);
        if (known.length === 0 || known.length < values.length) return 0;
        const { numerator, denominator } = sumOf(known);
        if (numerator !== denominator) throw new Error(`shares add up to ${numerator}/${denominator}`);
        return known.length;
      });
      expect(compared).toBeGreaterThan(0);
    },
    patience,
  );
});
