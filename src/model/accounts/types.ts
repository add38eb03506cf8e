import type { AccountSide, Label } from '../../definitions/schema.ts';

/** A set of account codes. Which rows of a source it selects, `accounts/conditionOf.ts` says. */
export interface Selection {
  readonly id: string;
  readonly label: Label;
  readonly status: 'draft' | 'hearing' | 'approved' | 'retired';
  readonly side: AccountSide;
  /** The selection that `side` stands for; null for net. */
  readonly within: string | null;
  readonly sign: 1 | -1;
  /** In order of years, which do not overlap. */
  readonly lists: readonly SelectionList[];
  readonly note: string | null;
}

/** First and last year, both within, `0001` and `9999` where the ends are open. */
export interface SelectionList {
  readonly validFrom: string;
  readonly validTo: string;
  readonly rules: readonly SelectionRule[];
}

/** Selects what is in all of `codes` and in one of `selections`, if there are any, and in no exception. */
export interface SelectionRule {
  /** Dimension to codes of its finest level, as written and what they hold, in the order of codes. */
  readonly codes: Readonly<Record<string, SelectedCodes>>;
  readonly selections: readonly string[];
  readonly except: readonly SelectionRule[];
}

export interface SelectedCodes {
  readonly written: readonly string[];
  readonly codes: readonly string[];
}

/** Selections that must be disjoint and cover `of`, or everything where it is null. */
export interface Partition {
  readonly id: string;
  readonly label: Label;
  readonly of: string | null;
  readonly parts: readonly string[];
}
