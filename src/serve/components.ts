import type { ResultTable } from '../engine/engine.ts';
import type { FactMeasure, FactPlan } from '../plan/plan.ts';
import { outColumn } from '../sql/fact/periods.ts';
import { cellKey } from './cellKey.ts';
import { inPrices } from './inPrices.ts';

/** What an engine gives for one measure in one cell of the answer; counts are of parts unless said. */
export interface Component {
  /** Scaled integer by the measure's decimals; null where nothing is known. */
  readonly value: bigint | null;
  readonly weighted: bigint | null;
  readonly weight: bigint | null;
  /** Sum of squares, scaled by twice the decimals; of measures that keep it. */
  readonly squares: bigint | null;
  /** Whether one finest member alone has anything, so that nothing is weighed; of weighed measures. */
  readonly alone: boolean;
  /** Source periods with a value. */
  readonly periods: number;
  readonly delivered: number;
  readonly suppressed: number;
  readonly notApplicable: number;
  readonly knownRows: number;
  readonly suppressedRows: number;
  readonly notApplicableRows: number;
  /** What values are to be divided by; 1 if left out. */
  readonly shares?: bigint;
  /** Rows of which a part is an estimate, and rows mapped over a break. */
  readonly imputedRows?: number;
  readonly brokenRows?: number;
}

/** Whether a component has a row that says something, if only that it is hidden. */
export function holdsSomething({ knownRows, suppressedRows, notApplicableRows }: Component): boolean {
  return knownRows + suppressedRows + notApplicableRows > 0;
}

/** Cell key to component: the answer period and the codes of the asked members, joined. */
export type Components = ReadonlyMap<string, Component>;

/** A figure taken from rows: the number of different ones, or the two values that a quantile lies between. */
export interface FigureOfRows {
  readonly value: bigint;
  readonly next: bigint | null;
  /** Rows that have a value, of quantiles. */
  readonly known: number;
  /** Source periods with a figure, of distinct numbers. */
  readonly periods: number;
}

/** Components of a use: merged from parts, as the source's own totals give them, and taken from rows. */
export interface MeasureComponents {
  readonly parts: Components;
  readonly totals: Components;
  readonly rows: ReadonlyMap<string, FigureOfRows>;
}

/** Use to components, of the facts of one plan and their results. */
export function collectComponents(
  facts: readonly FactPlan[],
  results: readonly ResultTable[],
): Map<string, MeasureComponents> {
  const collected = new Map<string, MeasureComponents>();
  for (const [position, fact] of facts.entries()) {
    const result = results[position];
    if (!result) continue;
    for (const measure of fact.measures) {
      const read = fact.kind === 'rows' ? readRows(fact, measure, result) : readPriced(fact, measure, result);
      for (const id of measure.uses) {
        const before = collected.get(id) ?? { parts: new Map(), totals: new Map(), rows: new Map() };
        collected.set(id, { ...before, [fact.kind]: read });
      }
    }
  }
  return collected;
}

function readRows(fact: FactPlan, measure: FactMeasure, result: ResultTable): Map<string, FigureOfRows> {
  const of = (name: string) => result.getChild(name);
  const period = of(outColumn);
  const keys = fact.keys.map(({ level }) => of(level));
  const [value, next] = [of(measure.column), of(`${measure.column}_next`)];
  const [known, periods] = [of(`${measure.column}_known`), of(`${measure.column}_periods`)];
  const figures = new Map<string, FigureOfRows>();
  for (let row = 0; row < result.numRows; row++) {
    const found = decimalAt(value?.get(row));
    if (found === null) continue;
    const members = keys.map((key) => String(key?.get(row)));
    figures.set(cellKey(String(period?.get(row)), members), {
      value: found,
      next: decimalAt(next?.get(row)),
      known: Number(known?.get(row) ?? 0n),
      periods: Number(periods?.get(row) ?? 0n),
    });
  }
  return figures;
}

function readPriced(fact: FactPlan, measure: FactMeasure, result: ResultTable): Components {
  const read = readMeasure(fact, measure, result);
  return fact.prices ? inPrices(read, fact.prices) : read;
}

function readMeasure(fact: FactPlan, measure: FactMeasure, result: ResultTable): Components {
  const of = (name: string) => result.getChild(name);
  const period = of(outColumn);
  const keys = fact.keys.map(({ level }) => of(level));
  const value = of(measure.column);
  const weighted = of(`${measure.column}_weighted`);
  const weight = of(`${measure.column}_weight`);
  const squares = of(`${measure.column}_squares`);
  const alone = of(`${measure.column}_alone`);
  const counts = [
    'periods',
    'delivered',
    'suppressed',
    'not_applicable',
    'known',
    'suppressed_rows',
    'not_applicable_rows',
  ].map((suffix) => of(`${measure.column}_${suffix}`));
  const imputed = of(`${measure.column}_imputed`);
  const broken = of(`${measure.column}_broken`);
  const shares = measure.shared ? BigInt(fact.shares) : 1n;
  const components = new Map<string, Component>();
  for (let row = 0; row < result.numRows; row++) {
    const [periods, delivered, suppressed, notApplicable, knownRows, suppressedRows, notApplicableRows] =
      counts.map((column) => Number(column?.get(row) ?? 0n));
    components.set(
      cellKey(
        String(period?.get(row)),
        keys.map((key) => String(key?.get(row))),
      ),
      {
        value: decimalAt(value?.get(row)),
        weighted: decimalAt(weighted?.get(row)),
        weight: decimalAt(weight?.get(row)),
        squares: decimalAt(squares?.get(row)),
        alone: Number(alone?.get(row) ?? 0n) > 0,
        periods: periods ?? 0,
        delivered: delivered ?? 0,
        suppressed: suppressed ?? 0,
        notApplicable: notApplicable ?? 0,
        knownRows: knownRows ?? 0,
        suppressedRows: suppressedRows ?? 0,
        notApplicableRows: notApplicableRows ?? 0,
        ...(shares === 1n ? {} : { shares }),
        ...(imputed ? { imputedRows: Number(imputed.get(row) ?? 0n) } : {}),
        ...(broken ? { brokenRows: Number(broken.get(row) ?? 0n) } : {}),
      },
    );
  }
  return components;
}

/** Arrow gives a Decimal128 as four little-endian 32-bit words, in two's complement. */
export function decimalAt(words: unknown): bigint | null {
  if (words === null || words === undefined) return null;
  if (typeof words === 'bigint') return words;
  if (!(words instanceof Uint32Array)) throw new Error('invariant: a decimal is four words');
  let value = 0n;
  for (let word = 3; word >= 0; word--) value = (value << 32n) | BigInt(words[word] ?? 0);
  return BigInt.asIntN(128, value);
}
