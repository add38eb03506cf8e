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
}
