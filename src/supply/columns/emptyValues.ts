import { type Condition, type ConditionColumn, compileCondition } from '../../formula/compile.ts';
import type { EmptyRule } from '../../model/types.ts';
import { type CellProblem, decimalText, type Parsed, type ParsedColumn } from './parsedColumn.ts';

/** Says of every empty number what the contract means by it; where it says nothing, the value is refused. */
export function emptyValues(columns: readonly ParsedColumn[]): readonly ParsedColumn[] {
  const readable = new Map(columns.map((column) => [column.column.name, conditionColumn(column)]));
  return columns.map((column) => (column.kind === 'number' ? withStatuses(column, readable) : column));
}

type Columns = ReadonlyMap<string, ConditionColumn<number>>;

function withStatuses(parsed: Parsed<'number'>, columns: Columns): Parsed<'number'> {
  const rules = parsed.column.empty.map((rule) => ({ means: rule.means, holds: conditionOf(rule, columns) }));
  const refused = new Set(parsed.problems.map(({ row }) => row));
  const problems: CellProblem[] = [...parsed.problems];
  const statuses = parsed.values.map((value, row) => {
    if (value !== null || refused.has(row)) return null;
    const rule = rules.find(({ holds }) => holds(row) === true);
    if (rule !== undefined) return rule.means;
    problems.push({ row, ...unexplained(parsed.column.name) });
    return null;
  });
  return { ...parsed, statuses, problems };
}

const conditionOf = ({ when }: EmptyRule, columns: Columns): Condition<number> =>
  when === null ? () => true : compileCondition(when, columns);

export const unexplained = (name: string) => ({
  code: 'empty-value' as const,
  reason: `The value is empty, and the contract does not say what that means for "${name}".`,
  hint: 'write "empty: suppressed", "not_applicable" or "not_delivered" in the contract',
});

function conditionColumn(parsed: ParsedColumn): ConditionColumn<number> {
  switch (parsed.kind) {
    case 'code':
    case 'period':
      return { type: 'text', read: (row) => parsed.codes[row] ?? null };
    case 'text':
    case 'date':
    case 'time':
    case 'key':
      return { type: 'text', read: (row) => parsed.values[row] ?? null };
    case 'number':
      return {
        type: 'number',
        read: (row) => {
          const value = parsed.values[row] ?? null;
          return value === null ? null : decimalText(value, parsed.column.decimals);
        },
      };
  }
}
