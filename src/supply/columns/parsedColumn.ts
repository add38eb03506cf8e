import type { EmptyRule, SourceColumn } from '../../model/types.ts';
import type { Problem } from '../problem.ts';

/** A problem of one cell; `row` is a position among the rows of the source. */
export interface CellProblem extends Problem {
  readonly row: number;
}

type Column<Kind extends SourceColumn['kind']> = Extract<SourceColumn, { kind: Kind }>;

/**
 * A column of a contract as read from the file, one entry per row of the source. What is refused is null,
 * with its problem.
 */
export type ParsedColumn =
  | {
      readonly kind: 'code';
      readonly column: Column<'code'>;
      readonly codes: readonly (string | null)[];
      readonly levels: readonly (string | null)[];
      /** What tells rows apart: the code, and for a code in no list what was written. */
      readonly keys: readonly (string | null)[];
      /** Rows whose code is in no list and counts as the unknown member. */
      readonly unmapped: readonly { readonly row: number; readonly text: string }[];
      readonly problems: readonly CellProblem[];
    }
  | {
      readonly kind: 'period';
      readonly column: Column<'period'>;
      readonly codes: readonly (string | null)[];
      readonly problems: readonly CellProblem[];
    }
  | {
      readonly kind: 'text';
      readonly column: Column<'text'>;
      /** Null for empty. */
      readonly values: readonly (string | null)[];
      readonly problems: readonly CellProblem[];
    }
  | {
      readonly kind: 'number';
      readonly column: Column<'number'>;
      /** Scaled by the column's decimals; null where there is no value. */
      readonly values: readonly (bigint | null)[];
      readonly statuses: readonly (EmptyRule['means'] | null)[];
      readonly problems: readonly CellProblem[];
    }
  | {
      readonly kind: 'date';
      readonly column: Column<'date'>;
      /** ISO dates; null for none. */
      readonly values: readonly (string | null)[];
      readonly problems: readonly CellProblem[];
    }
  | {
      readonly kind: 'time';
      readonly column: Column<'time'>;
      /** `2026-07-31T13:05`; null for none. */
      readonly values: readonly (string | null)[];
      readonly problems: readonly CellProblem[];
    }
  | {
      readonly kind: 'key';
      readonly column: Column<'key'>;
      /** A whole number as its digits; null for none. */
      readonly values: readonly (string | null)[];
      readonly problems: readonly CellProblem[];
    };

export type Parsed<Kind extends ParsedColumn['kind']> = Extract<ParsedColumn, { kind: Kind }>;

/** The scaled number as text, with its decimals. */
export function decimalText(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}
