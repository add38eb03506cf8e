import type { DeliveredBy } from '../catalog/types.ts';
import { type DistinctInMemory, runDistinct } from '../cells/runDistinct.ts';
import { type FactInMemory, runFact } from '../cells/runFact.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import type { FormulaParser } from '../formula/parse.ts';
import { groupBy } from '../model/groupBy.ts';
import { deliveredBeneath } from '../model/relations.ts';
import type { FactPlan, QueryPlan } from '../plan/plan.ts';
import { planQuery } from '../plan/planQuery.ts';
import { type Route, reasonInWords, routeQuery } from '../plan/route.ts';
import type { Answer, AnswerColumn, AnswerRow, AnswerVersion } from '../query/answer.ts';
import { bindQuery } from '../query/bindQuery.ts';
import type { BoundColumn, BoundQuery, OutPeriod } from '../query/bound.ts';
import type { Request } from '../query/request.ts';
import type { QueryScope } from '../query/scope.ts';
import { formulaFor } from '../query/versions.ts';
import { lowerPlan } from '../sql/lowerPlan.ts';
import type { SqlQuery } from '../sql/tree.ts';
import { collectComponents, type MeasureComponents } from './components.ts';
import type { EditionCells } from './editionCells.ts';
import type { EditionPeople } from './editionPeople.ts';
import { type FinishScope, finishRows } from './finish.ts';
import { addFromMemory, addFromPeople } from './inMemory.ts';
import { levelsOfAnswer } from './labels.ts';
import { notesOf } from './notes.ts';
import { type OpenEdition, placesFor, readable, type ServeStores } from './openEdition.ts';
import { preliminaryPeriods } from './preliminary.ts';
import { readPresence } from './readPresence.ts';

/** What answering needs: the engine is opened only when there is something to run. */
export interface AskContext {
  readonly stores: ServeStores;
  readonly engine: () => Promise<Engine>;
  /** Null where the request has no `where`: loading the parser costs more than the question. */
  readonly parse: FormulaParser | null;
  /** The edition's cells in memory, where they answer instead of an engine. */
  readonly cells?: EditionCells;
  /** Who is counted in each cell, where different people are counted by that instead of by rows. */
  readonly people?: EditionPeople;
}

/** A question on its way: bound, routed, planned and lowered, but not run. */
export interface PreparedQuery {
  readonly bound: BoundQuery;
  readonly routes: readonly Route[];
  readonly plan: QueryPlan;
  /** One for each fact of the plan. */
  readonly statements: readonly SqlQuery[];
  /** What cells in memory gave for facts that are not in the plan, since no engine need run them. */
  readonly inMemory: ReadonlyMap<FactPlan, FactInMemory>;
  /** The same of those who are counted once. */
  readonly fromPeople: ReadonlyMap<FactPlan, DistinctInMemory>;
  /** Who delivered the sources whose silence is zero. */
  readonly delivered: ReadonlyMap<string, DeliveredBy>;
}

export function scopeOf({ model, cube, manifest }: OpenEdition, parse: FormulaParser | null): QueryScope {
  return { model, cube: cube.id, held: heldPeriods({ manifest }), newest: manifest.period, parse };
}

function heldPeriods({ manifest }: Pick<OpenEdition, 'manifest'>): QueryScope['held'] {
  return Object.fromEntries(manifest.tables.map((table) => [table.source, table.periods]));
}

/** request -> bindQuery -> routeQuery -> planQuery -> lowerFact, with every file checked that will be read. */
export async function prepareQuery(
  edition: OpenEdition,
  request: Request,
  context: AskContext,
): Promise<Checked<PreparedQuery>> {
  const bound = bindQuery(request, scopeOf(edition, context.parse));
  if (!bound.value) return { diagnostics: bound.diagnostics };
  const prepared = await prepareBound(edition, bound.value, request.route, context);
  return { ...prepared, diagnostics: [...bound.diagnostics, ...prepared.diagnostics] };
}

