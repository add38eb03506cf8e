import { together } from '../../catalog/together.ts';

import type { GateNumber, GateResult } from '../../catalog/types.ts';

import {
  compare,
  divide,
  fromNumber,
  isZero,
  negate,
  type Rational,
  subtract,
  toPlain,
} from '../../model/rational.ts';
import type { Cube } from '../../model/types.ts';
import { type Asked, askPeriods, byOf, type Figure, type How, heldOf, stretch } from './askEach.ts';
import { at, counted, type Gate, type GateContext, listed, said, type Version } from './gate.ts';
import { movedPeriods } from './movedPeriods.ts';
import { rulesFor } from './rulesFor.ts';

type Rule = NonNullable<NonNullable<GateContext['wanted']['gates']>['revision']>[number];

/** A figure may move by two parts in a hundred where nobody says how much. */
const usualLimit = 0.02;

/** Figures of closed periods beside those of the edition before: what was told to everybody may hardly move. */
export const revision: Gate = async (context) => {
  const rules = context.wanted.gates?.revision ?? [{}];
  const results: GateResult[] = [];
  for (const { rule, kpis } of rulesFor<Rule>(rules, context.wanted.kpis)) {
    if ((rule.action ?? 'warn') === 'off' || kpis.length === 0) continue;
    results.push(...(await revisionBy(context, rule, kpis)));
  }
  return results;
};

async function revisionBy(
  { draft, before, wanted }: GateContext,
  rule: Rule,
  kpis: readonly string[],
): Promise<readonly GateResult[]> {
  const { level = null, at_most: most = usualLimit } = rule;
  const action = rule.action === 'block' ? 'block' : 'warn';
  const name = (kpi: string) => draft.model.kpis[kpi]?.name ?? kpi;
  const named = rule.kpi === undefined ? level : at(name(rule.kpi), level);
  const common = { gate: 'revision', action, level } as const;
  const about = { about: named, kpi: rule.kpi ?? null };
  if (!before)
    return [said({ ...common, ...about, text: 'There is no edition before this one.', compared: 0 })];
  const closed = new Map(kpis.map((kpi) => [kpi, closedOf(before, kpi, openOf(wanted, rule, before, kpi))]));
  const how = { level, eachPeriod: true };
  const asks = kpis.map((kpi) => {
    const periods = closed.get(kpi) ?? [];
    return { kpi, periods: periods.length > 0 ? movedOf(draft, before, kpi, periods, how) : [] };
  });
  const held = (kpi: string) => closed.get(kpi) ?? [];
  const touched = asks.flatMap(({ kpi, periods }) => (periods.length > 0 ? [kpi] : []));
  const [was, is] = await together([askPeriods(before, asks, held, how), askPeriods(draft, asks, held, how)]);
  const moved = touched.map((kpi) => ({
    kpi,
    ...compareFigures(was.get(kpi), is.get(kpi), closed.get(kpi) ?? [], most),
  }));
  const failed = moved.filter(({ numbers }) => numbers.length > 0);
  const sound = moved.filter(({ numbers }) => numbers.length === 0);
  const compared = sound.reduce((sum, each) => sum + each.compared, 0);
  return [
    ...failed.map(({ kpi, compared: all, numbers }) =>
      said({
        ...common,
        about: at(name(kpi), level),
        kpi,
        text: textOf(name(kpi), numbers, most),
        compared: all,
        failed: numbers.length,
        numbers,
      }),
    ),
    ...(failed.length > 0 && compared === 0
      ? []
      : [said({ ...common, ...about, text: restText(compared, sound, most, name), compared })]),
  ];
}

/** Newest periods of the edition before that may move freely. */
function openOf(wanted: Cube, rule: Rule, { model }: Version, kpi: string): number {
  if (rule.open !== undefined) return rule.open;
  const sources = (model.kpis[kpi]?.measures ?? []).flatMap((id) => model.measures[id]?.source ?? []);
  const { periods = 0, sources: own = {} } = wanted.preliminary ?? {};
  return Math.max(0, ...sources.map((source) => own[source] ?? periods));
}

