import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { assertNever } from '../diagnostics/invariant.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { CallExpression, Expression } from '../formula/expression.ts';
import { lookUp } from './lookUp.ts';
import { bindCall, isRowFunction, rowFunctionNames } from './rowFunctions.ts';
import type { RowExpression, RowType } from './rowSteps.ts';
import {
  argumentsOf,
  literalOf,
  type RowBinding,
  type RowScope,
  type TypedRow,
  textual,
  typeInWords,
} from './rowTyping.ts';

/** Binds an expression over the columns of a row, with its type; null where something is wrong with it. */
export function bindRowExpression(
  expression: Expression,
  scope: RowScope,
  report: (found: Diagnostic) => void,
): TypedRow | null {
  const tell: RowBinding['tell'] = (code, span, message, hint) => {
    report(diagnostic(code, message, { span, hint }));
    return null;
  };
  const binding: RowBinding = { scope, tell, bind: (part) => bind(part, binding) };
  return binding.bind(expression);
}

function bind(expression: Expression, binding: RowBinding): TypedRow | null {
  const { scope, tell } = binding;
  switch (expression.kind) {
    case 'number':
      return {
        expression: { kind: 'number', value: expression.value },
        type: { kind: 'number', decimals: decimalsOf(expression.value) },
      };
    case 'text':
      return { expression: { kind: 'text', value: expression.value }, type: { kind: 'text' } };
    case 'name': {
      const type = lookUp(scope.types, expression.name);
      if (type) return { expression: { kind: 'column', name: expression.name }, type };
      const message = `There is no column named "${expression.name}" in ${scope.where}.`;
      return tell(
        'unknown-column',
        expression.span,
        message,
        didYouMean(expression.name, Object.keys(scope.types)),
      );
    }
    case 'unary':
      return bindUnary(expression, binding);
    case 'arithmetic':
      return bindArithmetic(expression, binding);
    case 'logic': {
      const left = wanted('condition', expression.left, expression.operator, binding);
      const right = wanted('condition', expression.right, expression.operator, binding);
      if (!left || !right) return null;
      const { operator } = expression;
      return condition({ kind: 'logic', operator, left: left.expression, right: right.expression });
    }
    case 'comparison': {
      const left = binding.bind(expression.left);
      const right = binding.bind(expression.right);
      const pair = left && right && bindAlike([left, right], [expression.left, expression.right], binding);
      const [one, other] = pair?.expressions ?? [];
      if (!one || !other) return null;
      if (pair?.type.kind === 'condition')
        return tell(
          'type-mismatch',
          expression.span,
          'A condition cannot be compared.',
          'join conditions with and, or, not',
        );
      return condition({ kind: 'comparison', operator: expression.operator, left: one, right: other });
    }
    case 'in': {
      const operand = binding.bind(expression.operand);
      const list = expression.list.map(binding.bind);
      if (!operand || list.some((item) => item === null)) return null;
      const items = list.flatMap((item) => item ?? []);
      const alike = bindAlike([operand, ...items], [expression.operand, ...expression.list], binding);
      const [first, ...others] = alike?.expressions ?? [];
      return first
        ? condition({ kind: 'in', operand: first, list: others, negated: expression.negated })
        : null;
    }
    case 'call':
      return bindFunction(expression, binding);
    default:
      return assertNever(expression);
  }
}

const condition = (expression: RowExpression): TypedRow => ({ expression, type: { kind: 'condition' } });

function bindUnary(
  { operator, operand }: Extract<Expression, { kind: 'unary' }>,
  binding: RowBinding,
): TypedRow | null {
  if (operator === 'not') {
    const inner = wanted('condition', operand, 'not', binding);
    return inner && condition({ kind: 'not', operand: inner.expression });
  }
  const inner = wanted('number', operand, '-', binding);
  return inner && { expression: { kind: 'negate', operand: inner.expression }, type: inner.type };
}

/** More digits behind the point than this and products of a few columns leave no room before it. */
const mostDecimals = 12;

function bindArithmetic(
  { operator, left, right, span }: Extract<Expression, { kind: 'arithmetic' }>,
  binding: RowBinding,
): TypedRow | null {
  if (operator === '/') {
    const hint = 'let the unit of the measure scale, or divide in the formula of the KPI';
    return binding.tell('condition-divides', span, 'A row cannot divide, since it must stay exact.', hint);
  }
  const one = wanted('number', left, operator, binding);
  const other = wanted('number', right, operator, binding);
  if (one?.type.kind !== 'number' || other?.type.kind !== 'number') return null;
  const [a, b] = [one.type.decimals, other.type.decimals];
  const decimals = operator === '*' ? a + b : Math.max(a, b);
  if (decimals > mostDecimals) {
    const message = `This product has ${decimals} decimals, and a row keeps at most ${mostDecimals}.`;
    return binding.tell('type-mismatch', span, message);
  }
  return {
    expression: { kind: 'arithmetic', operator, left: one.expression, right: other.expression },
    type: { kind: 'number', decimals },
  };
}

/** A part of one kind of type, or nothing, which is told. */
function wanted(
  kind: RowType['kind'],
  part: Expression,
  operator: string,
  binding: RowBinding,
): TypedRow | null {
  const bound = binding.bind(part);
  if (!bound || bound.type.kind === kind) return bound;
  const message = `"${operator}" needs a ${kind}, and this is a ${typeInWords(bound.type)}.`;
  return binding.tell('type-mismatch', part.span, message);
}

