import { assertNever, invariant } from '../diagnostics/invariant.ts';
import type { TimeLevel } from '../model/periods.ts';
import type { RowExpression, RowFunction } from '../model/rowSteps.ts';
import { unknownMember } from '../model/types.ts';
import { firstDayOf, lastDayOf, partOf, periodOf } from './lowerPeriods.ts';
import {
  add,
  and,
  atLeast,
  atMost,
  callOf,
  caseWhen,
  cast,
  coalesce,
  dateType,
  decimal,
  decimalType,
  differs,
  equals,
  greater,
  integer,
  integerType,
  isIn,
  isNotIn,
  isNull,
  less,
  multiply,
  negate,
  not,
  or,
  subtract,
  text,
  textType,
  timeType,
} from './make.ts';
import type { SqlExpression, SqlType } from './tree.ts';

const comparisons = {
  '==': equals,
  '!=': differs,
  '<': less,
  '<=': atMost,
  '>': greater,
  '>=': atLeast,
} as const;
const arithmetics = { '+': add, '-': subtract, '*': multiply } as const;

/** The type of a number with so many decimals: whole ones are 64 bits. */
export const numberType = (decimals: number): SqlType =>
  decimals === 0 ? integerType : decimalType(decimals);

/** A bound expression over the columns of a row, which the caller names. */
export function lowerRowExpression(
  expression: RowExpression,
  columnOf: (name: string) => SqlExpression,
): SqlExpression {
  const inner = (operand: RowExpression) => lowerRowExpression(operand, columnOf);
  switch (expression.kind) {
    case 'number':
      return numberOf(expression.value);
    case 'text':
      return text(expression.value);
    case 'date':
      return cast(text(expression.value), dateType);
    case 'time':
      return cast(text(expression.value), timeType);
    case 'column':
      return columnOf(expression.name);
    case 'known': {
      const code = inner(expression.operand);
      return caseWhen([[differs(code, text(unknownMember)), code]]);
    }
    case 'decimals':
      return cast(inner(expression.operand), numberType(expression.decimals));
    case 'as_text':
      return cast(inner(expression.operand), textType);
    case 'not':
      return not(inner(expression.operand));
    case 'negate':
      return negate(inner(expression.operand));
    case 'is_empty':
      return isNull(inner(expression.operand));
    case 'arithmetic':
      return arithmetics[expression.operator](inner(expression.left), inner(expression.right));
    case 'comparison':
      return comparisons[expression.operator](inner(expression.left), inner(expression.right));
    case 'logic':
      return (expression.operator === 'and' ? and : or)(inner(expression.left), inner(expression.right));
    case 'in':
      // SQL has no empty list; a range that holds no code lets nothing through.
      if (expression.list.length === 0)
        return expression.negated ? equals(text(''), text('')) : differs(text(''), text(''));
      return (expression.negated ? isNotIn : isIn)(inner(expression.operand), expression.list.map(inner));
    case 'if':
      return caseWhen([[inner(expression.condition), inner(expression.then)]], inner(expression.otherwise));
    case 'coalesce':
      return coalesce(...expression.operands.map(inner));
    case 'call':
      return lowerCall(expression.function, expression.operands.map(inner), expression.level);
    default:
      return assertNever(expression);
  }
}

function numberOf(value: string): SqlExpression {
  const whole = Number(value);
  return /^\d+$/.test(value) && Number.isSafeInteger(whole) ? integer(whole) : decimal(value);
}

function lowerCall(
  name: RowFunction,
  operands: readonly SqlExpression[],
  level: TimeLevel | null,
): SqlExpression {
  const [first, second = first] = operands;
  invariant(first && second, `${name} has its operands`);
  const of = (wanted: TimeLevel | null): TimeLevel => {
    invariant(wanted, `${name} has a level`);
    return wanted;
  };
  switch (name) {
    case 'year':
    case 'month':
    case 'quarter':
    case 'day':
      return partOf(name, first);
    case 'weekday':
      return partOf('isoWeekday', first);
    case 'day_of_year': {
      const begun = firstDayOf(periodOf(first, 'aar'), 'aar');
      return add(cast(callOf('daysBetween', begun, cast(first, dateType)), integerType), integer(1));
    }
    case 'plus_days':
      return callOf('addDays', first, cast(second, integerType));
    // The last day of a shorter month stands for the days that it has not.
    case 'plus_months':
      return callOf('addMonths', first, cast(second, integerType));
    case 'days':
      return cast(callOf('daysBetween', first, second), integerType);
    case 'minutes':
      return cast(callOf('minutesBetween', first, second), integerType);
    case 'hours':
      return callOf('divideWhole', cast(callOf('minutesBetween', first, second), integerType), integer(60));
    case 'months':
      return wholeMonths(first, second);
    case 'age':
      return wholeYears(first, second);
    case 'date':
      return cast(first, dateType);
    case 'first_day':
      return firstDayOf(first, of(level));
    case 'last_day':
      return lastDayOf(first, of(level));
    case 'period_of':
      return periodOf(first, of(level));
    default:
      return assertNever(name);
  }
}

/** Months that have passed: the one under way counts when its day has come. */
function wholeMonths(from: SqlExpression, to: SqlExpression): SqlExpression {
  const count = (day: SqlExpression) => add(multiply(partOf('year', day), integer(12)), partOf('month', day));
  const under = caseWhen([[less(partOf('day', to), partOf('day', from)), integer(1)]], integer(0));
  return subtract(subtract(count(to), count(from)), under);
}

/** Years that have passed: the one under way counts when its day has come. */
function wholeYears(from: SqlExpression, to: SqlExpression): SqlExpression {
  const day = (date: SqlExpression) =>
    add(multiply(partOf('month', date), integer(100)), partOf('day', date));
  const under = caseWhen([[less(day(to), day(from)), integer(1)]], integer(0));
  return subtract(subtract(partOf('year', to), partOf('year', from)), under);
}
