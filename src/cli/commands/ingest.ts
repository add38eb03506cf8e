import { resolve } from 'node:path';
import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { printReceipts } from '../terminal/receipts.ts';

export interface IngestOptions {
  readonly source?: string;
  readonly received?: string;
}

export async function ingest(
  context: Context,
  files: readonly string[],
  options: IngestOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const { folder, output } = context.surroundings;
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.ingest(
      outside,
      files.map((file) => resolve(folder, file)),
      { source: options.source ?? null, received: options.received ?? null },
    ),
  );
  return conclude(context, outcome, (receipts) => output.write(printReceipts(receipts)));
}
