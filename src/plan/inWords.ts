import { printFormula } from '../formula/print.ts';
import { aggregateInWords } from '../model/aggregates.ts';
import { rational, toPlain } from '../model/rational.ts';
import type { UsePrices } from '../query/bound.ts';
import type { FactPlan, QueryPlan } from './plan.ts';
import { pieceOf } from './pricedPeriods.ts';

/** The plan as sentences, in the order of the work, for whoever asks how a figure came about. */
export function planInWords({ facts }: QueryPlan): string[] {
  return [
    ...facts.flatMap(factInWords),
    'Divide: the formula is worked out once, at the grain asked for, in exact fractions.',
  ];
}

function factInWords(fact: FactPlan): string[] {
  const keys = fact.keys.map(({ level }) => level);
  const sources = [...new Set(fact.pairs.map(({ source }) => source))];
  const lines = [readInWords(fact, sources)];
  for (const { state, aggregate, column, key, where, negated } of fact.cells.states.filter(({ state }) =>
    fact.measures.some((measure) => measure.state === state),
  )) {
    const sign = negated ? ', turned around,' : '';
    const rows = where ? ` where ${printFormula(where)}` : '';
    lines.push(`  ${state}: ${aggregateInWords(aggregate, column, key)}${sign}${rows}.`);
  }
  if (fact.prices) lines.push(pricesInWords(fact.prices));
  if (fact.windows.length > 0) lines.push(...windowsInWords(fact));
  for (const filter of fact.filters) lines.push(`  Keep only ${printFormula(filter.condition)}.`);
  if (fact.structures.length > 0) lines.push(`  Place members in the structure of ${datesInWords(fact)}.`);
  if (fact.weight)
    lines.push(
      `  Weigh each ${fact.weight.dimension.leaf} by ${fact.weight.state} of ${fact.weight.cells.source}, ${[...new Set(fact.pairs.map(({ weight }) => weight))].join(', ')}.`,
    );
  const grain = keys.length > 0 ? `each ${keys.join(' x ')}` : 'one figure over all';
  if (fact.kind === 'rows') {
    lines.push(`  ${ofRowsInWords(fact)} for ${grain}.`);
    return lines;
  }
  lines.push(
    fact.kind === 'totals'
      ? `  Take the source's own totals for ${grain}.`
      : `  Bring ${fact.parts.length > 0 ? `every ${fact.parts.map(({ leaf }) => leaf).join(' x ')}` : 'every row'} to ${grain} in each source period, counting what is known, suppressed and absent.`,
  );
  for (const measure of fact.measures)
    if (sources.length > 1 || measure.overTime !== 'none')
      lines.push(`  ${measure.column} over time: ${measure.overTime}.`);
  return lines;
}

function ofRowsInWords({ ofRows }: FactPlan): string {
  if (ofRows?.kind === 'quantile')
    return `Put the rows in order of ${ofRows.column}, and take the value at ${ofRows.numerator}/${ofRows.denominator} of the way,`;
  return `Count every ${ofRows?.key.join(' x ')} once${ofRows?.pooled ? ' over all periods' : ' in each source period'},`;
}

/** Periods of the answer that are told of one by one; of more the first and the last. */
const fewPeriods = 4;

/** Which periods went in, where functions over time take others than the asked ones. */
function pricesInWords({ year, index, edition, type, factors }: UsePrices): string {
  const each = Object.entries(factors).map(([from, { numerator, denominator }]) => {
    const factor = rational(BigInt(numerator), BigInt(denominator));
    return `${from} x ${toPlain(factor, 12)}`;
  });
  return `  Multiply amounts to the prices of ${year} by ${index}, edition ${edition}, type ${type}: ${each.join(', ')}.`;
}

function windowsInWords({ windows, pairs: cut }: FactPlan): string[] {
  const pairs = cut.map((pair) => ({ ...pair, out: pieceOf(pair.out).out }));
  const outs = [...new Set(pairs.map(({ out }) => out))];
  const shown = outs.length > fewPeriods ? [outs[0] ?? '', outs.at(-1) ?? ''] : outs;
  const taken = shown.map((out) => {
    const sources = pairs.filter((pair) => pair.out === out).map(({ source }) => source);
    const [first, last] = [sources[0], sources.at(-1)];
    return `${out} takes ${first === last ? first : `${first}..${last} (${sources.length})`}`;
  });
  return [
    `  Move periods by ${windows.join(', then ')}: ${taken.join(outs.length > fewPeriods ? ' ... ' : '; ')}.`,
  ];
}

function readInWords(fact: FactPlan, periods: readonly string[]): string {
  const from = fact.route === 'cells' ? 'cells' : 'snapshots';
  const [first, last] = [periods[0], periods.at(-1)];
  const span = first === last ? first : `${first} to ${last}`;
  const rows = Object.entries(fact.rowLevels).map(([column, level]) => `${column} at ${level}`);
  return `Read the ${from} of ${fact.source}, ${span}${rows.length > 0 ? ` (rows with ${rows.join(', ')})` : ''}.`;
}

function datesInWords(fact: FactPlan): string {
  const dates = [...new Set(fact.pairs.map(({ structureDate }) => structureDate))];
  return dates.length === 1 ? `${dates[0]}` : `each period's own day (${dates[0]} to ${dates.at(-1)})`;
}
