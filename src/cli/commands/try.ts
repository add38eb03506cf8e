import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { printTried } from '../terminal/tried.ts';

export interface TryOptions {
  readonly kommune?: string;
  readonly where?: string;
  readonly period?: string;
}

export async function tryOne(context: Context, kpi: string, options: TryOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const { kommune = null, where = null, period = null } = options;
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.tryKpi(outside, { kpi, kommune, where, period }),
  );
  return conclude(context, outcome, (tried) =>
    context.surroundings.output.write(printTried(tried, kommune, context.locale, width(context))),
  );
}
