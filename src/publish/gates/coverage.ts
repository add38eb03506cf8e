import type { GateNumber, GateResult } from '../../catalog/types.ts';
import { compare, divide, fromNumber, type Rational, rational, toPlain } from '../../model/rational.ts';
import type { Cell } from '../../query/answer.ts';
import { type Asked, askEach, heldOf, stretch } from './askEach.ts';
import { at, counted, type Gate, type GateContext, listed, said } from './gate.ts';
import { rulesFor } from './rulesFor.ts';

type Rule = NonNullable<NonNullable<GateContext['wanted']['gates']>['coverage']>[number];

/** How much of what is expected is known in the newest periods. */
export const coverage: Gate = async (context) => {
  const rules = context.wanted.gates?.coverage ?? [{}];
  const results: GateResult[] = [];
  for (const { rule, kpis } of rulesFor<Rule>(rules, context.wanted.kpis))
    results.push(...(await coverageBy(context, rule, kpis)));
  return results;
};

async function coverageBy(
  { draft }: GateContext,
  rule: Rule,
  kpis: readonly string[],
): Promise<readonly GateResult[]> {
  const { level = null, periods = 1, action = 'warn' } = rule;
  if (action === 'off' || kpis.length === 0) return [];
  const wanted = kpis.flatMap((kpi) => {
    const newest = heldOf(draft.manifest, draft.model, kpi).slice(-periods);
    return newest.length > 0 ? [{ kpi, period: stretch(newest) }] : [];
  });
  const asked = await askEach(draft, wanted, { level, eachPeriod: periods > 1 });
  const looked = kpis.map((kpi) => ({ kpi, ...lookAt(asked.get(kpi), rule) }));
  const failed = looked.filter(({ numbers }) => numbers.length > 0);
  const passed = looked.filter(({ numbers, compared }) => numbers.length === 0 && compared > 0);
  const silent = looked.filter(({ compared }) => compared === 0);
  const name = (kpi: string) => draft.model.kpis[kpi]?.name ?? kpi;
  const named = rule.kpi === undefined ? level : at(name(rule.kpi), level);
  const common = { gate: 'coverage', action, level } as const;
  return [
    ...failed.map(({ kpi, compared, numbers }) =>
      said({
        ...common,
        about: at(name(kpi), level),
        kpi,
        text: textOf(name(kpi), numbers, rule),
        compared,
        failed: numbers.length,
        numbers,
      }),
    ),
    ...(passed.length > 0
      ? [
          said({
            ...common,
            about: named,
            kpi: rule.kpi ?? null,
            text: `${counted(passed.length, 'KPI')} covered as they must be.`,
            compared: passed.reduce((sum, { compared }) => sum + compared, 0),
          }),
        ]
      : []),
    ...(silent.length > 0
      ? [
          said({
            ...common,
            about: passed.length > 0 ? ['not_asked', ...(named ? [named] : [])].join(':') : named,
            kpi: rule.kpi ?? null,
            text: `Nothing to look at in ${listed(silent.map(({ kpi }) => name(kpi)))}: ${silent[0]?.reason}.`,
            compared: 0,
          }),
        ]
      : []),
  ];
}

interface Looked {
  readonly compared: number;
  readonly numbers: readonly GateNumber[];
  /** Why nothing was compared. */
  readonly reason: string;
}

function lookAt(asked: Asked | undefined, { at_least: least }: Rule): Looked {
  if (!asked) return { compared: 0, numbers: [], reason: 'nothing has been delivered' };
  if (asked.kind === 'refused') return { compared: 0, numbers: [], reason: asked.reason.replace(/\.$/, '') };
  const figures = asked.figures.filter(({ cell }) => cell.status !== 'not_applicable');
  const limit = least === undefined ? null : fromNumber(least);
  const short = figures
    .map((figure) => ({ ...figure, known: knownOf(figure.cell) }))
    .filter(({ cell, known }) =>
      limit === null || known === null
        ? cell.status === 'below_coverage' || cell.status === 'not_delivered'
        : compare(known, limit) < 0,
    )
    .sort((a, b) => compare(a.known ?? rational(0n), b.known ?? rational(0n)));
  return {
    compared: figures.length,
    reason: 'it has no figures',
    numbers: short.map(({ member, period, cell: { coverage: covered }, known }) => ({
      member,
      period,
      figure: String(covered.delivered),
      against: String(covered.expected),
      off: known && toPlain(known, 6),
    })),
  };
}

/** Null where nobody has said what there should be. */
function knownOf({ coverage: { delivered, expected } }: Cell): Rational | null {
  return expected === 0 ? null : divide(rational(BigInt(delivered)), rational(BigInt(expected)));
}

function textOf(name: string, [worst, ...rest]: readonly GateNumber[], { at_least: least }: Rule): string {
  const where = [worst?.member, worst?.period].filter((each) => each).join(', ');
  const limit = least === undefined ? 'too few' : `less than ${least}`;
  const more = rest.length > 0 ? `, and ${counted(rest.length, 'figure')} more` : '';
  return `${name}, ${where}: ${worst?.figure} of ${worst?.against} known, ${limit}${more}.`;
}
