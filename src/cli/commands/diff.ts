import { printCsv } from '../../export/csv.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import { differenceTable } from '../differenceTable.ts';
import type { ExitCode } from '../exitCode.ts';
import { printDifference } from '../terminal/difference.ts';

export interface DiffOptions {
  readonly format: 'table' | 'csv';
}

export async function diff(
  context: Context,
  cube: string,
  from: string,
  to: string | undefined,
  options: DiffOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.diff(outside, cube, from, to ?? null),
  );
  return conclude(context, outcome, (difference) =>
    context.surroundings.output.write(
      options.format === 'csv'
        ? printCsv(differenceTable(difference))
        : printDifference(difference, width(context)),
    ),
  );
}
