import type { EditionInput, ReconciliationResult } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { aggregateInWords } from '../model/aggregates.ts';
import { dateOf } from '../model/periods.ts';
import type { Rational } from '../model/rational.ts';
import { deliveredBeneath } from '../model/relations.ts';
import type { Flag, Status } from '../model/status.ts';
import { planInWords } from '../plan/inWords.ts';
import type { Answer, Cell, Coverage } from '../query/answer.ts';
import type { BoundColumn, MeasureUse, OutPeriod, UsedExpression, UseStep } from '../query/bound.ts';
import type { Request } from '../query/request.ts';
import { changesOf, columnIn, formulaFor, formulasOf } from '../query/versions.ts';
import type { Dialect } from '../sql/dialect.ts';
import { printSql } from '../sql/print.ts';
import type { SqlQuery } from '../sql/tree.ts';
import { type AskContext, ask, type PreparedQuery, prepareQuery, runPrepared } from './ask.ts';
import type { OpenEdition } from './openEdition.ts';

/** One figure followed down to what it stands on. */
export interface Explanation {
  readonly answer: Answer;
  readonly formula: string;
  /** All that the KPI was and is, in the order of time; the figure is worked out by one of them. */
  readonly versions: readonly ExplainedVersion[];
  readonly components: readonly ExplainedComponent[];
  readonly plan: readonly string[];
  readonly sql: string;
  readonly inputs: readonly EditionInput[];
  readonly reconciliations: readonly ReconciliationResult[];
}

export interface ExplainedVersion {
  readonly version: number;
  readonly formula: string;
  /** Dates of the days that it is used for; null: without end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly used: boolean;
}

export interface ExplainedComponent {
  /** The measure's id, and what functions around it do to the question. */
  readonly measure: string;
  /** `sum of vaerdi`. */
  readonly aggregate: string;
  readonly source: string;
  /** Source periods that went in: `2026M07`, `2026M04..2026M06`. */
  readonly period: string;
  readonly unit: string;
  readonly value: Rational | null;
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly coverage: Coverage;
}

/** A figure with its formula, components, plan in words, statements and snapshots. */
export async function explainFigure(
  edition: OpenEdition,
  request: Request,
  dialect: Dialect,
  context: AskContext,
): Promise<Checked<Explanation>> {
  const prepared = await prepareQuery(edition, request, context);
  const answered = await ask(edition, request, context);
  if (!prepared.value || !answered.value) return { diagnostics: prepared.diagnostics };
  const { bound, plan, statements } = prepared.value;
  const [asked] = bound.columns;
  const last = bound.periods.at(-1);
  invariant(asked && last, 'an explained figure has a column and a period');
  const column = columnIn(asked, last);
  const components = bound.measures.map((use) => columnOfUse(use, column));
  const { rows } = await runPrepared(
    edition,
    { ...prepared.value, bound: { ...bound, columns: components } },
    context,
  );
  const cells = rows[0]?.cells ?? [];
  const used = deliveredOf(edition, prepared.value);
  return {
    value: {
      answer: answered.value,
      formula: column.kind === 'kpi' ? column.kpi.formula : column.name,
      versions: versionsOf(asked, last),
      components: bound.measures.map((use, position) => explainComponent(use, cells[position])),
      plan: planInWords(plan),
      sql: printStatements(statements, dialect),
      inputs: edition.manifest.inputs.filter(({ source }) => used.has(source)),
      reconciliations: edition.manifest.reconciliations.filter(
        ({ kpi, against }) => kpi === column.kpi.id || against === column.kpi.id,
      ),
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

function explainComponent({ id, measure, pairs }: MeasureUse, cell: Cell | undefined): ExplainedComponent {
  const periods = [...new Set(pairs.map(({ source }) => source))];
  return {
    measure: id,
    aggregate: aggregateInWords(measure.aggregate, measure.column, measure.key),
    source: measure.source,
    period: periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? ''),
    unit: measure.unit.text,
    value: cell?.value ?? null,
    status: cell?.status ?? 'not_delivered',
    flags: cell?.flags ?? [],
    coverage: cell?.coverage ?? nothing,
  };
}

/** The delivered sources that a plan's figures come from. */
function deliveredOf({ model }: OpenEdition, { plan }: PreparedQuery): Set<string> {
  const read = plan.facts.flatMap((fact) => [
    fact.source,
    ...(fact.weight ? [fact.weight.cells.source] : []),
  ]);
  return new Set(read.flatMap((id) => deliveredBeneath(id, model.sources)));
}
