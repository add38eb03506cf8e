import { figuresOf, held, sampledGate } from './sampled.ts';

/** How many a KPI is asked together with. */
const companions = 3;

/** A figure does not change with what else is asked. */
export const independence = sampledGate(
  'independence',
  'alone and together with others is the same',
  async (context, question, period) => {
    const alone = await figuresOf(context, question, period);
    if (!alone) return null;
    const others = question.others.slice(0, companions);
    const together = others.length > 0 ? await figuresOf(context, question, period, { others }) : null;
    return together && { left: alone.figures.map(held), right: together.figures.map(held) };
  },
);
