import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { UseError } from '../useError.ts';
import type { LedgerReport } from '../wanted.ts';

export interface DiffOptions {
  readonly kpi?: readonly string[];
  readonly by?: readonly string[];
  readonly where?: string;
  readonly level: string;
  readonly all?: boolean;
  readonly hierarchy?: string;
  readonly top: number;
  readonly to?: string;
  readonly decimals: number;
  readonly format: 'table' | 'csv' | 'json' | 'parquet' | 'html';
}

/** Triangles in a report; each asks every edition once. */
const mostTriangles = 12;

export async function diff(
  context: Context,
  cube: string,
  from: string | undefined,
  to: string | undefined,
  options: DiffOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  refuseWhatCannotBe(context, options);
  const { kpi, by, where, level, all, hierarchy, top, format } = options;
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.ledgerReport(outside, {
      cube,
      from: from ?? null,
      to: to ?? null,
      where: where ?? null,
      level,
      top: topOf(top, format),
      triangles: format === 'html' ? mostTriangles : 0,
      only: all ? null : [[], ['land'], [level]],
      ...(kpi === undefined ? {} : { kpis: kpi }),
      ...(by === undefined ? {} : { by: [by] }),
      ...(hierarchy === undefined ? {} : { hierarchy }),
    }),
  );
  return conclude(context, outcome, async (report) => {
    const { output, folder } = context.surroundings;
    const written = await print(context, report, options);
    if (options.to === undefined) return output.write(written);
    await writeFile(resolve(folder, options.to), written);
    output.write(`wrote ${options.to}\n`);
  });
}

/** Of each KPI; a page has room for more than a terminal. */
const topOf = (top: number, format: DiffOptions['format']): number =>
  Math.max(1, Math.floor(top / (format === 'html' ? 2 : 5)));

function refuseWhatCannotBe({ surroundings }: Context, { format, to }: DiffOptions): void {
  const isForFile = format === 'parquet' || format === 'html';
  if (isForFile && to === undefined && surroundings.output.columns !== null)
    throw new UseError(`--format ${format} is not for a terminal: add --to revision.${format}.`);
}

/** Each format is loaded only when it is asked for. */
async function print(
  context: Context,
  report: LedgerReport,
  { format, decimals, top }: DiffOptions,
): Promise<string | Uint8Array> {
  const { surroundings, locale } = context;
  switch (format) {
    case 'table': {
      const { printLedger } = await import('../terminal/ledger.ts');
      return printLedger(report, { locale, width: width(context), top });
    }
    case 'csv': {
      const [{ printCsv }, { ledgerTable }] = await Promise.all([
        import('../../export/csv.ts'),
        import('../../export/ledger.ts'),
      ]);
      return printCsv(ledgerTable(report, decimals));
    }
    case 'json':
      return (await import('../../export/ledger.ts')).printLedgerJson(report, decimals);
    case 'parquet': {
      const [{ parquetBytes }, { ledgerTable }] = await Promise.all([
        import('../parquetBytes.ts'),
        import('../../export/ledger.ts'),
      ]);
      return parquetBytes(ledgerTable(report, decimals), (await surroundings.pipeline()).writeParquet);
    }
    case 'html':
      return (await import('../../export/revision/index.ts')).revisionPage(
        report,
        surroundings.now().toISOString().slice(0, 10),
      );
  }
}
