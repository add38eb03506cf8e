import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { printPublished } from '../terminal/published.ts';
import { UseError } from '../useError.ts';

export interface PublishOptions {
  readonly period?: string;
  readonly dryRun?: boolean;
  readonly together?: boolean;
  readonly approve?: readonly string[];
  readonly by?: string;
  readonly reason?: string;
}

export async function publish(
  context: Context,
  cubes: readonly string[],
  options: PublishOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const approvals = approvalsOf(cubes, options);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.publish(outside, {
      cubes,
      period: options.period ?? null,
      dryRun: options.dryRun ?? false,
      together: options.together ?? false,
      approvals,
    }),
  );
  return conclude(context, outcome, (report) =>
    context.surroundings.output.write(printPublished(report, width(context))),
  );
}

/** Somebody answers for a figure that a gate stopped, for one cube, with a name and a reason. */
function approvalsOf(
  cubes: readonly string[],
  { approve, by = '', reason = '' }: PublishOptions,
): readonly { readonly gate: string; readonly by: string; readonly reason: string }[] {
  if (!approve) {
    if (by !== '' || reason !== '')
      throw new UseError('--by and --reason say who approves what: name it with --approve GATE.');
    return [];
  }
  if (cubes.length !== 1) throw new UseError('--approve is for one cube: name it.');
  if (by.trim() === '' || reason.trim() === '')
    throw new UseError('--approve needs --by NAME and --reason TEXT: they go into the edition.');
  return approve.map((gate) => ({ gate, by: by.trim(), reason: reason.trim() }));
}
