/** A file by what it holds. It lies under `objects/<first two hex digits>/<sha256>`. */
export interface ObjectRef {
  readonly sha256: string;
  readonly size: number;
}

/** A small table in memory, column by column; what supply hands to an engine to write as Parquet. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/**
 * Decimals are given as scaled integers: 1.5 with `decimals` 1 is 15n. Dates are ISO text, times
 * `2026-07-31T13:05`. An integer that a double does not hold exactly is a bigint.
 */
export type TableColumn =
  | {
      readonly name: string;
      readonly type: 'text' | 'date' | 'time';
      readonly values: readonly (string | null)[];
    }
  | { readonly name: string; readonly type: 'integer'; readonly values: readonly (number | bigint | null)[] }
  | {
      readonly name: string;
      readonly type: 'decimal';
      readonly decimals: number;
      readonly values: readonly (bigint | null)[];
    };

/** A table in a file that somebody else wrote: its columns, and how each is held. */
export interface ForeignTable {
  readonly rows: number;
  readonly columns: readonly ForeignColumn[];
}

/** `integer` is of at most 64 bits with a sign. What is none of these is read as the text that it is written as. */
export type ForeignColumn =
  | { readonly name: string; readonly held: 'text' | 'integer' | 'date' | 'time' | 'other' }
  | { readonly name: string; readonly held: 'decimal'; readonly digits: number; readonly decimals: number };

/** The record of a delivery that came: `data/snapshots/receipts/<n>.json`, n from 1 without gaps. */
export interface Receipt {
  readonly format: 1;
  readonly number: number;
  /** File name as sent, without folders. */
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
  /** ISO time, UTC. */
  readonly received: string;
  readonly sender: string | null;
  readonly synthetic: boolean;
  /** SHA-256 of the receipt before it, byte for byte; null for the first. */
  readonly previous: string | null;
  readonly verdict: Verdict;
  /** SHA-256 over the rules of all contracts that the file's name fits; under the same rules it is not read again. */
  readonly rules: string;
  /** What the delivery was to each source whose contract it fits, in the order of their ids. */
  readonly sources: readonly ReceivedSource[];
  /** The snapshots that this receipt makes visible, each by the hash of its manifest. */
  readonly snapshots: readonly {
    readonly source: string;
    readonly number: number;
    readonly sha256: string;
  }[];
  /** Sentences of what was said about the delivery, newest contract first; values never appear. */
  readonly messages: readonly { readonly code: string; readonly severity: string; readonly text: string }[];
}

export type Verdict = 'accepted' | 'refused' | 'nothing_new';

export interface ReceivedSource {
  readonly source: string;
  readonly verdict: Verdict;
  /** SHA-256 over the contract and the code lists it was checked by: other rules may give another verdict. */
  readonly rules: string;
  readonly rows: number;
  readonly refused: number;
  readonly quarantine: ObjectRef | null;
}

/** What a receipt gave to one source: `data/snapshots/<source>/<n>.json`, n from 1 without gaps. */
export interface Snapshot {
  readonly format: 1;
  readonly source: string;
  readonly number: number;
  readonly receipt: number;
  readonly received: string;
  readonly contract: string;
  readonly synthetic: boolean;
  /** Periods held, sorted, with their rows. */
  readonly periods: readonly { readonly period: string; readonly rows: number }[];
  readonly rows: number;
  readonly file: ObjectRef;
  /** SHA-256 of what the rows say, without the lines of the delivery that they came from. */
  readonly content: string;
  readonly refused: number;
  /** Refused rows with a reason each, as CSV; null where none was. */
  readonly quarantine: ObjectRef | null;
  readonly checks: readonly CheckResult[];
}

/** Every check says whether it ran: one that silently did not is how gaps get through. */
export interface CheckResult {
  readonly check: string;
  readonly outcome: 'passed' | 'warned' | 'failed' | 'not_run';
  readonly text: string;
}

/** The part of a source's present state that one snapshot gives. `periods` null: all it holds. */
export interface SnapshotPart {
  readonly snapshot: Snapshot;
  readonly periods: readonly string[] | null;
}

