import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { printJson } from '../../diagnostics/printJson.ts';
import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import { type ExitCode, exitCodes } from '../exitCode.ts';
import type { CheckReport } from '../wanted.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json';
}

export async function check(
  context: Context,
  paths: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) => pipeline.check(outside, paths));
  const { output } = context.surroundings;
  if (options.format === 'text') return conclude(context, outcome, (report) => output.write(summary(report)));
  output.write(printJson(outcome.diagnostics, outcome.texts));
  return hasErrors(outcome.diagnostics) ? exitCodes.diagnostics : exitCodes.fine;
}

function summary({ counts }: CheckReport): string {
  const kinds = Object.entries(counts).map(
    ([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`,
  );
  return `no errors in ${kinds.join(', ')}\n`;
}

function plural(kind: string): string {
  return kind === 'kpi' ? 'KPIs' : `${kind}s`;
}
