import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { Expression } from '../formula/expression.ts';
import { walk } from '../formula/walk.ts';
import { lookUp } from './lookUp.ts';
import { type SemanticModel, type SourceColumn, unknownMember } from './types.ts';

type Lists = Pick<SemanticModel, 'classifications'>;
type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

/** A code that is in no list holds of no row: `funktion == "3.22.01"` where the code is "32201" would count nothing. */
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
    const members = column.levels.flatMap((level) => lookUp(lists.classifications, level)?.members ?? []);
    if (members.length === 0 || members.some(({ code }) => code === part.value)) return;
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
  });
}