function closedOf({ manifest, model }: Version, kpi: string, open: number): string[] {
  const held = model.kpis[kpi] ? heldOf(manifest, model, kpi) : [];
  return held.slice(0, Math.max(0, held.length - open));
}

/** Equal files under equal definitions give equal figures, and need not be asked. */
function movedOf(
  draft: Version,
  before: Version,
  kpi: string,
  periods: readonly string[],
  how: How,
): readonly string[] {
  const by = byOf(before.model, kpi, how);
  return movedPeriods(
    before,
    draft,
    { cube: before.cube.id, kpis: [kpi], by, period: stretch(periods) },
    periods,
  );
}

interface Compared {
  readonly compared: number;
  readonly numbers: readonly GateNumber[];
  readonly reason: string | null;
}

/** Only what was a figure before: one that came or was suppressed is told of elsewhere, one that is gone here. */
function compareFigures(
  before: Asked | undefined,
  after: Asked | undefined,
  closed: readonly string[],
  most: number,
): Compared {
  for (const each of [before, after])
    if (each?.kind === 'refused') return { compared: 0, numbers: [], reason: each.reason };
  const keyOf = ({ member, period }: Figure) => JSON.stringify([member, period]);
  const now = new Map(after?.kind === 'figures' ? after.figures.map((each) => [keyOf(each), each.cell]) : []);
  const isClosed = new Set(closed);
  const was = (before?.kind === 'figures' ? before.figures : []).filter(
    ({ period, cell }) => isClosed.has(period) && cell.value !== null,
  );
  const far = was.flatMap((figure) => {
    const [old, fresh] = [figure.cell.value, now.get(keyOf(figure))?.value ?? null];
    if (old === null || isNear(old, fresh, fromNumber(most))) return [];
    return [{ figure, old, fresh, share: fresh && !isZero(old) ? shareMoved(old, fresh) : null }];
  });
  const numbers = far
    .sort((a, b) => (a.share === null ? -1 : b.share === null ? 1 : compare(size(b.share), size(a.share))))
    .map(({ figure: { member, period }, old, fresh, share }) => ({
      member,
      period,
      figure: fresh && toPlain(fresh, 6),
      against: toPlain(old, 6),
      off: share && toPlain(share, 6),
    }));
  return { compared: was.length, numbers, reason: null };
}

/** What was 0 and is not has moved by more than any share of what it was. */
function isNear(old: Rational, fresh: Rational | null, most: Rational): boolean {
  if (fresh === null) return false;
  if (isZero(old)) return isZero(fresh);
  return compare(size(shareMoved(old, fresh)), most) <= 0;
}

const shareMoved = (old: Rational, fresh: Rational): Rational => divide(subtract(fresh, old), size(old));

const size = (value: Rational): Rational => (value.numerator < 0n ? negate(value) : value);

function textOf(name: string, [worst, ...rest]: readonly GateNumber[], most: number): string {
  const where = [worst?.member, worst?.period].filter((each) => each).join(', ');
  const moved =
    worst?.figure == null
      ? `was ${worst?.against} and is no figure now`
      : `was ${worst.against} and is ${worst.figure}${worst.off === null ? '' : `, ${percent(worst.off)}`}`;
  const more = rest.length > 0 ? `, and ${counted(rest.length, 'figure')} more` : '';
  return `${name}, ${where}: ${moved}; at most ${percent(String(most))}${more}.`;
}

/** A share as text, `0.0206`, in hundredths. */
function percent(share: string): string {
  return `${Number((Number(share) * 100).toFixed(3))} %`;
}

function restText(
  compared: number,
  moved: readonly { readonly kpi: string; readonly reason: string | null }[],
  most: number,
  name: (kpi: string) => string,
): string {
  if (compared > 0)
    return `${counted(compared, 'figure')} of closed periods moved by at most ${percent(String(most))}.`;
  const refused = moved.filter(({ reason }) => reason !== null);
  if (refused.length > 0)
    return `Nothing to compare in ${listed(refused.map(({ kpi }) => name(kpi)))}: ${refused[0]?.reason}`;
  return 'No figure of a closed period can have moved.';
}