function bindFunction(call: CallExpression, binding: RowBinding): TypedRow | null {
  const { name, nameSpan } = call;
  switch (name) {
    case 'if':
      return bindIf(call, binding);
    case 'coalesce':
      return bindCoalesce(call, binding);
    case 'is_empty': {
      const operands = argumentsOf(call, 1, 1, binding);
      const operand = operands?.[0];
      return operand ? condition({ kind: 'is_empty', operand: known(operand).expression }) : null;
    }
  }
  if (isRowFunction(name)) return bindCall(name, call, binding);
  const names = ['if', 'coalesce', 'is_empty', ...rowFunctionNames];
  const hint = didYouMean(name, names) ?? `there are ${names.join(', ')}`;
  return binding.tell('unknown-function', nameSpan, `There is no function named "${name}".`, hint);
}

function bindIf(call: CallExpression, binding: RowBinding): TypedRow | null {
  const [when, ...branches] = argumentsOf(call, 3, 3, binding) ?? [];
  if (!when) return null;
  const [first, ...others] = call.arguments;
  if (first && when.type.kind !== 'condition') {
    const message = `"if" needs a condition first, and this is a ${typeInWords(when.type)}.`;
    return binding.tell('type-mismatch', first.span, message, 'compare it with something: name == "value"');
  }
  const alike = bindAlike(branches, others, binding);
  const [then, otherwise] = alike?.expressions ?? [];
  if (!alike || !then || !otherwise) return null;
  return { expression: { kind: 'if', condition: when.expression, then, otherwise }, type: alike.type };
}

function bindCoalesce(call: CallExpression, binding: RowBinding): TypedRow | null {
  const operands = argumentsOf(call, 2, 20, binding);
  const alike = operands && bindAlike(operands.map(known), call.arguments, binding);
  return alike && { expression: { kind: 'coalesce', operands: alike.expressions }, type: alike.type };
}

/** A code whose unknown member counts as empty. */
const known = (row: TypedRow): TypedRow =>
  row.type.kind === 'code' ? { ...row, expression: { kind: 'known', operand: row.expression } } : row;

/** Values of one type, each brought to it where it is another way to write the same; null where they differ. */
function bindAlike(
  rows: readonly TypedRow[],
  parts: readonly Expression[],
  binding: RowBinding,
): { readonly expressions: RowExpression[]; readonly type: RowType } | null {
  const type = rows.map((row) => row.type).reduce((one, other) => commonType(one, other) ?? one);
  const expressions: RowExpression[] = [];
  for (const [position, row] of rows.entries()) {
    const brought = broughtTo(row, type);
    if (brought) {
      expressions.push(brought);
      continue;
    }
    const part = parts[position];
    const other = rows[0]?.type ?? type;
    const isCode = row.expression.kind === 'number' && textual.has(type.kind);
    const hint = isCode
      ? `codes are text: write "${row.expression.kind === 'number' && row.expression.value}"`
      : undefined;
    const message = `A ${typeInWords(row.type)} stands beside a ${typeInWords(position === 0 ? type : other)}.`;
    if (part) binding.tell('type-mismatch', part.span, message, hint);
    return null;
  }
  return { expressions, type };
}

/** The type that two values of nearly one type have in common; null where there is none. */
function commonType(one: RowType, other: RowType): RowType | null {
  if (one.kind === 'number' && other.kind === 'number')
    return { kind: 'number', decimals: Math.max(one.decimals, other.decimals) };
  if (one.kind === 'code' && other.kind === 'code')
    return one.dimension === other.dimension ? one : { kind: 'text' };
  if (one.kind === 'period' && other.kind === 'period') return one.level === other.level ? one : null;
  if (one.kind === other.kind) return one;
  // A text that is written out takes the type of what it stands beside.
  if (one.kind === 'text' && other.kind !== 'number') return other;
  if (other.kind === 'text' && one.kind !== 'number') return one;
  if (one.kind === 'number' && isIntegerKey(other)) return other;
  return null;
}

const isIntegerKey = (type: RowType): boolean => type.kind === 'key' && type.of === 'integer';

function broughtTo({ expression, type }: TypedRow, wantedType: RowType): RowExpression | null {
  if (type.kind === 'number' && wantedType.kind === 'number')
    return type.decimals === wantedType.decimals
      ? expression
      : { kind: 'decimals', operand: expression, decimals: wantedType.decimals };
  if (type.kind === 'number' && isIntegerKey(wantedType))
    return expression.kind === 'number' && type.decimals === 0 ? expression : null;
  if (type.kind === 'text' && expression.kind === 'text') return literalOf(expression.value, wantedType);
  if (textual.has(type.kind) && textual.has(wantedType.kind)) return expression;
  if (type.kind === 'key' && wantedType.kind === 'key') return type.of === wantedType.of ? expression : null;
  if (type.kind === 'text' && wantedType.kind === 'key') return wantedType.of === 'text' ? expression : null;
  return type.kind === wantedType.kind ? expression : null;
}

function decimalsOf(value: string): number {
  return value.includes('.') ? (value.split('.')[1]?.length ?? 0) : 0;
}
