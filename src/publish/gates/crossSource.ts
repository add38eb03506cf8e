import type { GateNumber, GateResult } from '../../catalog/types.ts';
import { type Period, parsePeriod } from '../../model/periods.ts';
import { compare, divide, fromNumber, isZero, type Rational, toPlain } from '../../model/rational.ts';
import { askEach, heldOf } from './askEach.ts';
import { counted, type Gate, type GateContext, said } from './gate.ts';

type Rule = NonNullable<NonNullable<GateContext['wanted']['gates']>['cross_source']>[number];

/** Figures of two sources that say nearly the same of the world: pupils beside the population of 6 to 16. */
export const crossSource: Gate = async (context) => {
  const results: GateResult[] = [];
  for (const rule of context.wanted.gates?.cross_source ?? []) {
    const { action = 'warn' } = rule;
    if (action !== 'off') results.push(await compareSources(context, rule, action));
  }
  return results;
};

async function compareSources(
  { draft }: GateContext,
  rule: Rule,
  action: 'block' | 'warn',
): Promise<GateResult> {
  const { id, kpi, against, level = null } = rule;
  const name = (each: string) => draft.model.kpis[each]?.name ?? each;
  const title = `${name(kpi)} / ${name(against)}`;
  const common = { gate: 'cross_source', action, about: id, kpi, level } as const;
  const periods = commonPeriods(periodsOf(draft, kpi), periodsOf(draft, against));
  if (periods === null)
    return said({ ...common, text: `${title}: no period of which both have been delivered.`, compared: 0 });
  const [period, other] = periods;
  const wanted = [
    { kpi, period },
    { kpi: against, period: other },
  ];
  const asked = await askEach(draft, wanted, { level, eachPeriod: false });
  const [left, right] = [asked.get(kpi), asked.get(against)];
  const refusal = [left, right].find((each) => each?.kind === 'refused');
  if (refusal?.kind === 'refused')
    return said({ ...common, text: `${title}: ${refusal.reason}`, compared: 0 });
  const others = new Map(
    right?.kind === 'figures' ? right.figures.map(({ member, cell }) => [member, cell.value]) : [],
  );
  let compared = 0;
  const numbers: GateNumber[] = [];
  for (const { member, cell } of left?.kind === 'figures' ? left.figures : []) {
    const theirs = others.get(member);
    if (!cell.value || !theirs) continue;
    compared += 1;
    const ratio = isZero(theirs) ? null : divide(cell.value, theirs);
    if (ratio === null ? isZero(cell.value) : isWithin(ratio, rule)) continue;
    numbers.push({
      member,
      period,
      figure: toPlain(cell.value, 6),
      against: toPlain(theirs, 6),
      off: ratio && toPlain(ratio, 6),
    });
  }
  const [worst] = numbers;
  const shown = worst ? `, first ${worst.member || 'the whole'}: ${worst.figure} / ${worst.against}` : '';
  const text =
    numbers.length === 0
      ? `${title} in ${period}: ${counted(compared, 'figure')} within ${limits(rule)}.`
      : `${title} in ${period}: ${numbers.length} of ${counted(compared, 'figure')} not ${limits(rule)}${shown}.`;
  return said({ ...common, text, compared, failed: numbers.length, numbers });
}

const periodsOf = ({ manifest, model }: GateContext['draft'], kpi: string): readonly string[] =>
  heldOf(manifest, model, kpi);

/** The newest period of each that lies in the other's, or that the other's lies in: a month beside its year. */
function commonPeriods(left: readonly string[], right: readonly string[]): readonly [string, string] | null {
  const days = (codes: readonly string[]) => codes.flatMap((code) => parsePeriod(code) ?? []);
  const [ours, theirs] = [days(left).reverse(), days(right).reverse()];
  const holds = (outer: Period, inner: Period) =>
    outer.firstDay <= inner.firstDay && inner.lastDay <= outer.lastDay;
  for (const own of ours) {
    const found = theirs.find((each) => holds(each, own) || holds(own, each));
    if (found) return [own.code, found.code];
  }
  return null;
}

function isWithin(ratio: Rational, { at_least: least, at_most: most }: Rule): boolean {
  return (
    (least === undefined || compare(ratio, fromNumber(least)) >= 0) &&
    (most === undefined || compare(ratio, fromNumber(most)) <= 0)
  );
}

function limits({ at_least: least, at_most: most }: Rule): string {
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `from ${least} to ${most}`;
}
