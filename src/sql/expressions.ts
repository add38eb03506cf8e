import { assertNever, invariant } from '../diagnostics/invariant.ts';
import type { Dialect } from './dialect.ts';
import { between, bracketed, call, chain, type Layout } from './layout.ts';
import type { ValuePrinter } from './parameters.ts';
import type { SqlExpression, SqlOperator, SqlType } from './tree.ts';

export interface ExpressionPrinter {
  readonly layout: (expression: SqlExpression) => Layout;
  readonly cast: (operand: SqlExpression, type: SqlType) => Layout;
}

/** How tightly each operator binds; what stands within a tighter one needs brackets. */
const binding: Readonly<Record<SqlOperator, number>> = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
};
const comparison = 4;
const primary = 8;

const decimalText = /^-?\d+(\.\d+)?$/;

export function expressionPrinter(dialect: Dialect, values: ValuePrinter): ExpressionPrinter {
  const layout = (expression: SqlExpression): Layout => {
    switch (expression.kind) {
      case 'column':
        return columnText(expression.table, expression.name);
      case 'text':
        return values.text(expression.value);
      case 'integer':
        return values.integer(expression.value);
      case 'decimal':
        return decimal(expression.value, decimalsOf(expression.value));
      case 'null':
        return 'null';
      case 'binary':
        return binary(expression.operator, expression.left, expression.right);
      case 'not':
        return ['not ', within(primary, expression.operand)];
      case 'negate':
        return ['-', within(primary, expression.operand)];
      case 'in':
        return isIn(expression);
      case 'isNull':
        return [within(comparison + 1, expression.operand), expression.negated ? ' is not null' : ' is null'];
      case 'case':
        return between('case', caseItems(expression), 'end');
      case 'coalesce':
        return call('coalesce', expression.operands.map(layout));
      case 'cast':
        return cast(expression.operand, expression.type);
      case 'call':
        return dialect.call(expression.function, expression.operands.map(layout));
      case 'aggregate':
        return dialect.aggregate(expression.function, expression.operands.map(layout));
      case 'window':
        return windowLayout(expression);
      default:
        return assertNever(expression);
    }
  };

  const columnText = (table: string | null, name: string): string =>
    (table === null ? '' : `${dialect.identifier(table)}.`) + dialect.identifier(name);

  const within = (strength: number, operand: SqlExpression): Layout =>
    bindingOf(operand) >= strength ? layout(operand) : bracketed('(', [layout(operand)], ')');

  const binary = (operator: SqlOperator, left: SqlExpression, right: SqlExpression): Layout => {
    const strength = binding[operator];
    if (operator === 'and' || operator === 'or') {
      const [first = '', ...others] = operandsOf(operator, left, right).map((item) => within(strength, item));
      return chain([first, ...others.map((item) => [`${operator} `, item])]);
    }
    const leftmost = strength === comparison ? comparison + 1 : strength;
    // Brackets on the right keep a - (b - c), and never let two minus signs meet as a comment.
    return [within(leftmost, left), ` ${operator} `, within(strength + 1, right)];
  };

  const isIn = (expression: Extract<SqlExpression, { kind: 'in' }>): Layout => {
    invariant(!expression.list.some((item) => item.kind === 'null'), 'a list holds no NULL');
    // Nothing is in an empty list, and no engine parses one.
    if (expression.list.length === 0) return expression.negated ? 'true' : 'false';
    const words = expression.negated ? ' not in (' : ' in (';
    return [within(comparison + 1, expression.operand), bracketed(words, expression.list.map(layout), ')')];
  };

  const caseItems = (expression: Extract<SqlExpression, { kind: 'case' }>): readonly Layout[] => {
    const whens = expression.whens.map((item) => ['when ', layout(item.when), ' then ', layout(item.then)]);
    return expression.otherwise === null ? whens : [...whens, ['else ', layout(expression.otherwise)]];
  };

  const windowLayout = (expression: Extract<SqlExpression, { kind: 'window' }>): Layout => {
    const keys = expression.orderBy.map((key): Layout => {
      return [layout(key.expression), key.descending ? ' desc' : '', dialect.nullsLast];
    });
    const parts = [
      ...(expression.partitionBy.length > 0
        ? [['partition by ', chain(expression.partitionBy.map(layout), ',')]]
        : []),
      ...(keys.length > 0 ? [['order by ', chain(keys, ',')]] : []),
    ];
    const head = dialect.window(expression.function, expression.operands.map(layout));
    return [head, ' over (', chain(parts), ')'];
  };

  /** A decimal travels as text and is cast, since engines read `0.05` as a double or as a scale of their own. */
  const decimal = (value: string, decimals: number): Layout => {
    invariant(decimalText.test(value), 'a decimal is digits, a point and digits');
    return call('cast', [[values.text(value), ` as ${dialect.type({ kind: 'decimal', decimals })}`]]);
  };

  const cast = (operand: SqlExpression, type: SqlType): Layout => {
    if (operand.kind === 'decimal' && type.kind === 'decimal') {
      invariant(decimalsOf(operand.value) <= type.decimals, 'a decimal loses no digit in a cast');
      return decimal(operand.value, type.decimals);
    }
    return call('cast', [[layout(operand), ` as ${dialect.type(type)}`]]);
  };

  return { layout, cast };
}

function bindingOf(expression: SqlExpression): number {
  switch (expression.kind) {
    case 'binary':
      return binding[expression.operator];
    case 'not':
      return 3;
    case 'in':
    case 'isNull':
      return comparison;
    case 'negate':
      return primary - 1;
    case 'integer':
      return expression.value < 0 ? primary - 1 : primary;
    default:
      return primary;
  }
}

/** `a and (b and c)` and `(a and b) and c` are one row of conditions. */
function operandsOf(operator: 'and' | 'or', ...sides: readonly SqlExpression[]): readonly SqlExpression[] {
  return sides.flatMap((side) =>
    side.kind === 'binary' && side.operator === operator
      ? operandsOf(operator, side.left, side.right)
      : [side],
  );
}

function decimalsOf(value: string): number {
  const point = value.indexOf('.');
  return point === -1 ? 0 : value.length - point - 1;
}
