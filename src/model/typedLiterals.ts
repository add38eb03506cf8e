import type { Expression, TextExpression } from '../formula/expression.ts';
import { dayOfDate } from './periods.ts';
import type { Source, SourceColumn } from './types.ts';

type LiteralType = NonNullable<TextExpression['as']>;

/**
 * Quoted dates, times and whole numbers that stand beside a column of such (`foedt >= "2026-01-01"`) marked as
 * what they are. What is none is left a text, for the rule on conditions to tell of.
 */
export function typeLiterals(condition: Expression, source: Source | undefined): Expression {
  const inner = (operand: Expression) => typeLiterals(operand, source);
  switch (condition.kind) {
    case 'comparison': {
      const type = typeOf(condition.left, source) ?? typeOf(condition.right, source);
      const { left, right } = condition;
      return type === null ? condition : { ...condition, left: typed(left, type), right: typed(right, type) };
    }
    case 'in': {
      const type = typeOf(condition.operand, source);
      return type === null
        ? condition
        : { ...condition, list: condition.list.map((element) => typed(element, type)) };
    }
    case 'logic':
      return { ...condition, left: inner(condition.left), right: inner(condition.right) };
    case 'unary':
      return { ...condition, operand: inner(condition.operand) };
    default:
      return condition;
  }
}

function typeOf(expression: Expression, source: Source | undefined): LiteralType | null {
  if (expression.kind !== 'name') return null;
  const column = source?.columns.find(({ name }) => name === expression.name);
  return column === undefined ? null : literalType(column);
}

/** As what a quoted value is compared with a column; null for text and for what needs no quotes. */
export function literalType(column: SourceColumn): LiteralType | null {
  switch (column.kind) {
    case 'date':
    case 'time':
      return column.kind;
    case 'key':
      return column.of === 'integer' ? 'integer' : null;
    default:
      return null;
  }
}

function typed(expression: Expression, type: LiteralType): Expression {
  if (expression.kind !== 'text') return expression;
  const value = read[type](expression.value);
  return value === null ? expression : { ...expression, value, as: type };
}

/** The one way to write a value; null for what is none. */
const read: Readonly<Record<LiteralType, (text: string) => string | null>> = {
  date: (text) => (dayOfDate(text) === null ? null : text),
  time: (text) => {
    if (dayOfDate(text) !== null) return `${text}T00:00`;
    return dayOfDate(text.slice(0, 10)) !== null && /^.{10}T(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)
      ? text
      : null;
  },
  integer: (text) => {
    if (!/^-?\d{1,19}$/.test(text)) return null;
    const value = BigInt(text);
    return value === BigInt.asIntN(64, value) ? String(value) : null;
  },
};
