import type { Label } from '../definitions/schema.ts';
import type { Rational } from '../model/rational.ts';
import type { Flag, Status } from '../model/status.ts';

/** What comes back. Status, coverage and edition are always in it; a face chooses what to show. */
export interface Answer {
  readonly cube: string;
  readonly cubeLabel: Label;
  readonly edition: {
    readonly id: string;
    readonly number: number;
    readonly publishedAt: string;
    readonly synthetic: boolean;
  };
  readonly hierarchy: { readonly mode: 'as-is' | 'as-was' | 'date'; readonly date: string | null };
  /** Periods covered, for titles: `2026M07`, `2026M01..2026M07`. */
  readonly period: string;
  readonly levels: readonly AnswerLevel[];
  readonly columns: readonly AnswerColumn[];
  /** In the order of the members' codes, `uoplyst` last, unless the request orders otherwise. */
  readonly rows: readonly AnswerRow[];
  /** The row over everything, if asked for. `members` is empty. */
  readonly total: AnswerRow | null;
  readonly notes: readonly AnswerNote[];
  readonly route: AnswerRoute;
  /** Where only what changed since was asked for: the time, and the edition that was the newest then, if any. */
  readonly updatedAfter?: { readonly time: string; readonly edition: string | null };
}

export interface AnswerLevel {
  /** As asked: `kommune`, `maaned`. */
  readonly name: string;
  readonly label: Label;
  /** Code to label of every member that occurs in `rows`. */
  readonly members: Readonly<Record<string, Label>>;
}

export interface AnswerColumn {
  /** As asked. */
  readonly name: string;
  readonly kind: 'kpi' | 'measure';
  /** Full id, with the KPI's version: what a citation needs. */
  readonly id: string;
  /** That of the last period, where there are several. */
  readonly version: number;
  /** What the asked periods are worked out by, in the order of time; left out where that is the same for all. */
  readonly versions?: readonly AnswerVersion[];
  readonly label: Label;
  /** Unit as text: `person`, `person/1000 borger`, `pct.`. */
  readonly unit: string;
  readonly decimals: number;
}

export interface AnswerVersion {
  readonly version: number;
  readonly formula: string;
  /** Periods of the answer: `2026M07`, `2026M01..2026M07`. */
  readonly period: string;
}

export interface AnswerRow {
  /** One code per level. */
  readonly members: readonly string[];
  /** One cell per column. */
  readonly cells: readonly Cell[];
  /** What became of it since the time that was asked for; left out: nobody asked. */
  readonly change?: Change;
  /** The edition that first said so, and from when until when it was what was known; left out: nobody asked. */
  readonly valid?: Validity;
}

/** SDMX's actions on what a reader holds: a figure that came, that was revised, that is gone. */
export type Change = 'added' | 'changed' | 'removed';

/** ISO times in UTC; `to` is when something else was known, null where it is known now. */
export interface Validity {
  readonly edition: string;
  readonly from: string;
  readonly to: string | null;
}

/** `value` is in the column's unit, exact and unrounded; null unless `status` is `ok`. */
export interface Cell {
  readonly status: Status;
  readonly value: Rational | null;
  /** Where the source's own total is shown: what our own parts give, so that the two can be compared. */
  readonly ours?: Rational;
  readonly flags: readonly Flag[];
  readonly coverage: Coverage;
}

/** Of the expected kommune x source-period cells; `delivered` of them are known. */
export interface Coverage {
  readonly expected: number;
  readonly delivered: number;
  readonly suppressed: number;
  readonly notApplicable: number;
  readonly absent: number;
}

/** Something that the reader must know about the figures: a reconciliation that differs, a break. */
export interface AnswerNote {
  readonly kind:
    | 'retraction'
    | 'reconciliation'
    | 'break'
    | 'hierarchy'
    | 'coverage'
    | 'synthetic'
    | 'periods'
    | 'prices'
    | 'gate';
  readonly column: string | null;
  readonly text: Label;
}

/** Which way each source's figures came, and why. */
export interface AnswerRoute {
  readonly kind: 'cells' | 'base';
  readonly reasons: readonly string[];
}
