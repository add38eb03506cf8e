/** What SDMX asks of the past, beside the edition: only what changed since a time, and all that was ever said. */
export interface Past {
  /** A time, or a date, which is its beginning: `2026-08-19`, `2026-08-19T05:03:20Z`. */
  readonly updatedAfter?: string;
  readonly includeHistory?: boolean;
}

export const asksOfPast = ({ updatedAfter, includeHistory }: Past): boolean =>
  updatedAfter !== undefined || includeHistory === true;
