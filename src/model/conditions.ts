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

export type ValueType = 'text' | 'number';

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
    case 'text':
      return expression.kind;
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

function typeOfComparison({ left, right, span }: ComparisonExpression, checking: Checking): Typed {
  const [one, other] = [typeOf(left, checking), typeOf(right, checking)];
  if (one === 'condition' || other === 'condition') {
    checking.tell(
      'type-mismatch',
      span,
      'A condition cannot be compared.',
      'join conditions with and, or, not',
    );
  } else if (one !== null && other !== null && one !== other) {
    const number = one === 'number' ? left : right;
    const message = `A ${one} is compared with a ${other}.`;
    checking.tell('type-mismatch', number.span, message, quoted(number, 'text'));
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
    const message = `A ${wanted} is looked for among ${found}s.`;
    checking.tell('type-mismatch', item.span, message, quoted(item, wanted));
  }
  return 'condition';
}

/** The hint where a code was written as a number. */
function quoted(expression: Expression, wanted: Typed): string | undefined {
  return expression.kind === 'number' && wanted === 'text'
    ? `codes are text: write "${expression.value}"`
    : undefined;
}

function typeOfName({ name, span }: NameExpression, { scope, tell }: Checking): Typed {
  const type = lookUp(scope.types, name);
  if (type !== undefined) return type;
  const kind = scope.unknown === 'unknown-column' ? 'column' : 'level';
  const hint = didYouMean(name, Object.keys(scope.types));
  return tell(scope.unknown, span, `There is no ${kind} named "${name}" in ${scope.where}.`, hint);
}
