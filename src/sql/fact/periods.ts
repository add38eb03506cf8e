import type { FactPlan } from '../../plan/plan.ts';
import { periodColumn } from '../lowerCells.ts';
import { column, nothing, output, select, text, textType, values } from '../make.ts';
import type { SqlSelect } from '../tree.ts';

/** The asked period, in every step of a fact. */
export const outColumn = 'out_period';

export function periodsStep(fact: FactPlan): SqlSelect {
  const dates = fact.figureDates;
  const columns = [
    outColumn,
    periodColumn,
    'structure_date',
    ...(dates ? ['figure_date'] : []),
    ...(fact.weight ? ['weight_period'] : []),
  ];
  return select({
    select: columns.map((name) => output(column('pair', name), name)),
    from: values(
      columns.map((name) => ({ name, type: textType })),
      fact.pairs.map((pair) => [
        text(pair.out),
        text(pair.source),
        text(pair.structureDate),
        ...(dates ? [text(dates[pair.source] ?? pair.structureDate)] : []),
        ...(fact.weight ? [pair.weight === null ? nothing : text(pair.weight)] : []),
      ]),
    ),
    alias: 'pair',
  });
}