export async function prepareBound(
  edition: OpenEdition,
  bound: BoundQuery,
  forced: Request['route'],
  context: AskContext,
): Promise<Checked<PreparedQuery>> {
  const { model, cube, manifest } = edition;
  const routes = routeQuery(bound, model, cube, manifest.tables, forced);
  const routeOf = (source: string) => routes.find((route) => route.source === source)?.kind ?? 'cells';
  const wanted = readable(planQuery(bound, { model, cube, routeOf }).facts, manifest);
  const inMemory = await fromMemory(wanted, context.cells);
  if (!inMemory.value) return { diagnostics: inMemory.diagnostics };
  const answered = inMemory.value;
  const people = await fromPeople(wanted, context.people);
  if (!people.value) return { diagnostics: people.diagnostics };
  const counted = people.value;
  const facts = wanted.filter((fact) => !answered.has(fact) && !counted.has(fact));
  const places = await placesFor(facts, manifest, context.stores);
  if (!places.value) return { diagnostics: places.diagnostics };
  const delivered = await readPresence(bound, edition, context.stores);
  if (!delivered.value) return { diagnostics: delivered.diagnostics };
  const lowered = places.value;
  return {
    value: {
      bound,
      routes,
      plan: { facts },
      inMemory: answered,
      fromPeople: counted,
      statements: facts.map((fact) => lowerPlan(fact, lowered)),
      delivered: delivered.value,
    },
    diagnostics: [],
  };
}

/** The facts that cells in memory can answer: all that go over cells, but those that are taken from rows. */
async function fromMemory(
  facts: readonly FactPlan[],
  cells: EditionCells | undefined,
): Promise<Checked<ReadonlyMap<FactPlan, FactInMemory>>> {
  const found = new Map<FactPlan, FactInMemory>();
  if (!cells) return { value: found, diagnostics: [] };
  const wanted = facts.filter(
    ({ kind, route, weight }) =>
      kind !== 'rows' && route === 'cells' && (weight?.route ?? 'cells') === 'cells',
  );
  const sources = wanted.flatMap(({ source, weight }) => [source, ...(weight ? [weight.cells.source] : [])]);
  const loaded = await cells.load(new Set(sources));
  if (!loaded.value) return { diagnostics: loaded.diagnostics };
  for (const fact of wanted) {
    const answer = runFact(fact, cells);
    if (answer) found.set(fact, answer);
  }
  return { value: found, diagnostics: [] };
}

/** The facts that count different people whose sets are in memory. */
async function fromPeople(
  facts: readonly FactPlan[],
  people: EditionPeople | undefined,
): Promise<Checked<ReadonlyMap<FactPlan, DistinctInMemory>>> {
  const found = new Map<FactPlan, DistinctInMemory>();
  if (!people) return { value: found, diagnostics: [] };
  for (const fact of facts) {
    const loaded = await people.load(fact);
    if (loaded.value === undefined) return { diagnostics: loaded.diagnostics };
    const counted = loaded.value && runDistinct(fact, loaded.value, people.structures);
    if (counted) found.set(fact, counted);
  }
  return { value: found, diagnostics: [] };
}

/** Runs what was prepared: the components of every use. */
export async function runComponents(
  { statements, plan, inMemory, fromPeople }: PreparedQuery,
  context: AskContext,
): Promise<ReadonlyMap<string, MeasureComponents>> {
  const results = [];
  if (statements.length > 0) {
    const engine = await context.engine();
    for (const statement of statements) results.push(await engine.query(statement));
  }
  const collected = collectComponents(plan.facts, results);
  for (const [fact, found] of inMemory) addFromMemory(collected, fact, found);
  for (const [fact, found] of fromPeople) addFromPeople(collected, fact, found);
  return collected;
}

/** What finishing needs to know of an edition. */
export function finishScopeOf(
  edition: OpenEdition,
  { delivered }: Pick<PreparedQuery, 'delivered'>,
): FinishScope {
  const { model, manifest } = edition;
  const madeUp = new Set(manifest.inputs.filter(({ synthetic }) => synthetic).map(({ source }) => source));
  const syntheticSources = new Set(
    Object.keys(model.sources).filter((id) =>
      deliveredBeneath(id, model.sources).some((each) => madeUp.has(each)),
    ),
  );
  const held = heldPeriods(edition);
  const preliminary = preliminaryPeriods(edition.cube.preliminary, model, held);
  return { model, delivered, syntheticSources, held, preliminary };
}

