import type { GateName, GateNumber, GateResult } from '../../catalog/types.ts';
import { type Rational, toPlain } from '../../model/rational.ts';
import { type Asked, askEach, byOf, type Figure, heldOf, stretch } from './askEach.ts';
import { at, counted, type Gate, type GateContext, listed, said } from './gate.ts';
import { movedPeriods } from './movedPeriods.ts';
import { inSampleOrder, type SampledQuestion } from './sample.ts';

type SampledGate = Extract<GateName, 'parts' | 'rollups' | 'independence'>;

/** What a question of a sample came to: two lists of figures that must be the same. */
export interface TwoWays {
  readonly left: readonly Held[];
  readonly right: readonly Held[];
}

/** One figure, or why there is none, as text and exactly. */
export interface Held {
  readonly member: string;
  readonly period: string;
  readonly value: Rational | null;
  readonly status: string;
}

/** Asks one question both ways; null where it cannot be asked, and another one takes its place. */
export type AskBothWays = (
  context: GateContext,
  question: SampledQuestion,
  period: string,
) => Promise<TwoWays | null>;

/** Questions of a sample are few, since each is asked twice of everything. */
const usualSample = 2;
/** Most questions cannot be asked of some cubes, and looking for those that can must end. */
const mostTries = 20;

/** A gate that asks a few questions in two ways that must give the same. */
export const sampledGate =
  (gate: SampledGate, what: string, ask: AskBothWays): Gate =>
  async (context) => {
    const { sample = usualSample, action = 'block' } = context.wanted.gates?.[gate] ?? {};
    if (action === 'off') return [];
    const { draft, wanted } = context;
    const results: GateResult[] = [];
    const asked: string[] = [];
    let compared = 0;
    const name = (kpi: string) => draft.model.kpis[kpi]?.name ?? kpi;
    for (const question of inSampleOrder(context, wanted.kpis).slice(0, sample * mostTries)) {
      if (asked.length >= sample) break;
      const period = periodOf(context, question);
      const both = period === undefined ? null : await ask(context, question, period);
      if (!both || both.left.length === 0) continue;
      asked.push(question.level === null ? name(question.kpi) : `${name(question.kpi)} by ${question.level}`);
      compared += both.left.length;
      const numbers = differencesOf(both);
      if (numbers.length === 0) continue;
      const [first] = numbers;
      results.push(
        said({
          gate,
          action,
          about: at(name(question.kpi), question.level),
          kpi: question.kpi,
          level: question.level,
          text: `${asked.at(-1)}, ${first?.period}: ${what} not for ${counted(numbers.length, 'figure')}, first ${first?.member || 'the whole'}: ${first?.figure ?? 'none'} and ${first?.against ?? 'none'}.`,
          compared: both.left.length,
          failed: numbers.length,
          numbers,
        }),
      );
    }
    if (results.length > 0) return results;
    const text =
      asked.length === 0 ? 'No question of this kind can be asked.' : `${what} for ${listed(asked, 3)}.`;
    return [said({ gate, action, text, compared })];
  };

/** The newest period of those that can have moved: what has not was asked when it was made. */
function periodOf({ draft, before }: GateContext, { kpi, level }: SampledQuestion): string | undefined {
  const held = heldOf(draft.manifest, draft.model, kpi);
  if (!before || held.length === 0) return held.at(-1);
  const by = byOf(draft.model, kpi, { level, eachPeriod: true });
  const request = { cube: draft.cube.id, kpis: [kpi], by, period: stretch(held) };
  return movedPeriods(before, draft, request, held).at(-1);
}

function differencesOf({ left, right }: TwoWays): GateNumber[] {
  const keyOf = ({ member, period }: Held) => JSON.stringify([member, period]);
  const others = new Map(right.map((held) => [keyOf(held), held]));
  const own = new Set(left.map(keyOf));
  const pairs = [
    ...left.map((held) => [held, others.get(keyOf(held))] as const),
    ...right.flatMap((held) => (own.has(keyOf(held)) ? [] : [[undefined, held] as const])),
  ];
  return pairs.flatMap(([a, b]): GateNumber[] => {
    if (a && b && isSame(a, b)) return [];
    const { member = '', period = '' } = a ?? b ?? {};
    return [{ member, period, figure: shown(a), against: shown(b), off: null }];
  });
}

function isSame(a: Held, b: Held): boolean {
  return (
    a.status === b.status &&
    a.value?.numerator === b.value?.numerator &&
    a.value?.denominator === b.value?.denominator
  );
}

const shown = (held: Held | undefined): string | null =>
  held ? (held.value ? toPlain(held.value, 6) : held.status) : null;

/** The figures of one question, or null where it is refused. */
export async function figuresOf(
  { draft }: GateContext,
  { kpi, level }: Pick<SampledQuestion, 'kpi' | 'level'>,
  period: string,
  more: { readonly others?: readonly string[]; readonly route?: 'cells' | 'base' } = {},
): Promise<Extract<Asked, { readonly kind: 'figures' }> | null> {
  const { others = [], route } = more;
  const wanted = [kpi, ...others].map((each) => ({ kpi: each, period }));
  const asked: Asked | undefined = (
    await askEach(draft, wanted, { level, eachPeriod: false, ...(route ? { route } : {}) })
  ).get(kpi);
  return asked?.kind === 'figures' ? asked : null;
}

export const held = ({ member, period, cell }: Figure): Held => ({
  member,
  period,
  value: cell.value,
  status: cell.status,
});
