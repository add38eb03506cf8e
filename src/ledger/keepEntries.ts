import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { evaluateCondition } from '../formula/evaluate.ts';
import type { Expression } from '../formula/expression.ts';
import type { Ledger } from './types.ts';

/**
 * Only the entries that a condition over levels is true of. An entry that does not stand at a level that the
 * condition names is left out: of it nothing can be said.
 */
export function keepEntries(ledger: Ledger, condition: Expression): Checked<Ledger> {
  const levels = new Set(ledger.grids.flatMap(({ levels, time }) => [...levels, time]));
  const diagnostics = faultsIn(condition, levels);
  if (diagnostics.length > 0) return { diagnostics };
  const entries = ledger.entries.filter(({ grid, members, period }) => {
    const { levels: own = [], time = '' } = ledger.grids[grid] ?? {};
    const lookup = (name: string) => (name === time ? period : (members[own.indexOf(name)] ?? null));
    return evaluateCondition(condition, lookup) === true;
  });
  return { value: { ...ledger, entries }, diagnostics: [] };
}

/** A condition compares levels with texts; whatever else can be written is no condition here. */
function faultsIn(condition: Expression, levels: ReadonlySet<string>): readonly Diagnostic[] {
  switch (condition.kind) {
    case 'logic':
      return [...faultsIn(condition.left, levels), ...faultsIn(condition.right, levels)];
    case 'unary':
      return condition.operator === 'not' ? faultsIn(condition.operand, levels) : [noCondition(condition)];
    case 'comparison':
      return [condition.left, condition.right].flatMap((each) => faultsInValue(each, levels));
    case 'in':
      return [condition.operand, ...condition.list].flatMap((each) => faultsInValue(each, levels));
    default:
      return [noCondition(condition)];
  }
}

function faultsInValue(value: Expression, levels: ReadonlySet<string>): readonly Diagnostic[] {
  if (value.kind === 'text') return [];
  if (value.kind !== 'name') return [noCondition(value)];
  if (levels.has(value.name)) return [];
  const hint = didYouMean(value.name, levels) ?? `there are ${[...levels].sort().join(', ')}`;
  return [
    diagnostic('unknown-level', `There is no level named "${value.name}" in what is compared.`, {
      span: value.span,
      hint,
    }),
  ];
}

const noCondition = ({ span }: Expression): Diagnostic =>
  diagnostic('not-a-condition', 'A filter compares levels with codes in double quotes.', {
    span,
    hint: 'write it like kommune == "101"',
  });