/** One published version of a cube, in a signed envelope: `cubes/published/<cube>/editions/<n, 8 digits>.json`. */
export interface EditionManifest {
  readonly format: 2;
  readonly cube: string;
  readonly number: number;
  /** `2026M07-2-3fa9c1d2`: newest month, number within it, short hash of what went in. */
  readonly id: string;
  /** SHA-256 of the envelope before it, byte for byte; null for the first. */
  readonly previous: string | null;
  readonly publishedAt: string;
  /** Newest period of the source that the cube waits for first. */
  readonly period: string;
  /** Newest period of all editions so far; not there in editions of before this was said. */
  readonly newestPeriod?: string;
  /** SHA-256 over inputs, definitions, builder and engine: the same inputs make no new edition. */
  readonly inputHash: string;
  readonly builder: string;
  readonly engine: string;
  readonly synthetic: boolean;
  readonly inputs: readonly EditionInput[];
  /** The frozen SemanticModel. */
  readonly model: ObjectRef;
  readonly dimensions: readonly { readonly dimension: string; readonly file: ObjectRef }[];
  readonly tables: readonly CellTable[];
  /** Who delivered, of sources whose silence is zero; not there in editions from before there were such. */
  readonly presence?: readonly PresenceRef[];
  readonly reconciliations: readonly ReconciliationResult[];
  /** When it was due and, ISO time, until when it is held back; left out: it is for everybody at once. */
  readonly release?: { readonly due?: string | null; readonly embargoUntil?: string | null };
  /** What was asked of the edition before it was published; not there in editions from before there were gates. */
  readonly gates?: readonly GateResult[];
  /** Gates that blocked, and who published all the same. */
  readonly approvals?: readonly GateApproval[];
}

export interface EditionInput {
  readonly source: string;
  readonly synthetic: boolean;
  readonly snapshots: readonly {
    readonly number: number;
    readonly receipt: number;
    readonly received: string;
    /** The snapshot's Parquet file. */
    readonly sha256: string;
    readonly size: number;
    /** Null: all periods it holds. */
    readonly periods: readonly string[] | null;
    /** The periods it gives; not there in editions of before these were said. */
    readonly holds?: readonly string[];
  }[];
}

/** Names the file that says who delivered a source. */
export interface PresenceRef {
  readonly source: string;
  /** SHA-256 of what the file was made of: an equal one need not be made again. */
  readonly made: string;
  /** SHA-256 of how it was made, whatever was delivered; not there in editions of before there was a part for each month. */
  readonly rule?: string;
  readonly file: ObjectRef;
}

/** Period of a source to the codes of those who delivered it, sorted; a file of an edition. */
export interface DeliveredBy {
  readonly format: 1;
  readonly periods: Readonly<Record<string, readonly string[]>>;
}

/** The cells of one source in a cube, a part for each month, sorted by its dimensions. */
export interface CellTable {
  readonly source: string;
  /** SHA-256 of how the table was made and by whom, whatever was delivered. */
  readonly made: string;
  /** Dimension columns kept, at their finest level; a `<column>_level` stands beside those that hold totals. */
  readonly dimensions: readonly string[];
  readonly levelColumns: readonly string[];
  readonly periods: readonly string[];
  readonly states: readonly {
    readonly state: string;
    /** Name of an aggregate in `model/aggregates.ts`. */
    readonly aggregate: string;
    readonly decimals: number;
  }[];
  readonly parts: readonly CellPart[];
  /** Which rollups lie beside the finest cells, in the order of every block; not there where there are no blocks. */
  readonly lattice?: Lattice;
  /**
   * Who is in each cell, for keys that are counted once. Named here so that everybody can hold the files against their
   * hashes; they lie in the restricted store, which no copy of the editions has.
   */
  readonly sets?: readonly SetsTable[];
}

/** The sets of one key of a table: of a person, or of several columns together. */
export interface SetsTable {
  readonly key: readonly string[];
  /** The states that count it. */
  readonly states: readonly string[];
  /** SHA-256 of how they are made, the key that people are put in order by among it. */
  readonly made: string;
  readonly parts: readonly SetsPart[];
}

export interface SetsPart {
  readonly partition: string;
  /** SHA-256 of all that this part and those before it in the year are made of. */
  readonly made: string;
  readonly sets: ObjectRef;
  /** Parquet: ordinal and digest of whoever is met here first in the year. */
  readonly people: ObjectRef;
  /** How many these are. */
  readonly newcomers: number;
  /** Their numbers in all years, and a hash of what these follow from. */
  readonly link: ObjectRef;
  readonly linked: string;
  /** How many of them are met here first of all years. */
  readonly added: number;
}

