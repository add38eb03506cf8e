import type { Label } from '../definitions/schema.ts';
import type { Expression } from '../formula/expression.ts';
import type { TimeLevel } from '../model/periods.ts';
import type { BoundExpression, Kpi, Measure } from '../model/types.ts';

/** A request with every name resolved. After this nothing can be the user's fault. */
export interface BoundQuery {
  readonly cube: string;
  readonly columns: readonly BoundColumn[];
  /** In the order asked for. */
  readonly levels: readonly BoundLevel[];
  /** Periods of the answer, in order; one that stands for a range has the code `P..Q`. */
  readonly periods: readonly OutPeriod[];
  readonly filters: readonly BoundFilter[];
  readonly hierarchy: Hierarchy;
  /** Every measure that some column needs, each once. */
  readonly measures: readonly MeasureUse[];
  readonly order: { readonly column: number; readonly descending: boolean } | null;
  readonly top: number | null;
}

export interface BoundColumn {
  /** As asked. */
  readonly name: string;
  readonly kind: 'kpi' | 'measure';
  readonly kpi: Kpi;
  readonly id: string;
  readonly label: Label;
  readonly unit: Kpi['unit'];
  readonly decimals: number;
  readonly expression: BoundExpression;
  readonly measures: readonly string[];
}

export type BoundLevel =
  | { readonly kind: 'time'; readonly name: TimeLevel }
  | { readonly kind: 'member'; readonly name: string; readonly dimension: string };

export interface OutPeriod {
  readonly code: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** A condition on the levels of one dimension; filters hold all together. */
export interface BoundFilter {
  readonly dimension: string;
  readonly condition: Expression;
  readonly levels: readonly string[];
}

export interface Hierarchy {
  readonly mode: 'as-is' | 'as-was' | 'date';
  /** The day whose structure holds for all periods; null for as-was. */
  readonly date: string | null;
}

/** How one measure is brought to the grain of the answer. */
export interface MeasureUse {
  readonly measure: Measure;
  /** The dimensions whose members x periods are the parts that coverage counts; none where the source has none. */
  readonly coverageDimensions: readonly string[];
  /**
   * Parts to the asked members: `add` the states, weigh them (`weighted_by`), or not at all (`count`:
   * for coverage only, since the parts do not add).
   */
  readonly parts: 'add' | 'weigh' | 'count';
  /** The weighing measure and the dimension it weighs over. */
  readonly weight: { readonly measure: Measure; readonly dimension: string } | null;
  /** Dimension to level at which the source's own total is the answer, where it gives one. */
  readonly totalAt: Readonly<Record<string, string>> | null;
  readonly pairs: readonly PeriodPair[];
}

/** A period of the source that an answer period is made of, and the day whose structure it is put in. */
export interface PeriodPair {
  readonly out: string;
  readonly source: string;
  readonly structureDate: string;
  /** Period of the weight's source, for weighed measures. */
  readonly weight: string | null;
}
