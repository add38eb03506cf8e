/** Where data lie: the only thing that lowering learns of the disk, handed in by whoever knows. */
export interface Places {
  /** Snapshot files that make up a source now, as far as they are read. */
  readonly snapshot: (source: string) => readonly SnapshotPlace[];
  /** Periods that rows made of others hold; of delivered sources their snapshots say it. */
  readonly held: (source: string) => readonly string[];
  /** Files with the cells of a source. */
  readonly cells: (source: string) => readonly string[];
  /** File with the dated structure of a dimension. */
  readonly structure: (dimension: string) => string;
}

export interface SnapshotPlace {
  readonly file: string;
  /** The periods to read of it; null for all. */
  readonly periods: readonly string[] | null;
  /** Which of the source's files it is, where not all are read. */
  readonly at?: number;
}
