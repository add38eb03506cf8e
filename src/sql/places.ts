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
  /** Every period that may be met in what is read of it, where that is known. */
  readonly holds?: readonly string[];
  /** Which of the source's files it is, where not all are read. */
  readonly at?: number;
}

/** Where a snapshot lies, as an edition names it; editions of before it was said do not say what a whole one holds. */
export function snapshotPlace(
  file: string,
  { periods, holds }: { readonly periods: SnapshotPlace['periods']; readonly holds?: readonly string[] },
): SnapshotPlace {
  return { file, periods, ...(holds ? { holds } : {}) };
}

/** Whether what is read of a snapshot is of wanted periods in any case, so that its rows need not be asked. */
export function holdsOnly({ periods, holds }: SnapshotPlace, wanted: readonly string[] | null): boolean {
  return wanted === null || ((periods ?? holds)?.every((period) => wanted.includes(period)) ?? false);
}
