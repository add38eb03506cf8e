import type { FieldPath, KpiDefinition, PricesDefinition } from '../../definitions/definition.ts';
import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { lookUp } from '../lookUp.ts';
import type { KpiPrices, PriceEdition, PriceRate, Prices } from '../prices/types.ts';
import type { BindContext } from './context.ts';

type Tell = (code: DiagnosticCode, path: FieldPath, message: string, hint?: string, part?: 'key') => void;
type EditionRecord = PricesDefinition['record']['editions'][number];
type RateRecord = EditionRecord['rates'][string][string];

/** Prices with their editions in the order in which they were published. */
export function bindPrices(context: BindContext): Record<string, Prices> {
  return Object.fromEntries(
    context.definitions.prices.map((definition) => {
      const { record } = definition;
      const tell: Tell = (code, path, message, hint, part) =>
        context.report(diagnostic(code, message, { span: definition.spanOf(path, part), hint }));
      const editions = record.editions.map((edition, at) => bindEdition(definition, edition, at, tell));
      const { prices: id, label, types } = record;
      return [id, { id, label, types, editions: editions.sort(byDate) }];
    }),
  );
}

const byDate = (a: PriceEdition, b: PriceEdition): number =>
  a.published === b.published ? (a.id < b.id ? -1 : 1) : a.published < b.published ? -1 : 1;

function bindEdition(
  { record }: PricesDefinition,
  edition: EditionRecord,
  at: number,
  tell: Tell,
): PriceEdition {
  const path = ['editions', at];
  if (record.editions.findIndex((other) => other.edition === edition.edition) < at) {
    tell('named-twice', [...path, 'edition'], `There are two editions "${edition.edition}".`);
  }
  for (const [type, years] of Object.entries(edition.rates)) {
    if (lookUp(record.types, type) === undefined) {
      const hint = didYouMean(type, Object.keys(record.types));
      tell('unknown-price-type', [...path, 'rates', type], `There is no type named "${type}".`, hint, 'key');
    }
    checkYears(Object.keys(years), [...path, 'rates', type], tell);
  }
  const rates = Object.entries(edition.rates).map(([type, years]) => [
    type,
    Object.fromEntries(
      Object.entries(years).map(([year, rate]) => [
        year,
        bindRate(rate, edition.source, [...path, 'rates', type, year], tell),
      ]),
    ),
  ]);
  return { id: edition.edition, published: edition.published, rates: Object.fromEntries(rates) };
}

function checkYears(years: readonly string[], path: FieldPath, tell: Tell): void {
  const sorted = years.map(Number).sort((a, b) => a - b);
  const after = sorted.find((year, at) => at > 0 && year !== (sorted[at - 1] ?? 0) + 1);
  if (after === undefined) return;
  const before = sorted[sorted.indexOf(after) - 1];
  tell(
    'prices-gap',
    [...path, String(after)],
    `There is no rate between ${before} and ${after}.`,
    undefined,
    'key',
  );
}

function bindRate(rate: RateRecord, source: string | undefined, path: FieldPath, tell: Tell): PriceRate {
  if (rate.source === undefined && source === undefined && rate.made_up !== true) {
    const hint = 'give the edition or the rate a source, or write made_up: true';
    tell('rate-without-source', path, 'The rate does not say where it comes from.', hint, 'key');
  }
  return {
    rate: percent(rate.rate, [...path, 'rate'], tell),
    correction: percent(rate.correction ?? 0, [...path, 'correction'], tell),
    madeUp: rate.made_up ?? false,
  };
}

/** A number of YAML as the text that was written: a double gives six decimals back as they were. */
function percent(value: number, path: FieldPath, tell: Tell): string {
  const text = String(value);
  if (/^-?\d{1,6}(\.\d{1,6})?$/.test(text) && value > -100) return text;
  tell(
    'rate-not-exact',
    path,
    `${text} is no rate in pct.`,
    'write it with six decimals at most, above -100',
  );
  return '0';
}

/** KPI id to the prices that it names, the newest edition by its id; null where something is not there, which is told. */
export function bindKpiPrices(
  context: BindContext,
  prices: Readonly<Record<string, Prices>>,
): Record<string, KpiPrices | null> {
  return Object.fromEntries(
    context.definitions.kpis.flatMap((definition) => {
      if (definition.record.prices === undefined) return [];
      return [[definition.record.kpi, namedBy(context, definition, prices)]];
    }),
  );
}

function namedBy(
  context: BindContext,
  { record, spanOf }: KpiDefinition,
  all: Readonly<Record<string, Prices>>,
): KpiPrices | null {
  if (record.prices === undefined) return null;
  const { index, type, edition } = record.prices;
  const refuse = (
    code: DiagnosticCode,
    key: string,
    message: string,
    names: readonly string[],
    name: string,
  ) => {
    const hint = didYouMean(name, names) ?? `there are ${names.join(', ')}`;
    context.report(diagnostic(code, message, { span: spanOf(['prices', key]), hint }));
    return null;
  };
  const prices = lookUp(all, index);
  if (!prices)
    return refuse(
      'unknown-prices',
      'index',
      `There are no prices named "${index}".`,
      Object.keys(all),
      index,
    );
  if (!lookUp(prices.types, type)) {
    const message = `"${index}" has no type named "${type}".`;
    return refuse('unknown-price-type', 'type', message, Object.keys(prices.types), type);
  }
  const ids = prices.editions.map(({ id }) => id);
  const chosen = edition ?? ids.at(-1) ?? '';
  if (!ids.includes(chosen)) {
    const message = `"${index}" has no edition named "${chosen}".`;
    return refuse('unknown-price-edition', 'edition', message, ids, chosen);
  }
  return { index, type, edition: chosen };
}
