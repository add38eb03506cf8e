import type { KpiDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { Expression } from '../../formula/expression.ts';
import type { BoundExpression, Kpi, Measure } from '../types.ts';
import { type BindContext, parseAt } from './context.ts';
import { unitOf } from './measures.ts';
import { resolveId } from './names.ts';

/** A KPI with the formula as written, before names are followed. */
export interface ParsedKpi {
  readonly definition: KpiDefinition;
  readonly formula: Expression | null;
}

export function parseFormulas(context: BindContext): Record<string, ParsedKpi> {
  return Object.fromEntries(
    context.definitions.kpis.map((definition) => [
      definition.record.kpi,
      { definition, formula: parseAt(context, definition, ['formula'], definition.record.formula) },
    ]),
  );
}

/** KPIs whose formulas are all measures; one whose formula does not bind is left out. */
export function bindKpis(
  context: BindContext,
  parsed: Readonly<Record<string, ParsedKpi>>,
  measures: Readonly<Record<string, Measure>>,
): Record<string, Kpi> {
  const bound: Record<string, Kpi> = {};
  for (const [id, { definition }] of Object.entries(parsed)) {
    const expression = bindFormula({ context, parsed, measures, report: true }, id, []);
    if (expression) bound[id] = bindKpi(definition, expression);
  }
  return bound;
}

function bindKpi({ record }: KpiDefinition, expression: BoundExpression): Kpi {
  const [domain, ...rest] = record.kpi.split('.');
  return {
    id: record.kpi,
    name: rest.join('.'),
    domain: domain ?? record.kpi,
    version: record.version,
    status: record.status,
    validFrom: record.valid_from,
    validTo: record.valid_to ?? null,
    label: record.label,
    definition: record.definition ?? null,
    unit: unitOf(record.unit),
    decimals: record.decimals,
    direction: record.direction,
    formula: record.formula,
    expression,
    measures: measuresOf(expression),
    missing: {
      parts: record.missing.parts,
      coverage: record.missing.coverage ?? (record.missing.parts === 'skip' ? 0 : 1),
      operand: record.missing.operand,
    },
    breaks: record.breaks ?? [],
    note: record.note ?? null,
  };
}

interface Following {
  readonly context: BindContext;
  readonly parsed: Readonly<Record<string, ParsedKpi>>;
  readonly measures: Readonly<Record<string, Measure>>;
  /** Faults are told once, where they stand, not again in every formula that comes by. */
  readonly report: boolean;
}

function bindFormula(following: Following, id: string, path: readonly string[]): BoundExpression | null {
  const formula = following.parsed[id]?.formula;
  return formula ? bindExpression(following, formula, id, [...path, id]) : null;
}

function bindExpression(
  following: Following,
  expression: Expression,
  kpi: string,
  path: readonly string[],
): BoundExpression | null {
  const bindHere = (operand: Expression) => bindExpression(following, operand, kpi, path);
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value };
    case 'name':
      return bindName(following, expression, kpi, path);
    case 'unary': {
      if (expression.operator === 'not') return refuse(following, expression.span, '"not"');
      const operand = bindHere(expression.operand);
      return operand && { kind: 'negate', operand };
    }
    case 'arithmetic': {
      const left = bindHere(expression.left);
      const right = bindHere(expression.right);
      return left && right && { kind: 'arithmetic', operator: expression.operator, left, right };
    }
    case 'call':
      if (following.report) {
        following.context.report(
          diagnostic('unknown-function', `There is no function named "${expression.name}".`, {
            span: expression.nameSpan,
            hint: 'a formula has + - * / and brackets over measures and other KPIs',
          }),
        );
      }
      return null;
    case 'text':
      return refuse(following, expression.span, 'A text');
    case 'comparison':
      return refuse(following, expression.span, 'A comparison');
    case 'logic':
      return refuse(following, expression.span, `"${expression.operator}"`);
    case 'in':
      return refuse(following, expression.span, '"in"');
  }
}

function refuse(following: Following, span: Span, what: string): null {
  if (following.report) {
    following.context.report(
      diagnostic('formula-not-a-number', `${what} is not a number, and the formula of a KPI must give one.`, {
        span,
        hint: 'conditions belong in a measure\'s "where"',
      }),
    );
  }
  return null;
}

function bindName(
  following: Following,
  { name, span }: { name: string; span: Span },
  kpi: string,
  path: readonly string[],
): BoundExpression | null {
  const { context, parsed, measures, report } = following;
  if (measures[`${kpi}.${name}`]) return { kind: 'measure', measure: `${kpi}.${name}` };
  const resolved = resolveId(name, parsed);
  const tell = (
    code: 'cyclic-formula' | 'ambiguous-name' | 'unknown-measure',
    message: string,
    hint?: string,
  ) => {
    if (report) context.report(diagnostic(code, message, { span, ...(hint === undefined ? {} : { hint }) }));
    return null;
  };
  if (resolved.kind === 'ambiguous') {
    return tell(
      'ambiguous-name',
      `"${name}" is the name of several KPIs.`,
      `write one of ${resolved.candidates.join(', ')}`,
    );
  }
  if (resolved.kind === 'unknown') {
    const local = Object.values(measures)
      .filter((measure) => measure.kpi === kpi)
      .map((measure) => measure.name);
    const hint = didYouMean(name, local) ?? resolved.hint;
    return tell('unknown-measure', `There is no measure named "${name}".`, hint);
  }
  const target = resolved.value.definition.record.kpi;
  if (path.includes(target)) {
    const circle = [...path.slice(path.indexOf(target)), target].join(' -> ');
    return tell('cyclic-formula', `The formula of "${target}" comes back to itself: ${circle}.`);
  }
  return bindFormula({ ...following, report: false }, target, path);
}

/** Measures of an expression, each once, in order of first use. */
export function measuresOf(expression: BoundExpression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'measure':
      return [expression.measure];
    case 'negate':
      return measuresOf(expression.operand);
    case 'arithmetic':
      return [...new Set([...measuresOf(expression.left), ...measuresOf(expression.right)])];
  }
}
