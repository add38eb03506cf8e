import { type DiagnosticCode, diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { assertNever } from '../diagnostics/invariant.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type {
  ComparisonExpression,
  Expression,
  InExpression,
  NameExpression,
} from '../formula/expression.ts';
import { lookUp } from './lookUp.ts';

/** `integer` is a key of whole numbers: it is told from others, and neither counted with nor ordered. */
export type ValueType = 'text' | 'number' | 'date' | 'time' | 'integer';

/** What names a condition may use, and the type of each. */
export interface ConditionScope {
  readonly types: Readonly<Record<string, ValueType>>;
  /** For messages: `the contract star.ledighed`. */
  readonly where: string;
  /** Code of the fault of an unknown name. */
  readonly unknown: 'unknown-column' | 'unknown-level';
}

/** Null where something is wrong already, so that it is not told twice. */
type Typed = ValueType | 'condition' | null;

interface Checking {
  readonly scope: ConditionScope;
  readonly tell: (code: DiagnosticCode, span: Span, message: string, hint?: string) => null;
}

/**
 * Checks that a filter is a condition over known names, comparing like with like. After this the
 * evaluator and the SQL lowering meet no surprise.
 */
export function checkCondition(
  condition: Expression,
  scope: ConditionScope,
  report: (found: Diagnostic) => void,
): void {
  const tell: Checking['tell'] = (code, span, message, hint) => {
    report(diagnostic(code, message, { span, hint }));
    return null;
  };
  const type = typeOf(condition, { scope, tell });
  if (type === null || type === 'condition') return;
  const message = `A condition is wanted here, and this is a ${type}.`;
  tell('type-mismatch', condition.span, message, 'compare it with something: name == "value"');
}

function typeOf(expression: Expression, checking: Checking): Typed {
  switch (expression.kind) {
    case 'number':
      return 'number';
    case 'text':
      return expression.as ?? 'text';
    case 'name':
      return typeOfName(expression, checking);
    case 'unary': {
      const [sign, wanted] = unary[expression.operator];
      return expect(wanted, sign, [expression.operand], checking);
    }
    case 'arithmetic':
      if (expression.operator === '/') {
        const hint = 'multiply the other side instead';
        return checking.tell('condition-divides', expression.span, 'A condition cannot divide.', hint);
      }
      return expect('number', expression.operator, [expression.left, expression.right], checking);
    case 'logic':
      return expect('condition', expression.operator, [expression.left, expression.right], checking);
    case 'comparison':
      return typeOfComparison(expression, checking);
    case 'in':
      return typeOfIn(expression, checking);
    case 'call': {
      const message = `There is no function named "${expression.name}".`;
      return checking.tell('unknown-function', expression.nameSpan, message);
    }
    default:
      return assertNever(expression);
  }
}

const unary = { not: ['not', 'condition'], negate: ['-', 'number'] } as const;

/** Checks the operands of an operator that gives what it takes. */
function expect(
  wanted: 'number' | 'condition',
  operator: string,
  operands: readonly Expression[],
  checking: Checking,
): Typed {
  for (const operand of operands) {
    const found = typeOf(operand, checking);
    if (found === null || found === wanted) continue;
    const message = `"${operator}" needs a ${wanted}, and this is a ${found}.`;
    checking.tell('type-mismatch', operand.span, message);
  }
  return wanted;
}

function typeOfComparison({ operator, left, right, span }: ComparisonExpression, checking: Checking): Typed {
  const [one, other] = [typeOf(left, checking), typeOf(right, checking)];
  if (one === 'condition' || other === 'condition') {
    checking.tell(
      'type-mismatch',
      span,
      'A condition cannot be compared.',
      'join conditions with and, or, not',
    );
  } else if (one !== null && other !== null && one !== other) {
    const literal = one === 'number' || (one === 'text' && other !== 'number') ? left : right;
    const message = `${described[one]} is compared with ${described[other].toLowerCase()}.`;
    checking.tell('type-mismatch', literal.span, message, written(literal, literal === left ? other : one));
  } else if (one === 'integer' && operator !== '==' && operator !== '!=') {
    checking.tell('type-mismatch', span, 'A key has no order.', 'compare keys with ==, != or in');
  }
  return 'condition';
}

function typeOfIn({ operand, list }: InExpression, checking: Checking): Typed {
  const wanted = typeOf(operand, checking);
  if (wanted === 'condition') {
    checking.tell('type-mismatch', operand.span, 'A condition cannot be looked for in a list.');
    return 'condition';
  }
  for (const item of list) {
    const found = typeOf(item, checking);
    if (wanted === null || found === null || found === wanted) continue;
    if (found === 'condition') {
      checking.tell('type-mismatch', item.span, 'A list holds no conditions.');
      continue;
    }
    const message = `${described[wanted]} is looked for, and this is ${described[found].toLowerCase()}.`;
    checking.tell('type-mismatch', item.span, message, written(item, wanted));
  }
  return 'condition';
}

const described: Readonly<Record<ValueType, string>> = {
  text: 'A text',
  number: 'A number',
  date: 'A date',
  time: 'A time',
  integer: 'A key of whole numbers',
};

/** The hint where a value was written as something else. */
function written(expression: Expression, wanted: ValueType): string | undefined {
  if (expression.kind === 'name') return undefined;
  switch (wanted) {
    case 'text':
      return expression.kind === 'number' ? `codes are text: write "${expression.value}"` : undefined;
    case 'date':
      return 'dates are written in quotes, like "2026-07-31"';
    case 'time':
      return 'times are written in quotes, like "2026-07-31T13:05"';
    case 'integer':
      return 'keys are written in quotes, like "4711"';
    case 'number':
      return undefined;
  }
}

function typeOfName({ name, span }: NameExpression, { scope, tell }: Checking): Typed {
  const type = lookUp(scope.types, name);
  if (type !== undefined) return type;
  const kind = scope.unknown === 'unknown-column' ? 'column' : 'level';
  const hint = didYouMean(name, Object.keys(scope.types));
  return tell(scope.unknown, span, `There is no ${kind} named "${name}" in ${scope.where}.`, hint);
}
