import { assertNever } from '../../diagnostics/invariant.ts';
import type { DerivedColumn, RowExpression } from '../../model/rowSteps.ts';
import { type SourceColumn, unknownMember } from '../../model/types.ts';
import { lowerRowExpression, numberType } from '../lowerRowExpression.ts';
import {
  allOf,
  caseWhen,
  cast,
  coalesce,
  column,
  dateType,
  integerType,
  isIn,
  isNotNull,
  output,
  text,
  textType,
  timeType,
} from '../make.ts';
import type { SqlExpression, SqlSelect, SqlType } from '../tree.ts';
import { numberOutputs, type Output, passed, type StepOf, stepFrom } from './step.ts';

export function deriveStep(
  step: StepOf<'derive'>,
  given: readonly SourceColumn[],
  columns: readonly SourceColumn[],
  before: string,
): SqlSelect {
  return stepFrom(before, {
    select: columns.flatMap((kept) => {
      const derived = step.columns.find(({ name }) => name === kept.name);
      return derived ? derivedOutputs(derived, kept, given, before) : passed([kept], before);
    }),
  });
}

function derivedOutputs(
  { name, expression, reads, codes }: DerivedColumn,
  kept: SourceColumn,
  given: readonly SourceColumn[],
  before: string,
): Output[] {
  const value = lowerRowExpression(expression, (each) => column(before, each));
  switch (kept.kind) {
    case 'code': {
      const code = codes === null ? value : caseWhen([[isIn(value, codes.map(text)), value]]);
      const isThere = expression.kind === 'column' && codes === null;
      return [output(isThere ? code : coalesce(code, text(unknownMember)), name)];
    }
    case 'number': {
      const statuses = given
        .filter((each) => each.kind === 'number' && reads.includes(each.name))
        .map((each) => column(before, `${each.name}_status`));
      const number = cast(value, numberType(kept.decimals));
      return numberOutputs(name, number, statuses, isThere(expression, reads, given, before));
    }
    case 'text':
    case 'date':
    case 'time':
    case 'key':
    case 'period':
      return [output(cast(value, typeOf(kept)), name)];
    default:
      return assertNever(kept);
  }
}

/**
 * Whether a number is there: one that nothing but arithmetic makes is, if all that it is made of are. An engine asks rows
 * for it before it works it out for those that are left, and a person's age costs more than a look at the date of birth.
 */
function isThere(
  expression: RowExpression,
  reads: readonly string[],
  given: readonly SourceColumn[],
  before: string,
): SqlExpression | undefined {
  if (!isArithmetic(expression)) return undefined;
  const parts = given.filter(({ name, kind }) => reads.includes(name) && kind !== 'period');
  return allOf(parts.map(({ name }) => isNotNull(column(before, name)))) ?? undefined;
}

/** Whether all that stands in it is null exactly where a part of it is: a condition may be met by what is null. */
function isArithmetic(expression: RowExpression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'date':
    case 'time':
    case 'column':
      return true;
    case 'negate':
    case 'decimals':
      return isArithmetic(expression.operand);
    case 'arithmetic':
      return isArithmetic(expression.left) && isArithmetic(expression.right);
    case 'call':
      return expression.operands.every(isArithmetic);
    case 'known':
    case 'as_text':
    case 'not':
    case 'is_empty':
    case 'comparison':
    case 'logic':
    case 'in':
    case 'if':
    case 'coalesce':
      return false;
    default:
      return assertNever(expression);
  }
}

function typeOf(kept: SourceColumn): SqlType {
  switch (kept.kind) {
    case 'date':
      return dateType;
    case 'time':
      return timeType;
    case 'key':
      return kept.of === 'integer' ? integerType : textType;
    case 'number':
      return numberType(kept.decimals);
    case 'text':
    case 'code':
    case 'period':
      return textType;
    default:
      return assertNever(kept);
  }
}
