import type { ForeignTable } from '../catalog/types.ts';

/**
 * A delivered table before anything is known about it: texts, in the order of the file. Rows with another
 * number of fields than the header stand apart, since nobody can say which field is which.
 */
export interface TextTable {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of the file that each row begins in, as an editor counts (the header is 1). */
  readonly lines: readonly number[];
  readonly ragged: readonly { readonly line: number; readonly fields: number }[];
  /** A Parquet file: its rows stay where they are, and an engine is asked about them. */
  readonly parquet?: DeliveredParquet;
}

export interface DeliveredParquet {
  /** What messages call it. */
  readonly label: string;
  /** A local file that nobody else writes to. */
  readonly path: string;
  readonly table: ForeignTable;
}
