/** What every process of a race is told, as a file. */
export interface Task {
  readonly facts: string;
  readonly rows: number;
  readonly threads: number;
  readonly families: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly kpis: readonly string[];
    readonly sql: string;
    readonly ordered: boolean;
  }[];
  readonly draws: readonly Readonly<Record<string, unknown>>[];
  /** The first draws are checked. */
  readonly checks: number;
  readonly reps: number;
  readonly budget: number;
}

/** `[numerator, denominator]` of a figure as text. */
export type ExactRow = {
  readonly keys: readonly string[];
  readonly figures: readonly (readonly [string, string])[];
};
export type Reference = Readonly<Record<string, readonly (readonly ExactRow[])[]>>;

export interface Timed {
  readonly family: string;
  readonly n: number;
  readonly first: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly rows: number;
  /** `equal`, or what is not. */
  readonly check: string;
}

export function readTask(): Task;
export function fill(sql: string, draw: Readonly<Record<string, unknown>>): string;
export function percentile(sorted: readonly number[], share: number): number;
/** Checks and times every family that `run` can ask, and writes a line of each. */
export function race<Raw, Draw>(rival: {
  readonly version: string;
  readonly families?: readonly string[];
  /** Timed. */
  readonly run: (family: string, draw: Draw) => Promise<Raw> | Raw;
  /** Not timed: null where an answer is equal to the reference, else what is not. */
  readonly differs?: (family: string, raw: Raw, reference: readonly ExactRow[], draw: Draw) => string | null;
  /** Not timed: keys and figures of each row, as plain values; instead of `differs`. */
  readonly rows?: (family: string, raw: Raw, draw: Draw) => readonly (readonly unknown[])[];
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Another process whose memory counts too. */
  readonly pid?: number;
  /** Asked one time before, where a family has things to make ready that nobody waits for. */
  readonly prepare?: (family: string) => Promise<void> | void;
}): Promise<void>;
