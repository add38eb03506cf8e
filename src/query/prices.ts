import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { lookUp } from '../model/lookUp.ts';
import { priceFactor } from '../model/prices/factor.ts';
import type { PeriodPair, UsePrices, UseSpec } from './bound.ts';
import type { QueryScope } from './scope.ts';

/** What the amounts of each year are multiplied by; null where a rate is missing, which is told. */
export function bindUsePrices(
  { steps }: UseSpec,
  pairs: readonly Pick<PeriodPair, 'source'>[],
  { model }: QueryScope,
  place: { readonly name: string; readonly span: Span },
  report: (found: Diagnostic) => void,
): UsePrices | null | undefined {
  const step = steps.find((each) => each.kind === 'prices');
  if (!step) return undefined;
  const { year, prices } = step;
  const edition = lookUp(model.prices, prices.index)?.editions.find(({ id }) => id === prices.edition);
  const years = [...new Set(pairs.map(({ source }) => source.slice(0, 4)))].sort();
  const factors: Record<string, UsePrices['factors'][string]> = {};
  let madeUp = false;
  for (const from of years) {
    const found = edition ? priceFactor(edition, prices.type, Number(from), Number(year)) : { missing: from };
    if ('missing' in found) {
      const message = `"${place.name}" cannot be given in prices of ${year}: edition ${prices.edition} of ${prices.index} has no rate of ${prices.type} for ${found.missing}.`;
      const hint = 'ask for other periods, or add the rate to the prices';
      report(diagnostic('rate-missing', message, { span: place.span, hint }));
      return null;
    }
    const { numerator, denominator } = found.factor;
    factors[from] = { numerator: String(numerator), denominator: String(denominator) };
    madeUp ||= found.madeUp;
  }
  return { ...prices, year, factors, madeUp };
}
