import type { Label } from '../../definitions/schema.ts';

/** Rates of price and pay, as they were published time and again. */
export interface Prices {
  readonly id: string;
  readonly label: Label;
  readonly types: Readonly<Record<string, Label>>;
  /** In the order in which they were published. */
  readonly editions: readonly PriceEdition[];
}

export interface PriceEdition {
  readonly id: string;
  readonly published: string;
  /** Type to year to rate. */
  readonly rates: Readonly<Record<string, Readonly<Record<string, PriceRate>>>>;
}

/** In pct., as decimal texts: two factors, one upon the other. */
export interface PriceRate {
  readonly rate: string;
  readonly correction: string;
  readonly madeUp: boolean;
}

/** Which rates a KPI reads; the newest edition is named by its id. */
export interface KpiPrices {
  readonly index: string;
  readonly type: string;
  readonly edition: string;
}
