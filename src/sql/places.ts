/** Where data lie: the only thing that lowering learns of the disk, handed in by whoever knows. */
export interface Places {
  /** Snapshot files that make up a source now, with the periods to read of each; null for all. */
  readonly snapshot: (
    source: string,
  ) => readonly { readonly file: string; readonly periods: readonly string[] | null }[];
  /** Periods that rows made of others hold; of delivered sources their snapshots say it. */
  readonly held: (source: string) => readonly string[];
  /** Files with the cells of a source. */
  readonly cells: (source: string) => readonly string[];
  /** File with the dated structure of a dimension. */
  readonly structure: (dimension: string) => string;
}
