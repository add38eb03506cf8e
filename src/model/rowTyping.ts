import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Span } from '../diagnostics/diagnostic.ts';
import type { CallExpression, Expression } from '../formula/expression.ts';
import { dayOfDate } from './periods.ts';
import type { RowExpression, RowType } from './rowSteps.ts';

/** What an expression over the columns of a row may use. */
export interface RowScope {
  readonly types: Readonly<Record<string, RowType>>;
  /** For messages: `"skole.elever"`. */
  readonly where: string;
}

export interface TypedRow {
  readonly expression: RowExpression;
  readonly type: RowType;
}

/** What binding a part needs; `bind` and `tell` give null where something is wrong, which is told then. */
export interface RowBinding {
  readonly scope: RowScope;
  readonly bind: (expression: Expression) => TypedRow | null;
  readonly tell: (code: DiagnosticCode, span: Span, message: string, hint?: string) => null;
}

/** A type in words. */
export function typeInWords(type: RowType): string {
  switch (type.kind) {
    case 'code':
      return `code of ${type.dimension}`;
    default:
      return type.kind;
  }
}

/** The bound arguments of a call, or null where there are too few, too many, or one is wrong. */
export function argumentsOf(
  { name, arguments: given, span }: CallExpression,
  least: number,
  most: number,
  binding: RowBinding,
): TypedRow[] | null {
  if (given.length < least || given.length > most) {
    const number = least === most ? `${least}` : `${least} or more`;
    const message = `"${name}" takes ${number} argument${number === '1' ? '' : 's'}, and here are ${given.length}.`;
    return binding.tell('bad-argument', span, message);
  }
  const bound = given.map(binding.bind);
  return bound.some((one) => one === null) ? null : bound.flatMap((one) => one ?? []);
}

/** Types whose values are texts. */
export const textual: ReadonlySet<RowType['kind']> = new Set(['text', 'code', 'period']);

/** A text that is written out, as a value of a type; null where it is none. */
export function literalOf(value: string, type: RowType): RowExpression | null {
  if (textual.has(type.kind) || (type.kind === 'key' && type.of === 'text')) return { kind: 'text', value };
  if (type.kind === 'date') return dayOfDate(value) === null ? null : { kind: 'date', value };
  if (type.kind !== 'time') return null;
  const parts = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)$/.exec(value);
  const isTime = parts?.[1] !== undefined && dayOfDate(parts[1]) !== null;
  return isTime ? { kind: 'time', value: `${parts[1]} ${parts[2]}:${parts[3]}:00` } : null;
}
