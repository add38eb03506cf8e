import type { GateAction } from '../../definitions/schema.ts';

interface AboutKpi {
  readonly kpi?: string | undefined;
  readonly action?: GateAction | undefined;
}

/** A rule with the KPIs that it is about: one that names none is about every KPI that no other rule names. */
export function rulesFor<Rule extends AboutKpi>(
  rules: readonly Rule[],
  kpis: readonly string[],
): readonly { readonly rule: Rule; readonly kpis: readonly string[] }[] {
  const named = new Set(rules.flatMap(({ kpi }) => kpi ?? []));
  const others = kpis.filter((kpi) => !named.has(kpi));
  return rules.map((rule) => ({ rule, kpis: rule.kpi === undefined ? others : [rule.kpi] }));
}
