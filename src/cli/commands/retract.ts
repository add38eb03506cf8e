import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { UseError } from '../useError.ts';

export interface RetractOptions {
  readonly reason: string;
  readonly by?: string;
}

export async function retract(
  context: Context,
  cube: string,
  edition: string,
  { reason, by }: RetractOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  if (reason.trim() === '') throw new UseError('Say with --reason why: readers are shown it.');
  const { USER, LOGNAME } = context.surroundings.environment;
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.retract(outside, {
      cube,
      edition,
      reason: reason.trim(),
      by: by ?? USER ?? LOGNAME ?? null,
    }),
  );
  return conclude(context, outcome, ({ retraction, newest }) =>
    context.surroundings.output.write(
      `taken back: ${retraction.id} of ${retraction.cube}: ${retraction.reason}\n` +
        `newest now: ${newest ?? 'none: every edition is taken back or held back'}\n`,
    ),
  );
}
