import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { whichEdition } from '../questionOptions.ts';
import type { Explanation } from '../wanted.ts';

export interface ExplainOptions {
  readonly where?: string;
  readonly period?: string;
  readonly edition?: string;
  readonly asOf?: string;
  readonly hierarchy?: string;
  readonly rows: number;
  readonly decimals: number;
  readonly format: 'text' | 'json';
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
    pipeline.explain(outside, { cube, kpi, where, period, hierarchy, edition, rows: options.rows }),
  );
  return conclude(context, outcome, async (explanation) =>
    context.surroundings.output.write(await print(context, explanation, options)),
  );
}

/** Each format is loaded only when it is asked for. */
async function print(context: Context, explanation: Explanation, options: ExplainOptions): Promise<string> {
  const { where = null, format, decimals } = options;
  switch (format) {
    case 'text': {
      const { printExplanation } = await import('../terminal/explanation.ts');
      return printExplanation(explanation, where, context.locale, width(context));
    }
    case 'json':
      return (await import('../../export/explanation.ts')).printExplanationJson(explanation, decimals);
  }
}
