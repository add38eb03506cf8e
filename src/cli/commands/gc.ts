import { printCsv } from '../../export/csv.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { removedTable } from '../storageTable.ts';
import { printCollections } from '../terminal/storage.ts';
import type { Collection } from '../wanted.ts';

export interface GcOptions {
  readonly retention: number;
  readonly dryRun?: boolean;
  readonly format: 'table' | 'csv' | 'json';
}

export async function gc(context: Context, options: GcOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.gc(outside, { days: options.retention, dryRun: options.dryRun ?? false }),
  );
  return conclude(context, outcome, (collections) =>
    context.surroundings.output.write(print(context, collections, options)),
  );
}

function print(context: Context, collections: readonly Collection[], { format, dryRun }: GcOptions): string {
  switch (format) {
    case 'table':
      return printCollections(collections, dryRun ?? false, width(context));
    case 'csv':
      return printCsv(removedTable(collections));
    case 'json':
      return `${JSON.stringify(collections, null, 2)}\n`;
  }
}
