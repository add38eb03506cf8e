import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';

export interface ExportOptions {
  readonly format: 'json' | 'csv';
}

export async function exportAs(
  context: Context,
  _format: 'flis-record',
  names: readonly string[],
  { format }: ExportOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) => pipeline.flisRecords(outside, names));
  const { printFlisCsv, printFlisJson } = await import('../../definitions/flisRecordText.ts');
  return conclude(context, outcome, (records) =>
    context.surroundings.output.write(format === 'csv' ? printFlisCsv(records) : printFlisJson(records)),
  );
}
