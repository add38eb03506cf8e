/** A question, as a person or a program asks it. Every text is checked; nothing here is trusted. */
export interface Request {
  readonly cube: string;
  /** KPIs or measures, by id or by name. None: the members of the levels that occur, without figures. */
  readonly kpis: readonly string[];
  /** Levels: `land`, `region`, `kommune`, `maaned`, `koen`, ... */
  readonly by: readonly string[];
  /** Filter in the formula language over levels: `region == "082" and koen in ["1"]`. */
  readonly where?: string;
  /** `2026M07`, `2026K2`, `2026`, or a range `2026M01..2026M06`. Left out: see `bindQuery`. */
  readonly period?: string;
  /** `as-is` (default), `as-was`, or a date. */
  readonly hierarchy?: string;
  /** A column of the answer to order by, `-` before it for greatest first. */
  readonly order?: string;
  readonly top?: number;
  /** A row over everything asked for, computed as a query of its own. */
  readonly totals?: boolean;
  /** `cells` or `base` forces a route; left out: the router chooses. For tests and explaining. */
  readonly route?: 'cells' | 'base';
}
