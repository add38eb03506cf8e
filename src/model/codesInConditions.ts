import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { Expression } from '../formula/expression.ts';
import { walk } from '../formula/walk.ts';
import { compareCodes } from './codeOrder.ts';
import { rangeTest } from './codeRanges.ts';
import { lookUp } from './lookUp.ts';
import { type Member, type SemanticModel, type SourceColumn, unknownMember } from './types.ts';

type Lists = Pick<SemanticModel, 'classifications'>;
type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

/**
 * A code that is in no list holds of no row: `funktion == "3.22.01"` where the code is "32201" would count nothing, and
 * so would `funktion < "7"`, since codes of digits are ordered as numbers.
 */
export function checkCodesIn(
  condition: Expression,
  columns: readonly SourceColumn[],
  lists: Lists,
  report: (found: Diagnostic) => void,
): void {
  const columnOf = (part: Expression): CodeColumn | undefined =>
    columns.find(
      (column): column is CodeColumn =>
        part.kind === 'name' && column.kind === 'code' && column.name === part.name,
    );
  const check = (part: Expression, column: CodeColumn | undefined) => {
    if (!column || part.kind !== 'text' || part.value === unknownMember) return;
    if (!hasMembers(lists, column) || column.levels.some((level) => isCode(lists, level, part.value))) return;
    const members = membersOf(lists, column);
    const meant = members.find(({ aliases }) => aliases.includes(part.value));
    const codes = members.map(({ code }) => code);
    const hint = meant ? `write "${meant.code}"` : didYouMean(part.value, codes);
    const message = `There is no code "${part.value}" in "${column.levels.join('" or "')}".`;
    report(diagnostic('unknown-code', message, { span: part.span, hint }));
  };
  walk(condition, (part) => {
    if (part.kind === 'comparison' && (part.operator === '==' || part.operator === '!=')) {
      check(part.right, columnOf(part.left));
      check(part.left, columnOf(part.right));
    }
    if (part.kind === 'in') for (const item of part.list) check(item, columnOf(part.operand));
    const empty = emptyRange(part);
    const column = empty && columnOf(empty.name);
    if (empty && column && hasMembers(lists, column)) {
      const codes = membersOf(lists, column).map(({ code }) => code);
      if (!codes.some(empty.holds)) report(noneInRange(part, column, codes));
    }
  });
}

/** A range over codes as it is written, or as it was written out as the codes that it holds. */
function emptyRange(part: Expression): { name: Expression; holds: (code: string) => boolean } | null {
  if (part.kind === 'in' && !part.negated && part.list.length === 0)
    return { name: part.operand, holds: () => false };
  return part.kind === 'comparison' ? rangeTest(part) : null;
}

function noneInRange(part: Expression, { levels, name }: CodeColumn, codes: readonly string[]): Diagnostic {
  const sorted = [...codes].sort(compareCodes);
  const message = `No code of "${name}" lies in this range, so it holds of no row.`;
  const hint = `codes of digits are ordered as numbers, and those of "${levels.join('" or "')}" run from "${sorted[0]}" to "${sorted.at(-1)}"`;
  return diagnostic('empty-code-range', message, { span: part.span, hint });
}

const listOf = ({ classifications }: Lists, level: string): readonly Member[] =>
  lookUp(classifications, level)?.members ?? [];
const hasMembers = (lists: Lists, { levels }: CodeColumn): boolean =>
  levels.some((level) => listOf(lists, level).length > 0);
const isCode = (lists: Lists, level: string, wanted: string): boolean =>
  listOf(lists, level).some(({ code }) => code === wanted);
const membersOf = (lists: Lists, { levels }: CodeColumn): readonly Member[] =>
  levels.flatMap((level) => listOf(lists, level));
