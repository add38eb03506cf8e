import { printCsv } from '../../export/csv.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { findingTable } from '../storageTable.ts';
import { printFsck } from '../terminal/storage.ts';
import type { FsckReport } from '../wanted.ts';

export interface FsckOptions {
  readonly repair?: boolean;
  readonly format: 'table' | 'csv' | 'json';
}

export async function fsck(context: Context, options: FsckOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.fsck(outside, { repair: options.repair ?? false }),
  );
  return conclude(context, outcome, (report) =>
    context.surroundings.output.write(print(context, report, options)),
  );
}

function print(context: Context, report: FsckReport, { format }: FsckOptions): string {
  switch (format) {
    case 'table':
      return printFsck(report, width(context));
    case 'csv':
      return printCsv(findingTable(report));
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
  }
}
