import type { OverTime } from '../definitions/schema.ts';
import type { Expression } from '../formula/expression.ts';
import type { AggregateName } from '../model/aggregates.ts';
import type { RowStep } from '../model/rowSteps.ts';
import type { SourceColumn } from '../model/types.ts';
import type { BoundFilter, PeriodPair, UsePrices } from '../query/bound.ts';

/**
 * *What* is computed, without a word of how an engine says it. A question is a list of facts, each
 * source by itself; they meet only in `finish`, on keys that are unique by then.
 */
export interface QueryPlan {
  readonly facts: readonly FactPlan[];
}

/** A dimension column of a source as cells keep it. */
export interface CellDimension {
  readonly column: string;
  readonly dimension: string;
  readonly leaf: string;
  /** Whether rows above the finest level occur; then `<column>_level` stands beside it. */
  readonly leveled: boolean;
}

/** A component state as cells keep it. */
export interface CellState {
  readonly state: string;
  readonly aggregate: AggregateName;
  /** Column of the snapshot; null for count and distinct. */
  readonly column: string | null;
  /** Columns that a row of distinct must have. */
  readonly key: readonly string[];
  readonly decimals: number;
  readonly where: Expression | null;
  /** The column's values are turned around. */
  readonly negated?: true;
}

/** How the rows of a source come about: read as they were delivered, then step by step. */
export interface RowsPlan {
  readonly source: string;
  /** Null where the source is delivered. */
  readonly from: RowsPlan | null;
  /** What is read or kept, in the order of the source. */
  readonly columns: readonly SourceColumn[];
  readonly steps: readonly PlannedStep[];
}

/** A step, the columns that it is given, and those that are used after it. */
export interface PlannedStep {
  readonly step: RowStep;
  readonly before: readonly SourceColumn[];
  readonly columns: readonly SourceColumn[];
  /** The relation that rows are looked up in. */
  readonly lookup: RowsPlan | null;
  /** Who delivered what is looked in, where that says which rows are known. */
  readonly came: RowsPlan | null;
}

/** Snapshot rows to cells: one source added up to the grain of a cube. */
export interface CellsPlan {
  readonly source: string;
  /** Null where the source is delivered, and its snapshots are its rows. */
  readonly rows: RowsPlan | null;
  readonly periodColumn: string;
  readonly dimensions: readonly CellDimension[];
  /** Leveled columns that the cube does not keep: only rows at their finest level are read. */
  readonly dropped: readonly CellDimension[];
  /** Columns that conditions of states read and that hold few different values: rows may be grouped by them. */
  readonly coarse: readonly string[];
  readonly states: readonly CellState[];
}

/** One source brought to the grain of the answer. */
export interface FactPlan {
  readonly source: string;
  /**
   * `parts`: the finest rows, merged. `totals`: the rows that hold the source's own totals. `rows`: a figure
   * that no states give, taken from the rows at the grain of the answer.
   */
  readonly kind: 'parts' | 'totals' | 'rows';
  readonly route: 'cells' | 'base';
  readonly cells: CellsPlan;
  /** Leveled column to the level whose rows are read. */
  readonly rowLevels: Readonly<Record<string, string>>;
  /** Asked levels in the order of the answer; time is not among them. */
  readonly keys: readonly FactKey[];
  /** Dimensions whose structure is joined. */
  readonly structures: readonly FactStructure[];
  readonly groups: readonly FactGroups[];
  /** Period of the source to the day that its figures are of; null where no structure maps figures. */
  readonly figureDates: Readonly<Record<string, string>> | null;
  /** What sums are to be divided by when they are finished; above 1 where members were split. */
  readonly shares: string;
  readonly filters: readonly BoundFilter[];
  readonly pairs: readonly PeriodPair[];
  /** Functions over time that made the pairs, from the outermost in, as text. */
  readonly windows: readonly string[];
  /** Where amounts come to the prices of one year, each year is a period of its own: `2024..2025@2024`. */
  readonly prices?: UsePrices;
  /** Dimensions whose members are counted for coverage; those that totals stand over are not among them. */
  readonly parts: readonly PartDimension[];
  readonly measures: readonly FactMeasure[];
  readonly weight: FactWeight | null;
  /** How the figure is taken from rows, of the kind `rows`; it has one measure then. */
  readonly ofRows: FactOfRows | null;
}

export type FactOfRows =
  | { readonly kind: 'distinct'; readonly key: readonly string[]; readonly pooled: boolean }
  /** `share` is the place among the sorted values, as a fraction of the steps between them. */
  | {
      readonly kind: 'quantile';
      readonly column: string;
      readonly numerator: number;
      readonly denominator: number;
      /** The value at which the share of the rows is reached, instead of the two that it lies between. */
      readonly reached: boolean;
      readonly pooled: boolean;
    };

export interface FactStructure extends CellDimension {
  /** Where members have successors: how figures of members that were are mapped on those that are. */
  readonly mapping: {
    /** Of the shares, as text. */
    readonly denominator: string;
    /** Levels at which a split is seen, so that a figure is an estimate, and those at which a break is. */
    readonly imputed: readonly string[];
    readonly broken: readonly string[];
  } | null;
}

/** A level of groups that is asked for: the finest members of each group are read once for each. */
export interface FactGroups {
  readonly level: string;
  readonly dimension: string;
}

/** A dimension of parts, and which of its members a complete delivery holds. */
export interface PartDimension extends CellDimension {
  readonly expect: Extract<SourceColumn, { kind: 'code' }>['expect'];
}

export interface FactKey {
  readonly level: string;
  readonly column: string;
  /** Null: the key is the code in the column itself. */
  readonly structure: string | null;
}

export interface FactMeasure {
  /** Ids of the uses that it answers. */
  readonly uses: readonly string[];
  readonly state: string;
  /** Name of its component columns: `<column>`, `<column>_delivered`, ... */
  readonly column: string;
  /** Whether a share of it can be taken: of sums, as they are. */
  readonly shared: boolean;
  readonly merge: 'sum' | 'min' | 'max';
  /** Whether the sum of squares goes along, in `<column>_squares`. */
  readonly squares: boolean;
  readonly decimals: number;
  readonly overTime: OverTime;
}

export interface FactWeight {
  readonly cells: CellsPlan;
  readonly route: 'cells' | 'base';
  readonly dimension: CellDimension;
  readonly state: string;
  readonly decimals: number;
}
