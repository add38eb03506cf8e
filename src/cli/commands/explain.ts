import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { whichEdition } from '../questionOptions.ts';
import { UseError } from '../useError.ts';
import type { ExplainQuestion, Explanation } from '../wanted.ts';

export interface ExplainOptions {
  readonly where?: string;
  readonly period?: string;
  readonly edition?: string;
  readonly asOf?: string;
  readonly hierarchy?: string;
  readonly rows: number;
  readonly decimals: number;
  readonly format: 'text' | 'json' | 'svg';
  readonly to?: string;
  /** The edition to set beside the other. */
  readonly against?: string;
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
  const question = { cube, kpi, where, period, hierarchy, edition, rows: options.rows };
  if (options.against !== undefined) return beside(context, question, options.against, options);
  const outcome = await during(context, (pipeline, outside) => pipeline.explain(outside, question));
  return conclude(context, outcome, async (explanation) =>
    write(context, await print(context, explanation, options), options.to),
  );
}

async function beside(
  context: Context,
  question: ExplainQuestion,
  against: string,
  { format, decimals, to }: ExplainOptions,
): Promise<ExitCode> {
  if (format === 'svg')
    throw new UseError('A picture is of one edition: leave out --against, or choose --format text or json.');
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.explainBeside(outside, question, against),
  );
  return conclude(context, outcome, async (both) => {
    if (format === 'json') {
      const { printBesideJson } = await import('../../export/explanation.ts');
      return write(context, printBesideJson(both, decimals), to);
    }
    const { printBeside } = await import('../terminal/beside.ts');
    return write(context, printBeside(both, question.where, context.locale, width(context)), to);
  });
}

/** To the file that was named, which may be there already; else to where everything goes. */
async function write(context: Context, text: string, to: string | undefined): Promise<void> {
  if (to === undefined) context.surroundings.output.write(text);
  else await writeFile(resolve(context.surroundings.folder, to), text);
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
    case 'svg': {
      const [{ lineageOf }, { printSvg }] = await Promise.all([
        import('../../export/lineage/graph.ts'),
        import('../../export/lineage/svg.ts'),
      ]);
      return printSvg(lineageOf(explanation, context.locale));
    }
  }
}
