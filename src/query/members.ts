import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { Expression } from '../formula/expression.ts';
import { type Classification, type Member, unknownMember } from '../model/types.ts';
import type { QueryScope } from './scope.ts';

/**
 * A filter with every value that a level is compared with brought to the code of its member: `"0101"`
 * to `"101"`, `"3.22.01"` to `"32201"`, as deliveries are. What is no member is told of, since a slip
 * would silently filter all away. The ends of a range need not be members.
 */
export function resolveMembers(
  filter: Expression,
  scope: QueryScope,
  tell: (found: Diagnostic) => void,
): Expression {
  const inner = (operand: Expression) => resolveMembers(operand, scope, tell);
  const against = (level: Expression, value: Expression): Expression =>
    level.kind === 'name' && value.kind === 'text'
      ? resolveMember(scope.model.classifications[level.name], level.name, value, tell)
      : value;
  switch (filter.kind) {
    case 'comparison': {
      const { left, right, operator } = filter;
      if (operator !== '==' && operator !== '!=') return filter;
      return { ...filter, left: against(right, left), right: against(left, right) };
    }
    case 'in':
      return { ...filter, list: filter.list.map((item) => against(filter.operand, item)) };
    case 'logic':
      return { ...filter, left: inner(filter.left), right: inner(filter.right) };
    case 'unary':
      return { ...filter, operand: inner(filter.operand) };
    default:
      return filter;
  }
}

type TextNode = Extract<Expression, { kind: 'text' }>;

function resolveMember(
  classification: Classification | undefined,
  level: string,
  value: TextNode,
  tell: (found: Diagnostic) => void,
): Expression {
  const members = classification?.members ?? [];
  if (value.value === unknownMember) return value;
  const found =
    members.find(({ code }) => code === value.value) ??
    members.find(({ aliases }) => aliases.includes(value.value)) ??
    members.find(({ code }) => code === toLength(value.value, classification?.codeLength));
  if (found) return { ...value, value: found.code };
  const hint = hintFor(value.value, members);
  tell(
    diagnostic('unknown-code', `There is no member "${value.value}" in "${level}".`, {
      span: value.span,
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  return value;
}

/** Codes of one length are written with zeros lost or added in front; both are the same code. */
function toLength(code: string, length: number | undefined): string {
  if (length === undefined || !/^\d+$/.test(code)) return code;
  return code.length > length && code.startsWith('0') ? code.slice(1) : code.padStart(length, '0');
}

/** Names are not taken for codes, since two places may share one; but the code is near. */
function hintFor(written: string, members: readonly Member[]): string | undefined {
  const named = members.find(({ label }) =>
    [label.da, label.en].some((text) => text.toLowerCase() === written.toLowerCase()),
  );
  const codes = members.map(({ code }) => code);
  return named ? `did you mean "${named.code}"?` : didYouMean(written, codes);
}
