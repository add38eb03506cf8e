import { readReceipts } from '../catalog/receipts.ts';
import type { Store } from '../catalog/store.ts';
import type { EditionInput } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { printFormula } from '../formula/print.ts';
import { conjuncts } from '../formula/walk.ts';
import { aggregateInWords } from '../model/aggregates.ts';
import { dateOf } from '../model/periods.ts';
import { multiply } from '../model/rational.ts';
import { deliveredBeneath } from '../model/relations.ts';
import type { SemanticModel } from '../model/types.ts';
import { planInWords } from '../plan/inWords.ts';
import type { Cell, Coverage } from '../query/answer.ts';
import type {
  BoundColumn,
  BoundQuery,
  MeasureUse,
  OutPeriod,
  UsedExpression,
  UseStep,
} from '../query/bound.ts';
import type { Request } from '../query/request.ts';
import { changesOf, columnIn, formulaFor, formulasOf } from '../query/versions.ts';
import type { Dialect } from '../sql/dialect.ts';
import { printSql } from '../sql/print.ts';
import type { SqlQuery } from '../sql/tree.ts';
import {
  type AskContext,
  answerOf,
  finishScopeOf,
  type PreparedQuery,
  prepareQuery,
  runComponents,
} from './ask.ts';
import type {
  ExplainedComponent,
  ExplainedDelivery,
  ExplainedVersion,
  Explanation,
} from './explain/explanation.ts';
import { gatesTouching } from './explain/gates.ts';
import { missingParts } from './explain/missing.ts';
import { reasonsOf } from './explain/reasons.ts';
import { countRowsLeft, rowsOfUse, sourceRowsOf } from './explain/rows.ts';
import { workOut } from './explain/working.ts';
import { finishEach, finishRows } from './finish.ts';
import { scaleOf } from './finishMeasure.ts';
import type { OpenEdition } from './openEdition.ts';

export type {
  ExplainedComponent,
  ExplainedDelivery,
  ExplainedVersion,
  Explanation,
} from './explain/explanation.ts';

export interface ExplainOptions {
  /** How many source rows to tell of each component; null: rows are neither counted nor told, which is faster. */
  readonly rows: number | null;
}

/** A figure with its formula, components, plan in words, statements and snapshots. */
export async function explainFigure(
  edition: OpenEdition,
  request: Request,
  dialect: Dialect,
  context: AskContext,
  options: ExplainOptions = { rows: null },
): Promise<Checked<Explanation>> {
  const prepared = await prepareQuery(edition, request, context);
  if (!prepared.value) return { diagnostics: prepared.diagnostics };
  const { bound, plan, statements } = prepared.value;
  const [asked] = bound.columns;
  const last = bound.periods.at(-1);
  invariant(asked && last, 'an explained figure has a column and a period');
  const column = columnIn(asked, last);
  const values = await runComponents(prepared.value, context);
  const scope = finishScopeOf(edition, prepared.value);
  const answer = answerOf(edition, prepared.value, finishRows(bound, values, scope), null);
  const [row] = finishEach(bound, values, scope, ({ column: { expression, kpi }, figures }) => ({
    worked: workOut(expression, figures, kpi.missing),
  }));
  const cell = answer.rows.at(-1)?.cells[0];
  const worked = row?.cells[0]?.worked;
  invariant(cell && worked, 'a question without levels has one cell');
  const [alone] = finishRows(
    { ...bound, columns: bound.measures.map((use) => columnOfUse(use, column)) },
    values,
    scope,
  );
  const used = deliveredOf(edition, prepared.value);
  const inputs = edition.manifest.inputs.filter(({ source }) => used.has(source));
  const deliveries = await deliveriesOf(inputs, context.stores.snapshotStore);
  const components: ExplainedComponent[] = [];
  for (const [position, use] of bound.measures.entries()) {
    const own = explainComponent(edition, bound, use, alone?.cells[position]);
    const isWhole = own.coverage.delivered >= own.coverage.expected;
    const missing = isWhole ? [] : await missingParts(edition, prepared.value, column, use, context);
    const rows =
      options.rows === null
        ? noRows
        : await rowsIn(edition, prepared.value, use, own, deliveries, options.rows, context);
    components.push({ ...own, missing, ...rows });
  }
  return {
    value: {
      answer,
      formula: column.kind === 'kpi' ? column.kpi.formula : column.name,
      worked,
      scale: scaleOf(column.unit),
      reasons: reasonsOf({ edition, column, period: last, cell, worked, components }),
      versions: versionsOf(asked, last),
      components,
      plan: planInWords(plan),
      sql: printStatements(statements, dialect),
      inputs,
      deliveries,
      reconciliations: edition.manifest.reconciliations.filter(
        ({ kpi, against }) => kpi === column.kpi.id || against === column.kpi.id,
      ),
      gates: gatesTouching(edition.manifest, column.kpi.id, used),
    },
    diagnostics: prepared.diagnostics,
  };
}

function versionsOf(column: BoundColumn, period: OutPeriod): readonly ExplainedVersion[] {
  const ends = changesOf(column);
  return formulasOf(column).map((each, at) => {
    const [from, until] = [ends[at - 1], ends[at]];
    return {
      version: each.kpi.version,
      formula: each.kpi.formula,
      from: from === undefined ? null : dateOf(from),
      to: until === undefined ? null : dateOf(until - 1),
      used: each === formulaFor(column, period),
    };
  });
}

