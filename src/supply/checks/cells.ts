import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { ParsedColumn } from '../columns/parsedColumn.ts';
import { notRun, type ParsedRows, type Refusal, type RowCheck, refusalResult } from './check.ts';

/** What can be wrong with one cell, by the columns it is looked for in. The columns were read with their problems. */
export const cellChecks: readonly {
  readonly check: string;
  readonly codes: readonly DiagnosticCode[];
  readonly kinds: readonly ParsedColumn['kind'][];
  readonly passed: string;
}[] = [
  {
    check: 'person-numbers',
    codes: ['looks-like-cpr'],
    kinds: ['code', 'period', 'text', 'number', 'date', 'time', 'key'],
    passed: 'No value looks like a civil registration number.',
  },
  { check: 'codes', codes: ['unknown-code'], kinds: ['code'], passed: 'Every code is in its list.' },
  {
    check: 'periods',
    codes: ['bad-period'],
    kinds: ['period'],
    passed: 'Every period is one of the frequency of the source.',
  },
  {
    check: 'values',
    codes: ['value-not-allowed'],
    kinds: ['text'],
    passed: 'Every text is one that its column allows.',
  },
  {
    check: 'numbers',
    codes: [
      'bad-number',
      'decimal-comma',
      'decimal-point',
      'thousands-separator',
      'too-many-decimals',
      'number-too-large',
    ],
    kinds: ['number'],
    passed: 'Every number is written as the contract says.',
  },
  {
    check: 'dates',
    codes: ['bad-date'],
    kinds: ['date', 'time'],
    passed: 'Every date is one, written as ISO has it.',
  },
  {
    check: 'identifiers',
    codes: ['bad-key', 'number-too-large'],
    kinds: ['key'],
    passed: 'Every identifier is written as the contract says.',
  },
  {
    check: 'empty-values',
    codes: ['empty-value'],
    kinds: ['code', 'period', 'text', 'number', 'date', 'time', 'key'],
    passed: 'The contract says of every empty value what it means.',
  },
];

export const noSuchColumns = 'The contract has no such columns.';

export const cells: readonly RowCheck[] = cellChecks.map(({ check, codes, kinds, passed }) => (rows) => {
  const columns = rows.columns.filter(({ kind }) => kinds.includes(kind));
  if (columns.length === 0) return { result: notRun(check, noSuchColumns), refusals: [] };
  const refusals = columns.flatMap((column) => refusalsOf(rows, column, codes));
  return { result: refusalResult(check, refusals, passed), refusals };
});

const refusalsOf = (
  rows: ParsedRows,
  { column, problems }: ParsedColumn,
  codes: readonly DiagnosticCode[],
): readonly Refusal[] =>
  problems
    .filter(({ code }) => codes.includes(code))
    .map((problem) => ({ ...problem, row: rows.lines[problem.row] ?? 0, column: column.from }));
