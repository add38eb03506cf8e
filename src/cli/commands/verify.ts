import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import { type ExitCode, exitCodes } from '../exitCode.ts';
import { printVerified } from '../terminal/verified.ts';
import type { VerifiedEdition } from '../wanted.ts';

export interface VerifyOptions {
  readonly rebuild?: boolean;
}

export async function verify(
  context: Context,
  cube: string | undefined,
  edition: string | undefined,
  options: VerifyOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.verify(outside, {
      cube: cube ?? null,
      edition: edition ?? null,
      rebuild: options.rebuild ?? false,
    }),
  );
  const code = await conclude(context, outcome, (editions) =>
    context.surroundings.output.write(printVerified(editions, width(context))),
  );
  return outcome.value?.some(isDamaged) ? exitCodes.environment : code;
}

function isDamaged({ problems, rebuilt }: VerifiedEdition): boolean {
  return problems.length > 0 || rebuilt === 'different';
}
