import type { EditionInput, ReconciliationResult } from '../../catalog/types.ts';
import type { Rational } from '../../model/rational.ts';
import type { Flag, Status } from '../../model/status.ts';
import type { Answer, Coverage } from '../../query/answer.ts';
import type { ExplainedGate } from './gates.ts';
import type { MissingParts } from './missing.ts';
import type { Reason } from './reasons.ts';
import type { RowsLeft, SourceRows } from './rows.ts';
import type { Worked } from './working.ts';

/** One figure followed down to what it stands on. */
export interface Explanation {
  readonly answer: Answer;
  readonly formula: string;
  /** The formula with its numbers, in base units. */
  readonly worked: Worked;
  /** What the value in base units is divided by to be in the unit of the figure. */
  readonly scale: Rational;
  /** Why it has its status and its flags, and what is known of it. */
  readonly reasons: readonly Reason[];
  /** All that the KPI was and is, in the order of time; the figure is worked out by one of them. */
  readonly versions: readonly ExplainedVersion[];
  readonly components: readonly ExplainedComponent[];
  readonly plan: readonly string[];
  readonly sql: string;
  readonly inputs: readonly EditionInput[];
  /** The receipt of each snapshot: the file as it was sent, by whom and when. */
  readonly deliveries: readonly ExplainedDelivery[];
  readonly reconciliations: readonly ReconciliationResult[];
  /** What was asked before it was published of the KPI, of the sources beneath it, and of the whole edition. */
  readonly gates: readonly ExplainedGate[];
}

export interface ExplainedVersion {
  readonly version: number;
  readonly formula: string;
  /** Dates of the days that it is used for; null: without end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly used: boolean;
}

export interface ExplainedComponent {
  /** The measure's id, and what functions around it do to the question. */
  readonly measure: string;
  /** The id of the measure alone. */
  readonly id: string;
  /** `sum of vaerdi`. */
  readonly aggregate: string;
  readonly source: string;
  /** Source periods that went in: `2026M07`, `2026M04..2026M06`. */
  readonly period: string;
  readonly unit: string;
  /** In the unit. */
  readonly value: Rational | null;
  /** In base units, as the formula reads it. */
  readonly base: Rational | null;
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly coverage: Coverage;
  /** The delivered sources beneath it. */
  readonly delivered: readonly string[];
  /** What the kommune of a row is to it: `betalingskommune`; null where the source has one kommune alone. */
  readonly role: string | null;
  /** The measure that its parts are weighed by. */
  readonly weight: string | null;
  /** Conditions of the definition on its rows, and those of the question, as they are written. */
  readonly conditions: readonly string[];
  readonly filters: readonly string[];
  /** Which parts are not known, where some are. */
  readonly missing: readonly MissingParts[];
  /** How many rows each step and condition left; null where its snapshots are no longer there, or nobody asked. */
  readonly rowsLeft: readonly RowsLeft[] | null;
  readonly sourceRows: SourceRows | null;
}

export interface ExplainedDelivery {
  readonly receipt: number;
  readonly source: string;
  readonly snapshot: number;
  /** File name as sent. */
  readonly file: string;
  readonly sender: string | null;
  readonly received: string;
  /** Of the file as sent. */
  readonly sha256: string;
}
