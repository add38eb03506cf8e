import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { whichEdition } from '../questionOptions.ts';
import { printExplanation } from '../terminal/explanation.ts';

export interface ExplainOptions {
  readonly where?: string;
  readonly period?: string;
  readonly edition?: string;
  readonly asOf?: string;
  readonly hierarchy?: string;
}

export async function explain(
  context: Context,
  cube: string,
  kpi: string,
  options: ExplainOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const { where = null, period = null, hierarchy = null } = options;
  const edition = whichEdition(options);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.explain(outside, { cube, kpi, where, period, hierarchy, edition }),
  );
  return conclude(context, outcome, (explanation) =>
    context.surroundings.output.write(printExplanation(explanation, where, context.locale, width(context))),
  );
}