/** Runs what was prepared and finishes it: components to figures, status and coverage. */
export async function runPrepared(
  edition: OpenEdition,
  prepared: PreparedQuery,
  context: AskContext,
): Promise<{ readonly rows: AnswerRow[]; readonly components: ReadonlyMap<string, MeasureComponents> }> {
  const components = await runComponents(prepared, context);
  return { rows: finishRows(prepared.bound, components, finishScopeOf(edition, prepared)), components };
}

/** A question to its answer. */
export async function ask(
  edition: OpenEdition,
  request: Request,
  context: AskContext,
): Promise<Checked<Answer>> {
  const prepared = await prepareQuery(edition, request, context);
  if (!prepared.value) return { diagnostics: prepared.diagnostics };
  const { rows } = await runPrepared(edition, prepared.value, context);
  const total = request.totals ? await askTotal(edition, request, prepared.value.bound, context) : null;
  return { value: answerOf(edition, prepared.value, rows, total), diagnostics: prepared.diagnostics };
}

/**
 * The total is a question of its own, over the same slice and time, never a sum of the rows shown.
 * A column that cannot be totalled says so in its cell and spoils nothing else.
 */
async function askTotal(
  edition: OpenEdition,
  request: Request,
  bound: BoundQuery,
  context: AskContext,
): Promise<AnswerRow> {
  const [first, last] = [bound.periods[0], bound.periods.at(-1)];
  const period =
    request.period ?? (first && last && first !== last ? `${first.code}..${last.code}` : first?.code);
  const cells = [];
  for (const column of bound.columns) {
    const { order: _order, top: _top, totals: _totals, ...rest } = request;
    const single = { ...rest, kpis: [column.name], by: [], ...(period === undefined ? {} : { period }) };
    const prepared = await prepareQuery(edition, single, context);
    const row = prepared.value ? (await runPrepared(edition, prepared.value, context)).rows[0] : undefined;
    cells.push(
      row?.cells[0] ?? {
        status: 'not_applicable' as const,
        value: null,
        flags: [],
        coverage: { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 },
      },
    );
  }
  return { members: [], cells };
}

function columnOfAnswer(column: BoundColumn, periods: readonly OutPeriod[]): AnswerColumn {
  const { name, kind, id, label, unit, decimals } = column;
  const used = groupBy(periods, (period) => formulaFor(column, period));
  const versions = [...used].map(
    ([{ kpi }, own]): AnswerVersion => ({
      version: kpi.version,
      formula: kpi.formula,
      period: own.length > 1 ? `${own[0]?.code}..${own.at(-1)?.code}` : (own[0]?.code ?? ''),
    }),
  );
  return {
    name,
    kind,
    id,
    version: versions.at(-1)?.version ?? column.kpi.version,
    ...(versions.length > 1 ? { versions } : {}),
    label,
    unit: unit.text,
    decimals,
  };
}

export function answerOf(
  edition: OpenEdition,
  { bound, routes }: PreparedQuery,
  rows: readonly AnswerRow[],
  total: AnswerRow | null,
): Answer {
  const { manifest, model, cube } = edition;
  const [first, last] = [bound.periods[0], bound.periods.at(-1)];
  return {
    cube: cube.id,
    cubeLabel: cube.label,
    edition: {
      id: manifest.id,
      number: manifest.number,
      publishedAt: manifest.publishedAt,
      synthetic: manifest.synthetic,
    },
    hierarchy: bound.hierarchy,
    period: first && last && first !== last ? `${first.code}..${last.code}` : (first?.code ?? ''),
    levels: levelsOfAnswer(bound, model, rows),
    columns: bound.columns.map((column) => columnOfAnswer(column, bound.periods)),
    rows,
    total,
    notes: notesOf(edition, bound, rows),
    route: {
      kind: routes.some(({ kind }) => kind === 'base') ? 'base' : 'cells',
      reasons: routes.flatMap(({ source, kind, reasons }) =>
        reasons.map((reason) => `${source}: ${kind}, ${reasonInWords(reason)}`),
      ),
    },
  };
}
