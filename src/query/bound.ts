import type { Label } from '../definitions/schema.ts';
import type { Expression } from '../formula/expression.ts';
import type {
  ArithmeticNode,
  CallNode,
  IfNode,
  MeanOverNode,
  NegateNode,
  NumberNode,
  OfEachNode,
  Window,
} from '../model/boundExpression.ts';
import type { Period, TimeLevel } from '../model/periods.ts';
import type { KpiPrices } from '../model/prices/types.ts';
import type { Kpi, Measure } from '../model/types.ts';

/** A request with every name resolved. After this nothing can be the user's fault. */
export interface BoundQuery {
  readonly cube: string;
  /** None where the members alone are asked for, which any of the measures has. */
  readonly columns: readonly BoundColumn[];
  /** In the order asked for. */
  readonly levels: readonly BoundLevel[];
  /** Periods of the answer, in order; one that stands for a range has the code `P..Q`. */
  readonly periods: readonly OutPeriod[];
  readonly filters: readonly BoundFilter[];
  readonly hierarchy: Hierarchy;
  /** Every way in which some column needs a measure, each once. */
  readonly measures: readonly MeasureUse[];
  readonly order: { readonly column: number; readonly descending: boolean } | null;
  readonly top: number | null;
}

/** A figure as it is asked for. What it is called and the unit that it is given in are the newest version's. */
export interface BoundColumn extends ColumnFormula {
  /** As asked. */
  readonly name: string;
  readonly kind: 'kpi' | 'measure';
  readonly id: string;
  readonly label: Label;
  readonly unit: Kpi['unit'];
  readonly decimals: number;
  /** What it was before, in the order of time; left out: it has always been what it is. */
  readonly earlier?: readonly EarlierFormula[];
}

/** Used for periods that end before a day. */
export interface EarlierFormula extends ColumnFormula {
  readonly until: number;
}

/** A KPI, or a measure of one, as it is worked out. */
export interface ColumnFormula {
  readonly kpi: Kpi;
  readonly expression: UsedExpression;
  readonly measures: readonly string[];
  /** The ways in which the formula needs its measures. */
  readonly uses: readonly UseSpec[];
}

/**
 * A formula whose leaves are uses: what functions over time and totals say of periods, levels and filters has
 * gone into these, so that only what is done with finished figures is left.
 */
export type UsedExpression =
  | NumberNode
  | UseNode
  | NegateNode<UsedExpression>
  | ArithmeticNode<UsedExpression>
  | CallNode<UsedExpression>
  | IfNode<UsedExpression>
  | UsedMeanNode
  | OfEachNode<UsedExpression>
  | MatchedNode;

/** A formula whose operands are added up over the same parts: those that are known in all of them. */
export interface MatchedNode {
  readonly kind: 'matched';
  readonly levels: readonly MemberLevel[];
  /** All uses that must be known in a part. */
  readonly uses: readonly string[];
  readonly operand: UsedExpression;
}

/** A mean over members; `dropped` are dimensions of which a total around it takes all. */
export interface UsedMeanNode extends MeanOverNode<UsedExpression> {
  readonly dropped: readonly string[];
}

export interface UseNode {
  readonly kind: 'use';
  readonly use: string;
}

/** What the functions around a measure do to what is asked, from the outermost in. */
export type UseStep =
  | {
      readonly kind: 'window';
      readonly window: Window;
      /** What periods are counted in: the finest own frequency of the measures inside. */
      readonly step: TimeLevel;
      /** Whether the figure grows with the length of its period, so that lengths must be the same. */
      readonly grows: boolean;
    }
  | { readonly kind: 'prices'; readonly year: string; readonly prices: KpiPrices }
  | { readonly kind: 'drop'; readonly dimensions: readonly string[] }
  | { readonly kind: 'add'; readonly level: string; readonly dimension: string }
  /** The shorter periods of each asked one instead of it. */
  | { readonly kind: 'each'; readonly level: TimeLevel };

/** One way in which a formula needs a measure. */
export interface UseSpec {
  readonly id: string;
  readonly measure: string;
  readonly steps: readonly UseStep[];
  /** Sources whose figures of the asked period itself stand in the same formula, where periods are moved. */
  readonly beside: readonly string[];
}

export type BoundLevel = { readonly kind: 'time'; readonly name: TimeLevel } | MemberLevel;

export interface MemberLevel {
  readonly kind: 'member';
  readonly name: string;
  readonly dimension: string;
}

export interface OutPeriod {
  readonly code: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** The source periods of it, where not all that lie in its days are meant. */
  readonly periods?: readonly Period[];
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

/** How one measure is brought to the grain of the answer, or to that at which a function asks for it. */
export interface MeasureUse {
  /** The measure's own id where it is used as it is asked for, else with what is done to it. */
  readonly id: string;
  readonly measure: Measure;
  /** Levels of members, without time: the asked ones, unless a function drops or adds some. */
  readonly levels: readonly MemberLevel[];
  readonly filters: readonly BoundFilter[];
  /** The asked period that each period of the use lies in, where a function asks for shorter ones. */
  readonly askedOf: Readonly<Record<string, string>> | null;
  /** Functions over time around the measure, from the outermost in, as text. */
  readonly windows: readonly string[];
  /** The dimensions whose members x periods are the parts that coverage counts; none where the source has none. */
  readonly coverageDimensions: readonly string[];
  /** Answer period to the days that functions over time take for it; left out where there are none. */
  readonly reach?: Readonly<Record<string, Omit<OutPeriod, 'code'>>>;
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
  /** Left out: amounts are in the prices of their own year. */
  readonly prices?: UsePrices;
}

/** How amounts come to the prices of one year. */
export interface UsePrices extends KpiPrices {
  readonly year: string;
  /** Year of the source to what its amounts are multiplied by, as a fraction of whole numbers. */
  readonly factors: Readonly<Record<string, { readonly numerator: string; readonly denominator: string }>>;
  readonly madeUp: boolean;
}

/** A period of the source that an answer period is made of, and the day whose structure it is put in. */
export interface PeriodPair {
  readonly out: string;
  readonly source: string;
  readonly structureDate: string;
  /** Period of the weight's source, for weighed measures. */
  readonly weight: string | null;
}
