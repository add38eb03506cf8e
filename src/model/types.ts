import type {
  AccountSide,
  Frequency,
  GatesRecord,
  Label,
  OverTime,
  ReleaseRecord,
} from '../definitions/schema.ts';
import type { Expression } from '../formula/expression.ts';
import type { Partition, Selection } from './accounts/types.ts';
import type { AggregateName } from './aggregates.ts';
import type { BoundExpression } from './boundExpression.ts';
import type { Prices } from './prices/types.ts';
import type { RowStep } from './rowSteps.ts';

/**
 * The bound model: names resolved, units and additivity checked, plain JSON all through, so that an
 * edition can freeze it and a question is answered without reading one line of YAML again.
 */
export interface SemanticModel {
  readonly format: 2;
  readonly classifications: Readonly<Record<string, Classification>>;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly selections: Readonly<Record<string, Selection>>;
  readonly partitions: Readonly<Record<string, Partition>>;
  readonly prices: Readonly<Record<string, Prices>>;
  readonly measures: Readonly<Record<string, Measure>>;
  /** The newest version of each. */
  readonly kpis: Readonly<Record<string, Kpi>>;
  /** KPI id to what it was before, in the order of time; left out: it has always been what it is. */
  readonly earlier: Readonly<Record<string, readonly EarlierKpi[]>>;
  readonly cubes: Readonly<Record<string, Cube>>;
}

/** ISO dates, compared as text. Open ends are written out, so that no reader needs a special case. */
export const beginningOfTime = '0001-01-01';
export const endOfTime = '9999-12-31';

/** The member of every dimension that holds what has no code, or a code nobody knows. */
export const unknownMember = 'uoplyst';

/**
 * What the first level column of the row over everything says, in files; its other level columns are empty.
 * No member has this code, and a member's row has no empty level column, so a program can tell it.
 */
export const totalMember = 'total';

export interface Classification {
  readonly id: string;
  readonly label: Label;
  readonly codeLength?: number;
  /** In the order of their codes: numbers as numbers, else as text. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly code: string;
  readonly label: Label;
  readonly validFrom: string;
  readonly validTo: string;
  /** Level name to the parents it has had, in order of date. */
  readonly parents: Readonly<Record<string, readonly DatedParent[]>>;
  /** Of a group: the finest members in it, in order of date. */
  readonly of?: readonly {
    readonly members: readonly string[];
    readonly validFrom: string;
    readonly validTo: string;
  }[];
  /** What it became on the day after its last; left out: nothing. */
  readonly successors?: Successors;
  readonly aliases: readonly string[];
  readonly expected: boolean;
  readonly provisional: boolean;
}

/** Weights make 1. `broken`: what came after is not the same; without `to` the member stays what it was. */
export interface Successors {
  readonly kind: 'mapped' | 'broken';
  readonly to: readonly {
    readonly code: string;
    /** Whole numbers as text. */
    readonly numerator: string;
    readonly denominator: string;
  }[];
  readonly basis: Label | null;
  readonly note: Label | null;
}

