import type { Rational } from '../model/rational.ts';
import type { ExplainedBeside } from '../serve/explain/beside.ts';
import type { Explanation } from '../serve/explain/explanation.ts';
import type { Worked } from '../serve/explain/working.ts';
import { exactly, printExactJson } from './exactJson.ts';
import { answerObject } from './json.ts';

/**
 * An explanation as JSON, with all that it carries. A figure stands twice: as a decimal, rounded once to `decimals`,
 * and as the fraction that it is, `15529/954003`.
 */
export const printExplanationJson = (explanation: Explanation, decimals: number): string =>
  printExactJson(explanationObject(explanation, decimals));

export function explanationObject(explanation: Explanation, decimals: number): object {
  const { answer, worked, scale, components, versions, inputs, deliveries } = explanation;
  const figure = (value: Rational | null) => ({
    value: value && exactly(value, decimals),
    exact: value && fraction(value),
  });
  return {
    answer: answerObject(answer, decimals),
    formula: explanation.formula,
    versions,
    worked: workedObject(worked, figure),
    scale: fraction(scale),
    reasons: explanation.reasons,
    components: components.map(({ value, base, coverage, rowsLeft, sourceRows, ...component }) => ({
      ...component,
      ...figure(value),
      base: base && fraction(base),
      coverage: coverageObject(coverage),
      rows_left: rowsLeft,
      source_rows: sourceRows,
    })),
    reconciliations: explanation.reconciliations,
    gates: explanation.gates,
    plan: explanation.plan,
    sql: explanation.sql,
    inputs,
    deliveries,
  };
}

const fraction = ({ numerator, denominator }: Rational): string =>
  denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;

function workedObject(worked: Worked, figure: (value: Rational | null) => object): object {
  const { operator, decimals, figure: name, number, member, status, value, inputs } = worked;
  return {
    operator,
    ...(name === null ? {} : { figure: name }),
    ...(number === null ? {} : { number }),
    ...(member === null ? {} : { member }),
    ...(decimals === null ? {} : { decimals }),
    status,
    ...figure(value),
    ...(inputs.length > 0 ? { inputs: inputs.map((each) => workedObject(each, figure)) } : {}),
  };
}

const coverageObject = ({ notApplicable, ...rest }: { readonly notApplicable: number }): object => ({
  ...rest,
  not_applicable: notApplicable,
});

/** Two explanations side by side as JSON: what differs first, then each as a whole. */
export function printBesideJson(beside: ExplainedBeside, decimals: number): string {
  const { of, against, figures, rows, changes, deliveries } = beside;
  const told = (figure: ExplainedBeside['figures'][number]['of']) =>
    figure && {
      status: figure.status,
      value: figure.value && exactly(figure.value, decimals),
      exact: figure.value && fraction(figure.value),
    };
  return printExactJson({
    figures: figures.map((each) => ({
      measure: each.measure,
      unit: each.unit,
      of: told(each.of),
      against: told(each.against),
      difference: each.difference && exactly(each.difference, decimals),
      exact_difference: each.difference && fraction(each.difference),
    })),
    changes,
    rows,
    deliveries,
    of: explanationObject(of, decimals),
    against: explanationObject(against, decimals),
  });
}
