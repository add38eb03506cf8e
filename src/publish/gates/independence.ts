import { isZero } from '../../model/rational.ts';
import type { Figure } from './askEach.ts';
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
    const others = question.others().slice(0, companions);
    const together = others.length > 0 ? await figuresOf(context, question, period, { others }) : null;
    if (!together) return null;
    const own = new Set(alone.figures.map(placeOf));
    // The rows of an answer are those of any of its figures: one without a row of its own has no number there, or none.
    const right = together.figures.filter((figure) => own.has(placeOf(figure)) || isThere(figure));
    return { left: alone.figures.map(held), right: right.map(held) };
  },
);

const isThere = ({ cell: { value } }: Figure): boolean => value !== null && !isZero(value);

const placeOf = ({ member, period }: Figure): string => JSON.stringify([member, period]);
