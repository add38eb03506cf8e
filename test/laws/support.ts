import process from 'node:process';
import fc from 'fast-check';
import { expect } from 'vitest';
import { add, type Rational, zero } from '../../src/model/rational.ts';
import type { Answer, AnswerRow, Cell } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { productText, shown } from '../support/agree.ts';
import { type BuiltWorld, type CubeHarness, openHarness } from '../support/cubeHarness.ts';
import type { World, WorldKpi, WorldQuestion } from '../support/world.ts';
import { questions, type Wishes, worldsWith } from '../support/worlds.ts';

/** Some run of the laws can be longer than others: `npm run laws -- 100000` asks that many questions. */
export const longer = Math.max(1, Number(process.env.LAWS_TIMES ?? 1));
export const patience = 180_000 * longer;

/**
 * How many times as many questions a world is asked where the run is longer: to make a world takes longer than to ask
 * it, and after some thousand worlds a further question to one of them finds as much as a further world.
 */
export const deeper = Math.min(5, longer);
/** Of so many worlds in the usual run, as many as it takes to ask `longer` times as many questions. */
export const worldsOf = (worlds: number): number => Math.ceil((worlds * longer) / deeper);

/** Opens DuckDB once for a test file and closes it behind the last test. */
export function lawHarness(hooks: {
  readonly before: (act: () => Promise<void>) => void;
  readonly after: (act: () => void) => void;
}): () => CubeHarness {
  let harness: CubeHarness | undefined;
  hooks.before(async () => {
    harness = await openHarness();
  });
  hooks.after(() => harness?.close());
  return () => {
    if (!harness) throw new Error('the harness is opened before the first test');
    return harness;
  };
}

export interface Trial extends Wishes {
  readonly worlds?: number;
  readonly questions?: number;
  /** A world of the kind that the law is about. */
  readonly shape?: (world: World) => World;
  /** Other worlds to hold beside each, built once for all of its questions. */
  readonly twins?: (world: World) => readonly World[];
  /** A question of the kind that the law is about. */
  readonly ask?: (question: WorldQuestion, world: World) => WorldQuestion;
}

/** Holds a law for random questions to random worlds; the law gives back how much it compared. */
export async function holds(
  harness: CubeHarness,
  trial: Trial,
  law: (built: BuiltWorld, question: WorldQuestion, twins: readonly BuiltWorld[]) => Promise<number>,
): Promise<number> {
  const { worlds = 20, questions: usual = 2, shape = (world) => world, ask = (question) => question } = trial;
  const several = usual * deeper;
  let compared = 0;
  const cases = worldsWith(trial)
    .map(shape)
    .chain((world) =>
      fc.tuple(
        fc.constant(world),
        fc.array(
          questions(world).map((question) => ask(question, world)),
          { minLength: several, maxLength: several },
        ),
      ),
    );
  const { failed, seed, numRuns, errorInstance } = await fc.check(
    fc.asyncProperty(cases, async ([world, asked]) => {
      const built = await harness.build(world);
      const beside: BuiltWorld[] = [];
      for (const twin of trial.twins?.(world) ?? []) beside.push(await harness.build(twin));
      for (const question of asked) compared += await law(built, question, beside);
    }),
    // To make a world smaller takes longer than to read the question that failed.
    { numRuns: worldsOf(worlds), endOnFailure: true },
  );
  tally(numRuns * several, numRuns, seed);
  if (failed) throw new Error(`With seed ${seed}: ${messageOf(errorInstance)}`, { cause: errorInstance });
  return compared;
}

/** A line that `scripts/laws.mjs` adds up. */
export function tally(questions: number, worlds: number, seed: number): void {
  const { currentTestName } = expect.getState();
  console.info(`law: ${questions} questions to ${worlds} worlds with seed ${seed}: ${currentTestName}`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Every KPI of a world with something changed, and its measures. */
export function withRules(
  world: World,
  kpi: (kpi: WorldKpi) => Partial<WorldKpi>,
  measure: (measure: WorldKpi['measures'][number]) => Partial<WorldKpi['measures'][number]> = () => ({}),
): World {
  const change = (each: WorldKpi): WorldKpi => ({
    ...each,
    measures: each.measures.map((one) => ({ ...one, ...measure(one) })),
    ...kpi(each),
  });
  return { ...world, kpis: world.kpis.map(change) };
}

/** The answer, or null where the product refuses. */
export async function answerTo(
  built: BuiltWorld,
  question: WorldQuestion,
  more: Partial<Request> = {},
): Promise<Answer | null> {
  const { value } = await built.ask(question, more);
  return value ?? null;
}

/** Codes of a row, by level and sorted, so that the order of the levels does not show. */
export function placeOf(question: Pick<WorldQuestion, 'by'>, row: AnswerRow): string {
  return question.by
    .map((level, position) => `${level}=${row.members[position]}`)
    .sort()
    .join(' ');
}

/** Place to what the cell of a column says. */
export function cellsOf(question: WorldQuestion, answer: Answer, column: string): Map<string, Cell> {
  const position = answer.columns.findIndex(({ name }) => name === column);
  return new Map(
    answer.rows.flatMap((row) => {
      const cell = row.cells[position];
      return cell ? [[placeOf(question, row), cell] as const] : [];
    }),
  );
}

/** Throws where two answers do not say the same of a place that both have; gives the number compared. */
export function sameCells(
  one: ReadonlyMap<string, Cell>,
  other: ReadonlyMap<string, Cell>,
  question: WorldQuestion,
): number {
  let compared = 0;
  for (const [place, cell] of one) {
    const twin = other.get(place);
    if (!twin) continue;
    if (productText(cell) !== productText(twin)) {
      throw new Error(
        `at "${place}"\none:   ${productText(cell)}\nother: ${productText(twin)}\n${shown(question)}`,
      );
    }
    compared += 1;
  }
  return compared;
}

export const sumOf = (values: Iterable<Rational>): Rational => [...values].reduce(add, zero);

export const same = (a: Rational, b: Rational): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator;

export const textOf = ({ numerator, denominator }: Rational): string => `${numerator}/${denominator}`;