/** Statements as a person can run them, values written in. */
export function printStatements(statements: readonly SqlQuery[], dialect: Dialect): string {
  return statements
    .map((statement) => `${printSql(statement, dialect, { values: 'literals' }).text};\n`)
    .join('\n');
}

/** A use as a column of its own, beside the figure that it goes into; of a mean, the mean of it alone. */
function columnOfUse(use: MeasureUse, column: BoundColumn): BoundColumn {
  const { measure } = use;
  const { earlier: _earlier, ...rest } = column;
  const spec = column.uses.find(({ id }) => id === use.id);
  return {
    ...rest,
    name: use.id,
    kind: 'measure',
    id: measure.id,
    unit: measure.unit,
    decimals: measure.decimals,
    expression: aloneIn(column.expression, { kind: 'use', use: use.id }, spec?.steps ?? []),
    measures: [measure.id],
    uses: column.uses,
  };
}

/** One operand, added up over the parts that all operands of the formula have, or worked out where they are. */
function aloneIn(
  formula: UsedExpression,
  operand: UsedExpression,
  steps: readonly UseStep[],
): UsedExpression {
  return formula.kind === 'matched' ? { ...formula, operand } : withMeans(operand, steps);
}

function withMeans(expression: UsedExpression, steps: readonly UseStep[]): UsedExpression {
  return steps.reduceRight<UsedExpression>((operand, step, at) => {
    if (step.kind !== 'add') return operand;
    const dropped = steps.slice(0, at).flatMap((each) => (each.kind === 'drop' ? each.dimensions : []));
    return { kind: 'mean_over', level: step.level, dimension: step.dimension, dropped, operand };
  }, expression);
}

const nothing: Coverage = { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };

function explainComponent(
  { model }: OpenEdition,
  bound: BoundQuery,
  { id, measure, pairs, weight, filters }: MeasureUse,
  cell: Cell | undefined,
): ExplainedComponent {
  const periods = [...new Set(pairs.map(({ source }) => source))];
  const value = cell?.value ?? null;
  return {
    measure: id,
    id: measure.id,
    aggregate: aggregateInWords(measure.aggregate, measure.column, measure.key),
    source: measure.source,
    period: periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? ''),
    unit: measure.unit.text,
    value,
    base: value && multiply(value, scaleOf(measure.unit)),
    status: cell?.status ?? 'not_delivered',
    flags: cell?.flags ?? [],
    coverage: cell?.coverage ?? nothing,
    delivered: deliveredBeneath(measure.source, model.sources),
    role: roleOf(model, measure.source),
    weight: weight?.measure.id ?? null,
    conditions: measure.where === null ? [] : conjuncts(measure.where).map(printFormula),
    filters: bound.filters
      .filter(({ dimension }) => filters.some((each) => each.dimension === dimension))
      .map(({ condition }) => printFormula(condition)),
    missing: [],
    ...noRows,
  };
}

const noRows = { rowsLeft: null, sourceRows: null } as const;

/** The rows of a component, counted and the first of them told; what a figure of nothing is made of is none. */
async function rowsIn(
  edition: OpenEdition,
  prepared: PreparedQuery,
  use: MeasureUse,
  { flags }: ExplainedComponent,
  deliveries: readonly ExplainedDelivery[],
  limit: number,
  context: AskContext,
): Promise<Pick<ExplainedComponent, 'rowsLeft' | 'sourceRows'>> {
  const of = await rowsOfUse(edition, prepared, use, flags.includes('source_total'), context);
  if (!of) return noRows;
  const snapshots = (source: string) =>
    edition.manifest.inputs.find((input) => input.source === source)?.snapshots ?? [];
  const fileOf = (source: string, position: number) => {
    const snapshot = snapshots(source)[position]?.number;
    return deliveries.find((each) => each.source === source && each.snapshot === snapshot)?.file ?? null;
  };
  return {
    rowsLeft: await countRowsLeft(of, context),
    sourceRows: limit === 0 ? null : await sourceRowsOf(edition, of, fileOf, limit, context),
  };
}

/** What the kommune of a source's rows is to them, where the contract says it. */
function roleOf(model: SemanticModel, source: string): string | null {
  const roles = (model.sources[source]?.columns ?? []).flatMap((column) =>
    column.kind === 'code' && column.role !== null ? [column.role] : [],
  );
  return roles.length === 0 ? null : [...new Set(roles)].join(', ');
}

/** The receipt that each snapshot came with; where receipts cannot be read, there are none to tell of. */
async function deliveriesOf(
  inputs: readonly EditionInput[],
  store: Store,
): Promise<readonly ExplainedDelivery[]> {
  const receipts = new Map((await readReceipts(store)).value?.map((each) => [each.number, each]));
  return inputs.flatMap(({ source, snapshots }) =>
    snapshots.flatMap(({ receipt: number, number: snapshot }) => {
      const receipt = receipts.get(number);
      if (!receipt) return [];
      const { file, sender, received, sha256 } = receipt;
      return [{ receipt: number, source, snapshot, file, sender, received, sha256 }];
    }),
  );
}

/** The delivered sources that a plan's figures come from. */
function deliveredOf({ model }: OpenEdition, { plan }: PreparedQuery): Set<string> {
  const read = plan.facts.flatMap((fact) => [
    fact.source,
    ...(fact.weight ? [fact.weight.cells.source] : []),
  ]);
  return new Set(read.flatMap((id) => deliveredBeneath(id, model.sources)));
}
