import type { Label } from '../definitions/schema.ts';
import type { Triangle } from '../serve/triangle.ts';
import type { LedgerSummary } from './summary.ts';
import type { Ledger } from './types.ts';

/** A ledger as it is shown: what was asked for of it, added up, with the names of what it has codes of. */
export interface LedgerReport {
  readonly ledger: Ledger;
  readonly summary: LedgerSummary;
  /** The level that the summary counts at. */
  readonly level: string;
  /** The filter as it was written. */
  readonly where: string | null;
  readonly levels: Readonly<Record<string, Label>>;
  /** Level to code to name. */
  readonly members: Readonly<Record<string, Readonly<Record<string, Label>>>>;
  /** The country through all editions up to the second, of KPIs that moved; none where none was asked for. */
  readonly triangles: readonly Triangle[];
}

export const memberLabel = ({ members }: Pick<LedgerReport, 'members'>, level: string, code: string): Label =>
  members[level]?.[code] ?? { da: code, en: code };
