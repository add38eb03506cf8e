import type { Asking } from './asking.ts';
import type { Pipeline } from './wanted.ts';

/** All that a run of the program meets outside itself; a test hands in its own. */
export interface Surroundings {
  /** The current folder, absolute. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** This process, and whether another one lives. */
  readonly process: { readonly id: number; readonly isAlive: (id: number) => boolean };
  /** Calls `action` every so often until the returned function is called; keeps no program alive. */
  readonly every: (milliseconds: number, action: () => void) => () => void;
  /** Calls `changed` when something below these folders has changed, until somebody interrupts the program. */
  readonly watch: (folders: readonly string[], changed: () => void) => Promise<void>;
  /** Opens a conversation with whoever sits at the terminal; null where nobody does. */
  readonly ask: (() => Promise<Asking>) | null;
  readonly output: Output;
  readonly errors: Output;
  /** Loaded on first use: `flis --help` opens no engine. */
  readonly pipeline: () => Promise<Pipeline>;
  /** The piece of it that checks, alone. */
  readonly checking: () => Promise<Pick<Pipeline, 'check'>>;
}

export interface Output {
  readonly write: (data: string | Uint8Array) => void;
  /** Columns of the terminal that reads this; null where none does. */
  readonly columns: number | null;
}
