import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { Expression, NameExpression } from '../formula/expression.ts';

export type ValueType = 'text' | 'number';

/** What names a condition may use, and the type of each. */
export interface ConditionScope {
  readonly types: Readonly<Record<string, ValueType>>;
  /** For messages: `the contract star.ledighed`. */
  readonly where: string;
  /** Code of the fault of an unknown name. */
  readonly unknown: 'unknown-column' | 'unknown-level';
}

type Typed = ValueType | 'truth' | null;

/**
 * Checks that a filter is a condition over known names, comparing like with like. After this the
 * evaluator and the SQL lowering meet no surprise.
 */
export function checkCondition(
  condition: Expression,
  scope: ConditionScope,
  report: (found: Diagnostic) => void,
): void {
  const type = typeOf(condition, scope, report);
  if (type !== null && type !== 'truth') {
    report(
      diagnostic('type-mismatch', `A condition is wanted here, and this is a ${type}.`, {
        span: condition.span,
        hint: 'compare it with something: name == "value"',
      }),
    );
  }
}

function typeOf(expression: Expression, scope: ConditionScope, report: (found: Diagnostic) => void): Typed {
  const inner = (operand: Expression) => typeOf(operand, scope, report);
  const mismatch = (at: Expression, message: string, hint?: string): null => {
    report(diagnostic('type-mismatch', message, { span: at.span, ...(hint === undefined ? {} : { hint }) }));
    return null;
  };
  switch (expression.kind) {
    case 'number':
      return 'number';
    case 'text':
      return 'text';
    case 'name':
      return typeOfName(expression, scope, report);
    case 'unary': {
      const wanted = expression.operator === 'not' ? 'truth' : 'number';
      const found = inner(expression.operand);
      if (found !== null && found !== wanted)
        return mismatch(
          expression.operand,
          `"${expression.operator === 'not' ? 'not' : '-'}" needs a ${wanted === 'truth' ? 'condition' : 'number'}, and this is a ${found}.`,
        );
      return wanted;
    }
    case 'arithmetic': {
      for (const operand of [expression.left, expression.right]) {
        const found = inner(operand);
        if (found !== null && found !== 'number')
          return mismatch(operand, `"${expression.operator}" needs numbers, and this is a ${found}.`);
      }
      return 'number';
    }
    case 'comparison': {
      const left = inner(expression.left);
      const right = inner(expression.right);
      if (left === 'truth' || right === 'truth')
        return mismatch(expression, 'A condition cannot be compared.');
      if (left !== null && right !== null && left !== right) {
        const text = left === 'text' ? expression.right : expression.left;
        const hint = text.kind === 'number' ? `codes are text: write "${text.value}"` : undefined;
        return mismatch(text, `A ${left} is compared with a ${right}.`, hint);
      }
      return 'truth';
    }
    case 'logic': {
      for (const operand of [expression.left, expression.right]) {
        const found = inner(operand);
        if (found !== null && found !== 'truth')
          return mismatch(operand, `"${expression.operator}" needs conditions, and this is a ${found}.`);
      }
      return 'truth';
    }
    case 'in': {
      const wanted = inner(expression.operand);
      for (const item of expression.list) {
        const found = inner(item);
        if (item.kind === 'name')
          return mismatch(item, 'A list holds values, not names.', `write "${item.name}" in quotes`);
        if (wanted !== null && found !== null && found !== wanted) {
          return mismatch(
            item,
            `A ${wanted} is looked for among ${found}s.`,
            item.kind === 'number' ? `codes are text: write "${item.value}"` : undefined,
          );
        }
      }
      return 'truth';
    }
    case 'call':
      report(
        diagnostic('unknown-function', `There is no function named "${expression.name}".`, {
          span: expression.nameSpan,
        }),
      );
      return null;
  }
}

function typeOfName(
  { name, span }: NameExpression,
  scope: ConditionScope,
  report: (found: Diagnostic) => void,
): Typed {
  const type = Object.hasOwn(scope.types, name) ? scope.types[name] : undefined;
  if (type !== undefined) return type;
  const kind = scope.unknown === 'unknown-column' ? 'column' : 'level';
  const hint = didYouMean(name, Object.keys(scope.types));
  report(
    diagnostic(scope.unknown, `There is no ${kind} named "${name}" in ${scope.where}.`, {
      span,
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  return null;
}