export interface DatedParent {
  readonly code: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** `levels` are all levels, finest first within each hierarchy; each is the id of a classification. */
export interface Dimension {
  readonly id: string;
  readonly label: Label;
  readonly leaf: string;
  readonly levels: readonly string[];
  readonly hierarchies: Readonly<Record<string, readonly string[]>>;
  /** Levels whose members are lists of finest members: no hierarchy, since one may be in several. */
  readonly groups?: readonly string[];
}

export type EmptyRule = {
  readonly when: Expression | null;
  readonly means: 'suppressed' | 'not_applicable' | 'not_delivered';
};

export type SourceColumn =
  | {
      readonly kind: 'code';
      readonly name: string;
      readonly from: string;
      readonly dimension: string;
      /** Levels whose members occur, finest first. With more than one the snapshot has `<name>_level`. */
      readonly levels: readonly string[];
      readonly role: string | null;
      readonly match: 'code' | 'name';
      readonly emptyIsUnknown: boolean;
      readonly unknown: 'refuse' | 'uoplyst';
      readonly expect: 'all' | 'delivered' | readonly string[];
    }
  | {
      readonly kind: 'period';
      readonly name: string;
      readonly from: string | null;
      readonly constant: string | null;
    }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly from: string;
      readonly values: readonly string[] | null;
    }
  | {
      /** With `decimals` 0 an integer. The snapshot has `<name>` and `<name>_status`, null where there is a value. */
      readonly kind: 'number';
      readonly name: string;
      readonly from: string;
      readonly decimals: number;
      readonly empty: readonly EmptyRule[];
      readonly min: number | null;
      readonly max: number | null;
    }
  | {
      /** DATE in a snapshot; an ISO date as text. */
      readonly kind: 'date';
      readonly name: string;
      readonly from: string;
      readonly emptyIsNone: boolean;
    }
  | {
      /** TIMESTAMP in a snapshot, to the minute, in no zone; `2026-07-31T13:05` as text. */
      readonly kind: 'time';
      readonly name: string;
      readonly from: string;
      readonly emptyIsNone: boolean;
    }
  | {
      /** An identifier: BIGINT or VARCHAR in a snapshot. What names a person is never printed. */
      readonly kind: 'key';
      readonly name: string;
      readonly from: string;
      readonly of: 'integer' | 'text';
      readonly personal: boolean;
      readonly emptyIsNone: boolean;
    };

/** A source contract or a definition of rows, bound. Snapshots of a contract have the contract's columns in this order, then `_row`. */
export interface Source {
  readonly id: string;
  readonly label: Label;
  readonly supplier: string;
  readonly origin: string | null;
  readonly frequency: Frequency;
  /** The day of a period that a stock is counted on; left out: the last, or 1 January of Å_Primo. */
  readonly countedOn?: 'first_day';
  /** Whether a week belongs to the month, quarter and year of its Thursday. */
  readonly weeksByThursday?: true;
  readonly delivery: 'full' | 'periods';
  readonly file: {
    readonly names: readonly string[];
    readonly format: 'csv' | 'parquet';
    readonly encoding: 'utf-8' | 'latin1' | 'windows-1252';
    readonly delimiter: string;
    readonly decimal: '.' | ',';
    readonly header: readonly string[];
    readonly rows: Expression | null;
    readonly synthetic: { readonly column: string; readonly contains: string } | null;
  };
  readonly columns: readonly SourceColumn[];
  readonly key: readonly string[];
  /** With `zero` a member that has delivered any row of a period has none of what is not there. */
  readonly absence: 'missing' | 'zero';
  /** The code column whose members deliver; null where absence is missing. */
  readonly deliveredBy: string | null;
  /** How its rows are made of another source's; null where they are delivered. */
  readonly derivation: Derivation | null;
  /** SHA-256 of the record, comments left out; every snapshot names the contract it was checked by. */
  readonly contract: string;
}

/**
 * How a relation is made of the rows of another: bound steps, in order. Plain JSON without places, since
 * an edition freezes it and the hash of its cells is taken over it.
 */
export interface Derivation {
  /** A source, delivered or derived. */
  readonly from: string;
  readonly steps: readonly DerivationStep[];
}

/** A step and the columns that there are after it. */
export interface DerivationStep {
  readonly step: RowStep;
  readonly columns: readonly SourceColumn[];
}

export type Additivity =
  | { readonly kind: 'sum' }
  | { readonly kind: 'none' }
  | { readonly kind: 'source_total' }
  | { readonly kind: 'weighted_by'; readonly measure: string };

export type Alignment =
  | { readonly kind: 'same' }
  | { readonly kind: 'primo' }
  | { readonly kind: 'midyear' }
  | { readonly kind: 'school_start' }
  | { readonly kind: 'fixed'; readonly period: string };

