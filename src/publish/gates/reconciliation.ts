import type { GateResult, ReconciliationResult } from '../../catalog/types.ts';
import { compare, parseDecimal } from '../../model/rational.ts';
import { counted, type Gate, said } from './gate.ts';

/** Our figures beside those that they should agree with, as `reconcile` of the cube says. */
export const reconciliation: Gate = async ({ draft, wanted }) => {
  const rules = wanted.gates?.reconciliation ?? [{}];
  const ruleOf = (id: string) =>
    rules.find((rule) => rule.id === id) ?? rules.find((rule) => rule.id === undefined);
  return draft.manifest.reconciliations.flatMap((result): GateResult[] => {
    const rule = ruleOf(result.id);
    const action = rule ? (rule.action ?? 'warn') : 'off';
    if (action === 'off') return [];
    const { id, kpi, level, against, differences, compared } = result;
    const name = draft.model.kpis[kpi]?.name ?? kpi;
    const numbers = [...differences]
      .sort((a, b) => compare(size(b.difference), size(a.difference)))
      .map(({ member, period, ours, theirs, difference }) => ({
        member,
        period,
        figure: ours,
        against: theirs,
        off: difference,
      }));
    const beside =
      against === 'source_total' ? "the source's own" : (draft.model.kpis[against]?.name ?? against);
    return [
      said({
        gate: 'reconciliation',
        action,
        about: id,
        kpi,
        level,
        text: `${name} by ${level} beside ${beside}: ${verdict(result)}.`,
        compared,
        failed: differences.length,
        numbers,
      }),
    ];
  });
};

function verdict({ outcome, differences, compared, reason }: ReconciliationResult): string {
  switch (outcome) {
    case 'agrees':
      return `${counted(compared, 'figure')} agree`;
    case 'differs':
      return `${differences.length} of ${counted(compared, 'figure')} differ by more than they may`;
    case 'not_run':
      return (reason ?? 'nothing to compare').replace(/\.$/, '');
  }
}

const size = (text: string) => parseDecimal(text.replace('-', ''));
