import type { DeliveredBy } from '../../catalog/types.ts';
import type { FormulaParser } from '../../formula/parse.ts';
import type { SemanticModel } from '../../model/types.ts';
import { planQuery } from '../../plan/planQuery.ts';
import { routeQuery } from '../../plan/route.ts';
import { bindQuery } from '../../query/bindQuery.ts';
import type { BoundQuery } from '../../query/bound.ts';
import { bindFilters } from '../../query/filters.ts';
import type { Request } from '../../query/request.ts';
import { finishScopeOf, scopeOf } from '../ask.ts';
import type { EditionCells } from '../editionCells.ts';
import { type Expectation, expectationOf } from '../expected.ts';
import { type OpenEdition, readable, type ServeStores } from '../openEdition.ts';
import { preliminaryFigures } from '../preliminary.ts';
import { readPresence } from '../readPresence.ts';
import { type HotAnswer, type HotScope, hotAnswer } from './answer.ts';
import { type Expectations, type HotPlan, hotPlan } from './plan.ts';
import { type HotSlice, hotSlice } from './slice.ts';

/** Questions to one edition whose cells are in memory. */
export interface HotQuestions {
  /**
   * The answer in columns, or why the longer way has to be taken: a question that is wrong, or one that is more than
   * sums and ratios.
   */
  readonly answer: (request: Request, cells: EditionCells) => Promise<HotAnswer | string>;
}

/** A question as long as its members stay open. */
interface Known {
  readonly plan: HotPlan;
  readonly scope: HotScope;
  readonly delivered: ReadonlyMap<string, DeliveredBy>;
  readonly slices: Map<string, HotSlice | null>;
}

/** What is kept of questions and of their filters; the oldest goes first. */
const mostPlans = 500;
const mostSlices = 2_000;
/** Places of all slices of a question. */
const mostKept = 5_000_000;
const decimals = 6;

export function hotQuestions(edition: OpenEdition, stores: ServeStores, parse: FormulaParser): HotQuestions {
  const plans = new Map<string, Known | string>();
  const held = Object.fromEntries(edition.manifest.tables.map((table) => [table.source, table.periods]));
  const scope = scopeOf(edition, parse);
  const bind = async (request: Request, cells: EditionCells): Promise<Known | string> => {
    const { value: bound } = bindQuery(request, scope);
    if (!bound) return 'the question is wrong';
    const { model, cube, manifest } = edition;
    if (routeQuery(bound, model, cube, manifest.tables, undefined).some(({ kind }) => kind === 'base'))
      return 'cells do not hold what is asked for';
    const facts = readable(planQuery(bound, { model, cube, routeOf: () => 'cells' }).facts, manifest);
    if (facts.some(({ kind, weight }) => kind !== 'parts' || weight)) return 'the figure is none of parts';
    const loaded = await cells.load(facts.map(({ source }) => source));
    const delivered = await readPresence(bound, edition, stores);
    if (!loaded.value || !delivered.value) return 'its cells cannot be read';
    const open = { ...bound, filters: [], measures: bound.measures.map((use) => ({ ...use, filters: [] })) };
    const plan = hotPlan(bound, facts, cells, expectationsOf(open, model, delivered.value));
    if (typeof plan === 'string') return plan;
    return {
      plan,
      scope: hotScope(edition, bound, delivered.value),
      delivered: delivered.value,
      slices: new Map(),
    };
  };
  return {
    answer: async (request, cells) => {
      if (request.totals || request.route !== undefined) return 'a total is a question of its own';
      const shape = shapeOf(request);
      let known = plans.get(shape);
      // Tables that were dropped and read again are others, and what was settled for them would keep them alive.
      if (known === undefined || (typeof known !== 'string' && !isOf(known.plan, cells))) {
        known = await bind(request, cells);
        if (known !== 'the question is wrong') keep(plans, shape, known, mostPlans);
      }
      if (typeof known === 'string') return known;
      const where = request.where ?? '';
      let slice = known.slices.get(where);
      if (slice === undefined) {
        slice = sliceOf(known, request, edition, cells, scope, held);
        if (slice === undefined) return 'the question is wrong';
        keep(known.slices, where, slice, Math.max(4, Math.min(mostSlices, mostKept / known.plan.places)));
      }
      if (slice === null) return 'a member belongs in several places';
      return hotAnswer(known.plan, slice, known.scope);
    },
  };
}

const isOf = ({ facts }: HotPlan, { tables }: EditionCells): boolean =>
  facts.every(({ fact, table }) => tables.get(fact.source) === table);

function keep<T>(all: Map<string, T>, key: string, value: T, most: number): void {
  if (all.size >= most) for (const oldest of all.keys()) if (all.delete(oldest)) break;
  all.set(key, value);
}

/** What a question is but for the members that its filters name. */
function shapeOf({ cube, kpis, by, where = '', period, hierarchy, order, top }: Request): string {
  const filter = where.replace(/\[[^\]]*\]/g, '[?]').replace(/"[^"]*"/g, '?');
  return JSON.stringify([cube, kpis, by, filter, period, hierarchy, order, top]);
}

/** The same question with these filters; undefined where something is wrong with them. */
function sliceOf(
  { plan, delivered }: Known,
  request: Request,
  edition: OpenEdition,
  cells: EditionCells,
  scope: ReturnType<typeof scopeOf>,
  held: Readonly<Record<string, readonly string[]>>,
): HotSlice | null | undefined {
  let isWrong = false;
  const filters = bindFilters(request, scope, () => {
    isWrong = true;
  });
  if (isWrong) return undefined;
  const bound = { ...plan.bound, filters, measures: plan.bound.measures.map((use) => ({ ...use, filters })) };
  return hotSlice({ ...plan, bound }, cells, expectationsOf(bound, edition.model, delivered), held);
}

/** Members that were met are known only when cells have been added up, so here none are. */
function expectationsOf(
  bound: BoundQuery,
  model: SemanticModel,
  delivered: ReadonlyMap<string, DeliveredBy>,
): Expectations {
  const alone = new Map<string, Expectation>();
  const of = (levels: BoundQuery['levels']): Expectation => {
    const key = levels.map(({ name }) => name).join();
    const none = levels.map(() => new Set<string>());
    const known = alone.get(key) ?? expectationOf({ ...bound, levels }, model, none, delivered);
    alone.set(key, known);
    return known;
  };
  return { ofCells: of(bound.levels), members: (levels, period) => of(levels).members(period) };
}

function hotScope(
  edition: OpenEdition,
  bound: BoundQuery,
  delivered: ReadonlyMap<string, DeliveredBy>,
): HotScope {
  const { syntheticSources, preliminary = new Map() } = finishScopeOf(edition, { delivered });
  const isPreliminary = preliminaryFigures(bound, preliminary);
  return {
    decimals,
    isPreliminary,
    isSynthetic: ({ uses }) => {
      const ids = new Set(uses.map(({ id }) => id));
      return bound.measures.some(({ id, measure }) => ids.has(id) && syntheticSources.has(measure.source));
    },
  };
}
