import { CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './exitCode.ts';
import { programFor } from './program.ts';
import type { Surroundings } from './surroundings.ts';
import { UseError } from './useError.ts';

/** Runs one command line and gives its exit code; what happens on the way is written to the surroundings. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  try {
    const program = programFor(surroundings, (given) => {
      code = given;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, surroundings);
  }
}

/** Commander has said its own word already; help and version are no failure. */
function failure(error: unknown, { errors }: Surroundings): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.use;
  if (error instanceof UseError) {
    errors.write(`error: ${error.message}\n`);
    return exitCodes.use;
  }
  if (isOfTheEnvironment(error)) {
    const messages = messagesOf(error);
    errors.write(`error: ${messages.join('\n  because: ')}\n`);
    if (messages.some((message) => noSpace.test(message)))
      errors.write(
        '  free some space and run it again; what was complete before is kept, and nothing is half\n',
      );
    return exitCodes.environment;
  }
  errors.write(`internal error, please report it: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.internal;
}

/** As the operating system, the store and DuckDB say it. */
const noSpace = /no space left|ENOSPC|EDQUOT/i;

/** Errors of the engine, the store and the operating system, by the names that they bear. */
const environmentNames: ReadonlySet<string> = new Set(['EngineError', 'StoreError']);

function isOfTheEnvironment(error: unknown): error is Error {
  return error instanceof Error && (environmentNames.has(error.name) || 'syscall' in error);
}

function messagesOf(error: Error): readonly string[] {
  return error.cause instanceof Error ? [error.message, ...messagesOf(error.cause)] : [error.message];
}
