import { printCsv } from '../../export/csv.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import { editionTable } from '../editionTable.ts';
import type { ExitCode } from '../exitCode.ts';
import { printEditions } from '../terminal/editions.ts';
import type { ListedEdition } from '../wanted.ts';

export interface EditionsOptions {
  readonly asOf?: string;
  readonly format: 'table' | 'csv' | 'json';
}

export async function editions(
  context: Context,
  cube: string | undefined,
  options: EditionsOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.editions(outside, cube ?? null, options.asOf === undefined ? {} : { asOf: options.asOf }),
  );
  return conclude(context, outcome, (list) =>
    context.surroundings.output.write(print(context, list, options)),
  );
}

function print(context: Context, list: readonly ListedEdition[], { format }: EditionsOptions): string {
  switch (format) {
    case 'table':
      return printEditions(list, width(context));
    case 'csv':
      return printCsv(editionTable(list));
    case 'json':
      return `${JSON.stringify(list, null, 2)}\n`;
  }
}
