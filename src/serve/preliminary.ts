import { parsePeriod } from '../model/periods.ts';
import { deliveredBeneath } from '../model/relations.ts';
import type { Preliminary, SemanticModel } from '../model/types.ts';
import type { BoundColumn, BoundQuery, OutPeriod } from '../query/bound.ts';

/** Source to its periods that are preliminary. */
export type PreliminaryPeriods = ReadonlyMap<string, ReadonlySet<string>>;

/** The newest periods that an edition holds of each source, as many as the cube's rule says. */
export function preliminaryPeriods(
  rule: Preliminary | undefined,
  { sources }: Pick<SemanticModel, 'sources'>,
  held: Readonly<Record<string, readonly string[]>>,
): PreliminaryPeriods {
  if (!rule) return new Map();
  const numberOf = (source: string): number => {
    // Rows are as preliminary as the most preliminary of what they are made of.
    const beneath = deliveredBeneath(source, sources).map((id) => rule.sources[id] ?? rule.periods);
    return rule.sources[source] ?? Math.max(0, ...beneath);
  };
  return new Map(
    Object.entries(held).map(([source, periods]) => {
      const inOrder = periods
        .flatMap((code) => parsePeriod(code) ?? [])
        .sort((a, b) => a.firstDay - b.firstDay)
        .map(({ code }) => code);
      const newest = numberOf(source);
      return [source, new Set(newest > 0 ? inOrder.slice(-newest) : [])];
    }),
  );
}

/** Whether a figure of a column is made of something preliminary, a weight or a moved period among it. */
export function preliminaryFigures(
  { measures }: Pick<BoundQuery, 'measures'>,
  preliminary: PreliminaryPeriods,
): (column: Pick<BoundColumn, 'uses'>, period: Pick<OutPeriod, 'code'>) => boolean {
  const touched = new Set<string>();
  for (const { id, measure, weight, pairs, askedOf } of measures) {
    for (const { out, source, weight: weighed } of pairs) {
      const own = preliminary.get(measure.source)?.has(source) ?? false;
      const other =
        weight !== null && weighed !== null && preliminary.get(weight.measure.source)?.has(weighed);
      if (own || other) touched.add(keyOf(id, askedOf?.[out] ?? out));
    }
  }
  return ({ uses }, { code }) => touched.size > 0 && uses.some(({ id }) => touched.has(keyOf(id, code)));
}

const keyOf = (use: string, period: string): string => `${use}\u0000${period}`;
