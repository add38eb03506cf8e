import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { printTerminal } from '../diagnostics/printTerminal.ts';
import { type ExitCode, exitCodes } from './exitCode.ts';
import { memoryOf } from './memory.ts';
import { progressLine } from './progress.ts';
import type { Surroundings } from './surroundings.ts';
import { type Locale, localeOf } from './terminal/locale.ts';
import { UseError } from './useError.ts';
import type { Outcome, Outside, Pipeline } from './wanted.ts';

/** What every command is given. */
export interface Context {
  readonly surroundings: Surroundings;
  /** The workspace, absolute. */
  readonly root: string;
  /** What the engine may use, `4GB`; null: half of what the machine has. */
  readonly memory: string | null;
  /** The folder of private keys, absolute; null: `keys/` of the workspace. */
  readonly keys: string | null;
  /** Whether who asks is who publishes, and may see what is held back. */
  readonly embargoed?: boolean;
  readonly locale: Locale;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly root?: string;
  readonly locale?: string;
  readonly embargoed?: boolean;
}

export function contextOf(surroundings: Surroundings, options: CommonOptions): Context {
  const { folder, environment } = surroundings;
  return {
    surroundings,
    root: resolve(folder, options.root ?? '.'),
    memory: memoryOf(environment),
    keys: environment.FLIS_KEYS ? resolve(folder, environment.FLIS_KEYS) : null,
    embargoed: options.embargoed ?? false,
    locale: localeOf(options.locale, environment),
  };
}

/** Refuses a folder that is no workspace before anything is made in it. */
export function requireWorkspace({ root }: Context): void {
  if (existsSync(join(root, 'kpi-definitions'))) return;
  throw new UseError(
    `"${root}" is no workspace: it has no folder kpi-definitions/. Name one with --root DIR.`,
  );
}

/** Columns for tables: those of the terminal; where none reads, as many as a sheet of paper takes. */
export function width({ surroundings }: Context): number {
  return surroundings.output.columns ?? 100;
}

/** Runs a piece of the pipeline, with its progress shown while it lasts. */
export async function during<T>(
  context: Context,
  work: (pipeline: Pipeline, outside: Outside) => Promise<T>,
): Promise<T> {
  return duringPiece(context, context.surroundings.pipeline, work);
}

/** The same with a piece of it that is loaded alone. */
export async function duringPiece<T, Piece>(
  context: Context,
  load: () => Promise<Piece>,
  work: (piece: Piece, outside: Outside) => Promise<T>,
): Promise<T> {
  const line = progressLine(context.surroundings);
  try {
    const { now, process } = context.surroundings;
    const { root, memory, keys, embargoed = false } = context;
    const outside = {
      root,
      now,
      process,
      progress: line.report,
      ...(memory === null ? {} : { memory }),
      ...(keys === null ? {} : { keys }),
      embargoed,
    };
    return await work(await load(), outside);
  } finally {
    line.end();
  }
}

/** Says what there is to say of an outcome; then gives its value to `show`, if there is one: an error may spoil only a part. */
export async function conclude<T>(
  context: Context,
  outcome: Outcome<T>,
  show: (value: T) => void | Promise<void>,
): Promise<ExitCode> {
  tell(context, outcome);
  const { value, diagnostics } = outcome;
  if (value !== undefined) await show(value);
  return value === undefined || hasErrors(diagnostics) ? codeOf(diagnostics) : exitCodes.fine;
}

/** What is wrong with the store is not the fault of whoever asked. */
const storeCodes: ReadonlySet<DiagnosticCode> = new Set([
  'object-damaged',
  'object-missing',
  'store-busy',
  'manifest-damaged',
  'chain-broken',
  'not-signed',
  'unknown-signer',
  'signature-invalid',
  'key-out-of-use',
  'misplaced-record',
  'no-trust-root',
  'trust-root-damaged',
  'no-signing-key',
  'claim-missing',
  'claim-expired',
  'claim-ahead',
  'rolled-back',
  'editions-mixed',
  'memory-damaged',
] as const);

function codeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const ofTheStore = diagnostics.some(({ code, severity }) => severity === 'error' && storeCodes.has(code));
  return ofTheStore ? exitCodes.environment : exitCodes.diagnostics;
}

export function tell({ surroundings }: Context, { diagnostics, texts }: Outcome<unknown>): void {
  const { errors, environment } = surroundings;
  const colour = errors.columns !== null && !environment.NO_COLOR;
  const options = errors.columns === null ? { colour } : { colour, width: errors.columns };
  if (diagnostics.length > 0) errors.write(printTerminal(diagnostics, texts, options));
}