/** One aggregate over one source. `id` is `<kpi id>.<name>`; equal measures of several KPIs share `state`. */
export interface Measure {
  readonly id: string;
  readonly name: string;
  readonly kpi: string;
  readonly source: string;
  readonly aggregate: AggregateName;
  /** Null for count and distinct. */
  readonly column: string | null;
  /** Columns whose different values are counted, of distinct; none of all others. */
  readonly key: readonly string[];
  /** Share of the rows below, of median and quantile: `0.5`. */
  readonly share: string | null;
  /** Of a quantile: the least value at which the share is reached, not one between two. */
  readonly reached?: true;
  /** Decimals of the state. */
  readonly decimals: number;
  /** Its accounts among the conditions. */
  readonly where: Expression | null;
  readonly accounts?: MeasureAccounts;
  readonly unit: Unit;
  /** Dimension to rule; a dimension that is not here adds. */
  readonly over: Readonly<Record<string, Additivity>>;
  readonly overTime: OverTime;
  readonly alignment: Alignment;
  readonly reason: Label | null;
  /** Its columns in cells: `<state>`, `<state>_known`, `<state>_suppressed`, `<state>_not_applicable`. */
  readonly state: string;
}

/** The selection that a measure reads: its rows are in `where`, its sign is in the state. */
export interface MeasureAccounts {
  readonly selection: string;
  readonly side: AccountSide;
  readonly sign: 1 | -1;
  /** First and last year that it has a list for. */
  readonly validFrom: string;
  readonly validTo: string;
}

/** Base units with exponents; `scale` (numerator over denominator) turns a declared value into base units. */
export interface Unit {
  readonly text: string;
  readonly base: Readonly<Record<string, number>>;
  readonly numerator: string;
  readonly denominator: string;
}

export interface Kpi {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly version: number;
  readonly status: 'draft' | 'hearing' | 'approved' | 'retired';
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly label: Label;
  readonly definition: Label | null;
  readonly unit: Unit;
  readonly decimals: number;
  readonly direction: 'higher_is_better' | 'lower_is_better' | 'neutral';
  /** As written; for showing. */
  readonly formula: string;
  readonly expression: BoundExpression;
  /** Measures of the expression, KPIs that it names followed down to theirs, in order of first use. */
  readonly measures: readonly string[];
  readonly missing: {
    readonly parts: 'require_all' | 'skip' | 'as_zero';
    readonly coverage: number;
    readonly operand: 'require_all' | 'as_zero';
  };
  readonly breaks: readonly { readonly from: string; readonly label: Label }[];
  readonly note: string | null;
}

/**
 * A KPI as it was: an older version of it, or the same version over older versions of the KPIs that its formula names.
 * `until` is the first day that it is not used for; measures of an older version are called `<kpi id>@<version>.<name>`.
 */
export interface EarlierKpi {
  readonly until: string;
  readonly kpi: Kpi;
}

export interface Cube {
  readonly id: string;
  readonly label: Label;
  /** Ids, in the cube's order. */
  readonly kpis: readonly string[];
  readonly dimensions: readonly string[];
  readonly waitFor: readonly string[];
  /** Every delivered source that some measure of the cube reads, sorted; those beneath rows among them. */
  readonly sources: readonly string[];
  readonly reconcile: readonly {
    readonly id: string;
    readonly kpi: string;
    readonly level: string;
    readonly against: string;
    readonly tolerance: number;
  }[];
  /** As written, with the ids of KPIs; what is left out has its default where gates are run. */
  readonly gates?: GatesRecord;
  readonly release?: ReleaseRecord;
  readonly preliminary?: Preliminary;
}

/** How many of the newest periods of a source may still move as a matter of course. */
export interface Preliminary {
  readonly periods: number;
  /** Source to its own number. */
  readonly sources: Readonly<Record<string, number>>;
}
