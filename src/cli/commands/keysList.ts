import { printCsv } from '../../export/csv.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { keyTable, printKeys } from '../terminal/keys.ts';
import type { ListedKey } from '../wanted.ts';

export interface KeysListOptions {
  readonly format: 'table' | 'csv' | 'json';
}

export async function keysList(context: Context, options: KeysListOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) => pipeline.listKeys(outside));
  return conclude(context, outcome, (keys) =>
    context.surroundings.output.write(print(context, keys, options)),
  );
}

function print(context: Context, keys: readonly ListedKey[], { format }: KeysListOptions): string {
  switch (format) {
    case 'table':
      return printKeys(keys, width(context));
    case 'csv':
      return printCsv(keyTable(keys));
    case 'json':
      return `${JSON.stringify(keys, null, 2)}\n`;
  }
}
