import { add, zero } from '../../model/rational.ts';
import type { SemanticModel } from '../../model/types.ts';
import type { Figure } from './askEach.ts';
import { figuresOf, type Held, sampledGate } from './sampled.ts';

/** Where a figure adds up, its parts at a level make the whole. */
export const parts = sampledGate(
  'parts',
  'parts add up to the whole',
  async (context, { kpi, level }, period) => {
    if (level === null || !addsUp(context.draft.model, kpi)) return null;
    const whole = await figuresOf(context, { kpi, level: null }, period);
    const own = whole && (await figuresOf(context, { kpi, level }, period));
    const [left, right] = [whole?.figures.map(ourOwn) ?? [], own?.figures.map(ourOwn) ?? []];
    // A part that is not known is no zero, and the source's own total is nobody's sum.
    if (left.length !== 1 || [...left, ...right].includes(null)) return null;
    // A level that the source has nothing of has no parts.
    if (!own?.figures.some(({ cell }) => cell.status === 'ok')) return null;
    const sum = right.reduce((total, each) => add(total, each?.value ?? zero), zero);
    return {
      left: left.flatMap((each) => each ?? []),
      right: [{ member: '', period, value: sum, status: 'ok' }],
    };
  },
);

function addsUp(model: SemanticModel, kpi: string): boolean {
  const expression = model.kpis[kpi]?.expression;
  const measure = expression?.kind === 'measure' ? model.measures[expression.measure] : undefined;
  if (!measure || Object.keys(measure.over).length > 0) return false;
  return measure.aggregate === 'sum' || measure.aggregate === 'count';
}

/** What our own parts give of a figure; null where nobody can say. */
function ourOwn({ member, period, cell }: Figure): Held | null {
  if (cell.status === 'not_applicable') return { member, period, value: zero, status: 'ok' };
  if (cell.status !== 'ok' || cell.value === null) return null;
  if (cell.flags.includes('source_total') && !cell.ours) return null;
  return { member, period, value: cell.ours ?? cell.value, status: 'ok' };
}