/** The rollups of a table, and why it is these. */
export interface Lattice {
  /** The part that rows and bytes were counted in. */
  readonly partition: string;
  /** Bytes that all rollups may have together, as a share of those of the finest cells. */
  readonly budget: number;
  readonly finest: { readonly rows: number; readonly bytes: number };
  /** Sets of dimensions that were looked at. */
  readonly considered: number;
  readonly rollups: readonly Rollup[];
  /** One sentence: why there are no more. */
  readonly reason: string;
}

/** Cells by period and some of the dimensions, at their finest members. */
export interface Rollup {
  readonly dimensions: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  /** Rows that questions by any set of dimensions have to go through less, all such questions together. */
  readonly benefit: number;
  readonly reason: string;
}

export interface CellPart {
  /** Name of the part that a period's cells lie in, as `partitionOf` gives it: `2026M07`, `2026`. */
  readonly partition: string;
  readonly rows: number;
  readonly file: ObjectRef;
  /**
   * SHA-256 of how the table was made and of the snapshots that hold what the part is made of: an equal one need
   * not be built again. Not there in editions of before there was a part for each month.
   */
  readonly made?: string;
  /** State to the sum of its column over all rows of the file, as decimal text. */
  readonly totals?: Readonly<Record<string, string>>;
  /**
   * The same cells and rollups of them as they lie in memory. Not there in editions of before there were such, and
   * where a number has more than 64 bits.
   */
  readonly block?: { readonly file: ObjectRef; readonly certificate: BlockCertificate };
}

/** What every grain of a block adds up to, by the levels that its rows are of. */
export interface BlockCertificate {
  /** Leveled column to its finest level: that of rows of a grain that has no such column. */
  readonly leaves: Readonly<Record<string, string>>;
  readonly rows: readonly CertifiedRows[];
}

export interface CertifiedRows {
  /** Leveled column to the level of the rows. */
  readonly levels: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, CertifiedState>>;
}

/** Sums over rows as decimal text; what is left out is 0. */
export interface CertifiedState {
  /** How the state merges; left out: it adds up. */
  readonly merge?: 'min' | 'max';
  /** The sum; of `min` and `max` the least and the greatest, null where nothing is known. */
  readonly value: string | null;
  /** The sum of the finest values without their signs, where it is another: no sum of any of them is further from 0. */
  readonly magnitude?: string;
  readonly known: string;
  readonly suppressed?: string;
  readonly notApplicable?: string;
  /** The sum of squares, where the state has them. */
  readonly squares?: string;
}

/** Our figure beside the one it should agree with. Amounts are decimal text; null where there was none. */
export interface ReconciliationResult {
  readonly id: string;
  readonly kpi: string;
  readonly level: string;
  readonly against: string;
  readonly tolerance: number;
  /** One entry per member and period where both exist and differ by more than the tolerance. */
  readonly differences: readonly {
    readonly member: string;
    readonly period: string;
    readonly ours: string;
    readonly theirs: string;
    readonly difference: string;
  }[];
  readonly compared: number;
  readonly outcome: 'agrees' | 'differs' | 'not_run';
  /** Why it did not run. */
  readonly reason: string | null;
}

/** In the order in which they are asked and told of. */
export const gateNames = [
  'deliveries',
  'coverage',
  'reconciliation',
  'cross_source',
  'revision',
  'parts',
  'rollups',
  'independence',
] as const;
export type GateName = (typeof gateNames)[number];

/** What a gate says of an edition, or of one KPI or source in it. */
export interface GateResult {
  readonly gate: GateName;
  /** What an approval names, once in an edition: `deliveries`, `revision:ledige`. */
  readonly id: string;
  readonly kpi: string | null;
  readonly source: string | null;
  readonly level: string | null;
  readonly outcome: 'passed' | 'warned' | 'blocked' | 'not_run';
  /** One sentence or a few. */
  readonly text: string;
  readonly counts: { readonly compared: number; readonly failed: number };
  /** The worst first, at most ten. */
  readonly numbers: readonly GateNumber[];
}

/** A figure beside what it was held against. Amounts are decimal text; null where there is none. */
export interface GateNumber {
  /** Codes with `/` between; empty for the whole. */
  readonly member: string;
  readonly period: string;
  readonly figure: string | null;
  readonly against: string | null;
  /** How far apart: a share of what it was, known of expected, or one over the other. */
  readonly off: string | null;
}

export interface GateApproval {
  /** Id of a result that blocked. */
  readonly gate: string;
  readonly by: string;
  readonly reason: string;
  /** ISO time, UTC. */
  readonly at: string;
}
