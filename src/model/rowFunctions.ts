import { didYouMean } from '../diagnostics/nearName.ts';
import type { CallExpression } from '../formula/expression.ts';
import { levelOfFrequency, type TimeLevel } from './periods.ts';
import { type RowFunction, type RowType, rowFunctions } from './rowSteps.ts';
import { argumentsOf, literalOf, type RowBinding, type TypedRow, typeInWords } from './rowTyping.ts';

type Kind = RowType['kind'];

interface Signature {
  /** The kinds that each argument may be. */
  readonly takes: readonly (readonly Kind[])[];
  readonly gives: RowType;
}

const number: RowType = { kind: 'number', decimals: 0 };
const day = ['date', 'time'] as const;

/** The functions that take values and give one; what depends on the level of a period stands apart. */
const signatures: Readonly<Record<Exclude<RowFunction, 'period_of'>, Signature>> = {
  year: { takes: [day], gives: number },
  month: { takes: [day], gives: number },
  quarter: { takes: [day], gives: number },
  day: { takes: [day], gives: number },
  weekday: { takes: [day], gives: number },
  day_of_year: { takes: [day], gives: number },
  plus_days: { takes: [['date'], ['number']], gives: { kind: 'date' } },
  plus_months: { takes: [['date'], ['number']], gives: { kind: 'date' } },
  days: { takes: [day, day], gives: number },
  months: { takes: [day, day], gives: number },
  hours: { takes: [['time'], ['time']], gives: number },
  minutes: { takes: [['time'], ['time']], gives: number },
  age: { takes: [day, day], gives: number },
  first_day: { takes: [['period']], gives: { kind: 'date' } },
  last_day: { takes: [['period']], gives: { kind: 'date' } },
  date: { takes: [day], gives: { kind: 'date' } },
};

export const rowFunctionNames: readonly string[] = rowFunctions;

export const isRowFunction = (name: string): name is RowFunction => rowFunctionNames.includes(name);

export function bindCall(name: RowFunction, call: CallExpression, binding: RowBinding): TypedRow | null {
  if (name === 'period_of') return bindPeriodOf(call, binding);
  const { takes, gives } = signatures[name];
  const given = argumentsOf(call, takes.length, takes.length, binding);
  if (!given) return null;
  const operands = given.map((operand, position) => asDay(operand, takes[position] ?? []));
  for (const [position, operand] of operands.entries()) {
    const kinds = takes[position] ?? [];
    const part = call.arguments[position];
    if (kinds.includes(operand.type.kind) || !part) continue;
    const message = `"${name}" needs a ${kinds.join(' or a ')} here, and this is a ${typeInWords(operand.type)}.`;
    return binding.tell('type-mismatch', part.span, message);
  }
  const level = operands.flatMap(({ type }) => (type.kind === 'period' ? [type.level] : []))[0] ?? null;
  return {
    expression: { kind: 'call', function: name, operands: operands.map((one) => one.expression), level },
    type: gives,
  };
}

/** A day that is written out: `age(foedt, "2026-01-01")`. */
function asDay(operand: TypedRow, kinds: readonly Kind[]): TypedRow {
  const { expression } = operand;
  if (expression.kind !== 'text') return operand;
  for (const kind of ['date', 'time'] as const) {
    const read = kinds.includes(kind) ? literalOf(expression.value, { kind }) : null;
    if (read) return { expression: read, type: { kind } };
  }
  return operand;
}

/** How a level of time is written in a definition: `M`, `Å`. */
const levelLetters: Readonly<Record<string, TimeLevel>> = Object.fromEntries(
  Object.entries(levelOfFrequency).filter(([letter]) => letter !== 'Å_Primo'),
);

/** `period_of(ind, M)`: its second argument is a letter, not a column. */
function bindPeriodOf(call: CallExpression, binding: RowBinding): TypedRow | null {
  const [value, letter] = call.arguments;
  if (!value || !letter || call.arguments.length !== 2) {
    const message = '"period_of" takes a date and a level: period_of(dato, M).';
    return binding.tell('bad-argument', call.span, message);
  }
  const written = letter.kind === 'name' ? letter.name : '';
  const level = Object.hasOwn(levelLetters, written) ? levelLetters[written] : undefined;
  if (!level) {
    const letters = Object.keys(levelLetters);
    const hint = didYouMean(written, letters) ?? `write one of ${letters.join(', ')}`;
    return binding.tell('unknown-level', letter.span, 'A level of time is wanted here.', hint);
  }
  const bound = binding.bind(value);
  if (!bound) return null;
  const operand = asDay(bound, day);
  if (operand.type.kind !== 'date' && operand.type.kind !== 'time') {
    const message = `"period_of" needs a date or a time, and this is a ${typeInWords(operand.type)}.`;
    return binding.tell('type-mismatch', value.span, message);
  }
  return {
    expression: { kind: 'call', function: 'period_of', operands: [operand.expression], level },
    type: { kind: 'period', level },
  };
}
