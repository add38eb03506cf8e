import { printCsv } from '../../export/csv.ts';
import { accountsTable } from '../accountsTable.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { printAccounts } from '../terminal/accounts.ts';

export interface AccountsOptions {
  readonly year?: string;
  readonly source?: string;
  readonly format: 'table' | 'csv';
}

export async function accounts(context: Context, id: string, options: AccountsOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const { year = null, source = null, format } = options;
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.accounts(outside, id, { year, source }),
  );
  return conclude(context, outcome, (report) =>
    context.surroundings.output.write(
      format === 'csv'
        ? printCsv(accountsTable(report))
        : printAccounts(report, context.locale, width(context)),
    ),
  );
}
