import { assertNever } from '../../diagnostics/invariant.ts';
import type { DerivedColumn } from '../../model/rowSteps.ts';
import { type SourceColumn, unknownMember } from '../../model/types.ts';
import { lowerRowExpression, numberType } from '../lowerRowExpression.ts';
import {
  caseWhen,
  cast,
  coalesce,
  column,
  dateType,
  integerType,
  isIn,
  output,
  text,
  textType,
  timeType,
} from '../make.ts';
import type { SqlSelect, SqlType } from '../tree.ts';
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
      return numberOutputs(name, cast(value, numberType(kept.decimals)), statuses);
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
