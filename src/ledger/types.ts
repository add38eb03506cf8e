import type { Label } from '../definitions/schema.ts';
import type { Rational } from '../model/rational.ts';
import type { Status } from '../model/status.ts';

/**
 * What moved between two editions of a cube, and why: plain data, whole in memory, in a fixed order.
 * For every entry with a difference the parts add up to `after - before` exactly.
 */
export interface Ledger {
  readonly cube: string;
  readonly label: Label;
  readonly from: LedgerEdition;
  readonly to: LedgerEdition;
  /** As asked for: `as-is`, `as-was`, or a date. */
  readonly hierarchy: string;
  /** Those that are present, in the documented order in which they are let in one after another. */
  readonly causes: readonly Cause[];
  /** What is compared, first the cells of sources, then KPIs, then measures, each in the cube's order. */
  readonly columns: readonly LedgerColumn[];
  /** Where it is compared. Entries name both by position. */
  readonly grids: readonly Grid[];
  /** Figures that are not the same, by column, grid, period and members. */
  readonly entries: readonly Entry[];
  /** What could not be asked or told apart, a sentence each. */
  readonly notes: readonly Label[];
}

export interface LedgerEdition {
  readonly id: string;
  readonly number: number;
  readonly publishedAt: string;
  /** Newest month. */
  readonly period: string;
  readonly builder: string;
}

/**
 * `cell`: a component as the edition stores it, at the grain of its source. `kpi` and `measure`: what a
 * reader is told who asks for it.
 */
export interface LedgerColumn {
  readonly kind: 'cell' | 'kpi' | 'measure';
  /** Of a KPI or measure its id; of a cell `<source>/<measure>`. */
  readonly id: string;
  readonly name: string;
  readonly label: Label;
  readonly unit: string;
  readonly decimals: number;
  /** KPIs: version in the edition before and after; null where it is in one only. Of the others null. */
  readonly versions: { readonly before: number | null; readonly after: number | null } | null;
}

/** Level names, in the order of an entry's members; none: the whole country. */
export interface Grid {
  readonly levels: readonly string[];
  /** `maaned`; of cells the frequency of their source. */
  readonly time: string;
  /** Whether this is the finest at which its figures are kept. */
  readonly grain: boolean;
}

/** One figure that is not what it was. */
export interface Entry {
  readonly column: number;
  readonly grid: number;
  readonly period: string;
  /** One code for each level of the grid. */
  readonly members: readonly string[];
  /** Null: there is no such cell at all. */
  readonly before: LedgerFigure | null;
  readonly after: LedgerFigure | null;
  /**
   * `moved`: a number that is another number. `new` and `gone`: a number that was none, or is none any
   * more, and a cell that was not there, or is not; there is no difference to split. `status`: no number
   * either time, for another reason.
   */
  readonly change: 'moved' | 'new' | 'gone' | 'status';
  /** Of `moved`: in the order of the steps, without those that moved nothing; they add up exactly. Else empty. */
  readonly parts: readonly Part[];
  /** Positions of the causes that made the status what it is; of `moved` those of its parts. */
  readonly causes: readonly number[];
}

/** In the column's unit; `value` is null unless `status` is `ok`. */
export interface LedgerFigure {
  readonly status: Status;
  readonly value: Rational | null;
}

export interface Part {
  /** Position in `causes`. */
  readonly cause: number;
  readonly value: Rational;
}

/** `id` is unique in a ledger and says the same in each: `delivery-12-added`, `structure`, `window-new`. */
export type Cause =
  | DeliveryCause
  | StructureCause
  | PricesCause
  | DefinitionCause
  | WindowCause
  | ProgramCause
  | JointCause;

/** Rows that one receipt brought, took away or changed, of periods that both editions hold. */
export interface DeliveryCause {
  readonly kind: 'delivery';
  readonly id: string;
  readonly receipt: number;
  readonly file: string;
  readonly sender: string | null;
  readonly received: string;
  /** `all`: its sources have no key, so that a row cannot be told from another. */
  readonly rows: 'removed' | 'changed' | 'added' | 'all';
  readonly sources: readonly { readonly source: string; readonly rows: number | null }[];
}

/** Code lists, hierarchies, groups; or the date that the hierarchy is asked at. */
export interface StructureCause {
  readonly kind: 'structure';
  readonly id: string;
  readonly classifications: readonly string[];
  readonly dimensions: readonly string[];
  /** The newest months, where as-is means another structure since. */
  readonly asIs: { readonly before: string; readonly after: string } | null;
}

export interface PricesCause {
  readonly kind: 'prices';
  readonly id: string;
  readonly prices: readonly {
    readonly index: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

/** One cause for all KPIs: none but its own definition moves a figure of a KPI. */
export interface DefinitionCause {
  readonly kind: 'definition';
  readonly id: string;
  readonly kpis: readonly {
    readonly kpi: string;
    readonly before: number | null;
    readonly after: number | null;
    /** `kpi`, `measure x`, `source y`: what of it is not the same. */
    readonly parts: readonly string[];
  }[];
}

/** Periods that only one of the editions holds. */
export interface WindowCause {
  readonly kind: 'window';
  readonly id: string;
  readonly change: 'gone' | 'new';
  readonly sources: readonly {
    readonly source: string;
    readonly periods: readonly string[];
    /** Whose rows they are. */
    readonly receipts: readonly number[];
  }[];
}

/** Another version of the program or its engine makes other cells of the same. */
export interface ProgramCause {
  readonly kind: 'program';
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

/** Causes that cannot be told apart, since what lies between them cannot be built. */
export interface JointCause {
  readonly kind: 'joint';
  readonly id: string;
  readonly of: readonly Exclude<Cause, JointCause>[];
  readonly reason: string;
}

export interface LedgerQuestion {
  readonly hierarchy?: string;
  /** Level combinations beside the usual ones: `[['kommune', 'koen']]`. */
  readonly by?: readonly (readonly string[])[];
  /** False: at those of `by` only. */
  readonly usual?: boolean;
  /** Level combinations instead of the usual ones, by the finest period; where the last cannot be, the grain. */
  readonly only?: readonly (readonly string[])[] | null;
  /** KPIs and measures by name; all if left out. */
  readonly kpis?: readonly string[];
  /** False: the cells of sources only. */
  readonly figures?: boolean;
  /** False: a delivery is one cause whatever it did to rows. */
  readonly rows?: boolean;
}
