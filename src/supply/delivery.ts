/** A file as a supplier sent it, with what is known of it. */
export interface Delivery {
  /** File name without folders. */
  readonly name: string;
  /** What messages call the file: its path relative to the workspace, or as it was given. */
  readonly label: string;
  /** The bytes, from the start each time; a large file is never in memory whole. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** ISO time in UTC; null where nobody said, which counts as now. */
  readonly received: string | null;
  readonly sender: string | null;
  readonly synthetic: boolean;
}
