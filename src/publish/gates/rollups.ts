import { figuresOf, held, sampledGate } from './sampled.ts';

/** What cells give at a level is what the rows beneath them give. */
export const rollups = sampledGate(
  'rollups',
  'cells and base rows give the same',
  async (context, question, period) => {
    const cells = await figuresOf(context, question, period);
    // Figures that are made of rows in any case would stand beside themselves.
    if (cells?.route !== 'cells') return null;
    const base = await figuresOf(context, question, period, { route: 'base' });
    return base && { left: cells.figures.map(held), right: base.figures.map(held) };
  },
);
