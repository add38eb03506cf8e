import type { Table } from '../../catalog/types.ts';
import type { Answer } from '../../query/answer.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { type QuestionOptions, requestOf, whichEdition } from '../questionOptions.ts';
import { UseError } from '../useError.ts';

export interface QueryOptions extends QuestionOptions {
  readonly pivot?: string;
  readonly updatedAfter?: string;
  readonly includeHistory?: boolean;
  readonly labels?: boolean;
  readonly coverage?: boolean;
  readonly flags?: boolean;
  readonly decimals: number;
  readonly format: 'table' | 'csv' | 'json' | 'arrow' | 'parquet';
}

export async function query(context: Context, cube: string, options: QueryOptions): Promise<ExitCode> {
  requireWorkspace(context);
  refuseWhatCannotBe(context, options);
  const request = requestOf(cube, { ...options, by: levelsOf(options) });
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.query(outside, request, whichEdition(options), pastOf(options)),
  );
  return conclude(context, outcome, async (answer) =>
    context.surroundings.output.write(await print(context, answer, options)),
  );
}

function pastOf({ updatedAfter, includeHistory }: QueryOptions) {
  return {
    ...(updatedAfter === undefined ? {} : { updatedAfter }),
    ...(includeHistory === undefined ? {} : { includeHistory }),
  };
}

/** A level to pivot is one to split by, whether or not it was named there too. */
function levelsOf({ by = [], pivot }: QueryOptions): readonly string[] {
  return pivot === undefined || by.includes(pivot) ? by : [...by, pivot];
}

function refuseWhatCannotBe({ surroundings }: Context, options: QueryOptions): void {
  const { format, kpi = [], pivot, totals, updatedAfter, includeHistory } = options;
  if (kpi.length === 0 && (pivot ?? updatedAfter ?? includeHistory) !== undefined)
    throw new UseError(
      '--pivot, --updated-after and --include-history are for figures: name some with --kpi.',
    );
  if (pivot !== undefined && (updatedAfter !== undefined || includeHistory))
    throw new UseError('Rows of several editions cannot be pivoted: leave out --pivot.');
  if (pivot !== undefined && totals) {
    throw new UseError(
      '--totals is one row over everything, which a pivoted table has no place for: leave out --pivot.',
    );
  }
  if ((format === 'arrow' || format === 'parquet') && surroundings.output.columns !== null) {
    throw new UseError(`--format ${format} is not for a terminal: add > answer.${format}.`);
  }
}

/** Each format is loaded only when it is asked for. */
async function print(context: Context, answer: Answer, options: QueryOptions): Promise<string | Uint8Array> {
  const { format, decimals } = options;
  switch (format) {
    case 'table': {
      const { printAnswer } = await import('../terminal/answer.ts');
      const { labels = false, coverage = false, pivot = null, where = null } = options;
      return printAnswer(answer, {
        where,
        locale: context.locale,
        width: width(context),
        pivot,
        labels,
        coverage,
      });
    }
    case 'csv':
      return (await import('../../export/csv.ts')).printCsv(await flatTable(answer, options));
    case 'json':
      return (await import('../../export/json.ts')).printAnswerJson(answer, decimals);
    case 'arrow':
      return (await import('../../export/arrow.ts')).writeArrow(answer, await flatTable(answer, options));
    case 'parquet': {
      const table = await flatTable(answer, options);
      const { parquetBytes } = await import('../parquetBytes.ts');
      return parquetBytes(table, (await context.surroundings.pipeline()).writeParquet);
    }
  }
}

/** CSV has what was asked for; formats for programs alone have everything. */
async function flatTable(answer: Answer, options: QueryOptions): Promise<Table> {
  const [{ sheetOf }, { tableOf }] = await Promise.all([
    import('../../export/sheet.ts'),
    import('../../export/table.ts'),
  ]);
  const { format, decimals, labels, coverage, flags, pivot } = options;
  const everything = format !== 'csv';
  return tableOf(answer, sheetOf(answer, pivot ?? null), {
    members: everything ? 'both' : labels ? 'names' : 'codes',
    language: 'da',
    coverage: everything || coverage === true,
    flags: everything || flags === true,
    decimals,
  });
}
