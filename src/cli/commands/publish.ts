import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { printPublished } from '../terminal/published.ts';

export interface PublishOptions {
  readonly period?: string;
  readonly dryRun?: boolean;
  readonly together?: boolean;
}

export async function publish(
  context: Context,
  cubes: readonly string[],
  options: PublishOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.publish(outside, {
      cubes,
      period: options.period ?? null,
      dryRun: options.dryRun ?? false,
      together: options.together ?? false,
    }),
  );
  return conclude(context, outcome, (report) =>
    context.surroundings.output.write(printPublished(report, width(context))),
  );
}
