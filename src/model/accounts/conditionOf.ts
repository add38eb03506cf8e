import type { Span } from '../../diagnostics/diagnostic.ts';
import { invariant } from '../../diagnostics/invariant.ts';
import type { Expression } from '../../formula/expression.ts';
import { lookUp } from '../lookUp.ts';
import { firstYear, lastYear, type Selections, yearAfter } from './selected.ts';
import type { SelectionList, SelectionRule } from './types.ts';

/** What a condition needs to know of the rows that it is about. */
export interface AccountColumns {
  /** Dimension to the column that holds its codes. */
  readonly columnOf: (dimension: string) => string;
  readonly periodColumn: string;
  /** All codes of a dimension, in their order, `uoplyst` not among them. */
  readonly codesOf: (dimension: string) => readonly string[];
  /** Where the selection is named, for whatever is said of the condition. */
  readonly span: Span;
}

/**
 * A selection as an ordinary condition on rows, so that SQL, cells and explanations need to know nothing
 * of accounts. Where its list changes with the years, it is a condition on the period too.
 */
export function conditionOf(id: string, selections: Selections, columns: AccountColumns): Expression {
  const { span } = columns;
  const known = new Map<string, DimensionCodes>();
  const codesIn = (dimension: string): DimensionCodes => {
    const found = known.get(dimension) ?? dimensionCodes(columns.codesOf(dimension));
    known.set(dimension, found);
    return found;
  };
  const ofSelection = (name: string): Expression => {
    const selection = lookUp(selections, name);
    invariant(selection, `selection ${name} is in the model`);
    const listed = joined('or', selection.lists.map(ofList), span);
    return selection.within === null ? listed : joined('and', [listed, ofSelection(selection.within)], span);
  };
  const ofList = ({ validFrom, validTo, rules }: SelectionList): Expression =>
    joined('and', [...inYears(validFrom, validTo, columns), ofRules(rules)], span);
  const ofRules = (rules: readonly SelectionRule[]): Expression => joined('or', rules.map(ofRule), span);
  const ofRule = ({ codes, selections: named, except }: SelectionRule): Expression =>
    joined(
      'and',
      [
        ...Object.entries(codes).map(([dimension, selected]) =>
          inCodes(nameOf(columns.columnOf(dimension), span), selected.codes, codesIn(dimension)),
        ),
        ...(named.length > 0 ? [joined('or', named.map(ofSelection), span)] : []),
        ...(except.length > 0 ? [not(ofRules(except), span)] : []),
      ],
      span,
    );
  return ofSelection(id);
}

/** Every code of a period begins with its year, so that the texts are in the order of time. */
function inYears(from: string, to: string, { periodColumn, span }: AccountColumns): Expression[] {
  const name = nameOf(periodColumn, span);
  return [
    ...(from === firstYear ? [] : [compare(name, '>=', textOf(from, span), span)]),
    ...(to === lastYear ? [] : [compare(name, '<', textOf(yearAfter(to), span), span)]),
  ];
}

interface DimensionCodes {
  /** Whether all are numbers of one length: only then has text the order of codes. */
  readonly alike: boolean;
  /** Code to its place among all. */
  readonly places: ReadonlyMap<string, number>;
}

const dimensionCodes = (all: readonly string[]): DimensionCodes => ({
  alike: all.every((code) => /^\d+$/.test(code) && code.length === all[0]?.length),
  places: new Map(all.map((code, at) => [code, at])),
});

/**
 * Codes as a list; three or more that stand side by side as a range, so that a person can read it.
 */
function inCodes(
  name: Expression,
  selected: readonly string[],
  { alike, places }: DimensionCodes,
): Expression {
  const { span } = name;
  const runs = runsOf(selected, places);
  const ranges = alike ? runs.filter(({ length }) => length > 2) : [];
  const single = alike ? runs.filter(({ length }) => length <= 2).flat() : selected;
  return joined(
    'or',
    [
      ...ranges.map((run) => {
        const [from, to] = [textOf(run[0] ?? '', span), textOf(run.at(-1) ?? '', span)];
        return joined('and', [compare(name, '>=', from, span), compare(name, '<=', to, span)], span);
      }),
      ...(single.length > 0 ? [listed(name, single, span)] : []),
    ],
    span,
  );
}

/** Cut where a code in between is not selected. */
function runsOf(selected: readonly string[], places: ReadonlyMap<string, number>): (readonly string[])[] {
  const runs: string[][] = [];
  for (const code of selected) {
    const last = runs.at(-1);
    const before = places.get(last?.at(-1) ?? '');
    if (last && before !== undefined && places.get(code) === before + 1) last.push(code);
    else runs.push([code]);
  }
  return runs;
}

const nameOf = (name: string, span: Span): Expression => ({ kind: 'name', name, span });
const textOf = (value: string, span: Span): Expression => ({ kind: 'text', value, span });
const not = (operand: Expression, span: Span): Expression => ({
  kind: 'unary',
  operator: 'not',
  operand,
  span,
});

function listed(name: Expression, codes: readonly string[], span: Span): Expression {
  const list = codes.map((code) => textOf(code, span));
  const [only] = list;
  if (only && list.length === 1) return compare(name, '==', only, span);
  return { kind: 'in', operand: name, list, negated: false, span };
}

function compare(
  left: Expression,
  operator: '==' | '>=' | '<=' | '<',
  right: Expression,
  span: Span,
): Expression {
  return { kind: 'comparison', operator, left, right, span };
}

export function joined(operator: 'and' | 'or', parts: readonly Expression[], span: Span): Expression {
  invariant(parts.length > 0, 'a rule says something');
  return parts.reduce((left, right) => ({ kind: 'logic', operator, left, right, span }));
}
