import type { Snapshot } from '../../catalog/types.ts';
import { comparePeriods } from '../../model/periods.ts';
import type { Source } from '../../model/types.ts';
import { codeColumns } from '../checks/check.ts';
import { columnsWithExpectation } from '../checks/expectedMembers.ts';
import type { KeptCode, KeptFacts, UnmappedText } from '../checks/keptFacts.ts';
import { type AnswerRow, allRows, type ParquetEngine } from './questions.ts';
import type { SourceReading } from './reading.ts';

/** The facts of a snapshot that was written, asked of the file itself; and the periods that it holds. */
export async function factsOf(
  source: Source,
  reading: SourceReading,
  refusals: string | null,
  snapshot: { readonly file: string; readonly rows: number },
  engine: ParquetEngine,
): Promise<{ readonly facts: KeptFacts; readonly periods: Snapshot['periods'] }> {
  const groups = (columns: readonly string[]) =>
    allRows(engine.ask({ kind: 'groups', file: snapshot.file, columns }));
  const period = source.columns.find(({ kind }) => kind === 'period')?.name ?? '';
  const codes = new Map<string, readonly KeptCode[]>();
  const unmapped = new Map<string, readonly UnmappedText[]>();
  for (const { name, levels } of codeColumns(source)) {
    const [only = ''] = levels;
    const leveled = levels.length > 1;
    const rows = await groups([name, ...(leveled ? [`${name}_level`] : []), period]);
    codes.set(
      name,
      rows.map((row) => toCode(row, leveled ? null : only)),
    );
    const column = reading.columns.findIndex((each) => each.column.name === name);
    if (reading.columns[column]?.listing.hasUnmapped !== true) continue;
    const texts = await allRows(engine.ask({ kind: 'unmapped', reading, column, refusals }));
    unmapped.set(
      name,
      texts.map(([text, rows, line]) => ({ text: String(text), rows: Number(rows), line: Number(line) })),
    );
  }
  const expecting = columnsWithExpectation(source).map(({ name }) => name);
  const parts = new Map<string, Set<string>>();
  const periods = new Map<string, number>();
  for (const row of await groups([period, ...expecting])) {
    const [of, ...members] = row.slice(0, expecting.length + 1).map((text) => String(text ?? ''));
    const held = parts.get(of ?? '') ?? new Set();
    parts.set(of ?? '', held.add(members.join(' ')));
    periods.set(of ?? '', (periods.get(of ?? '') ?? 0) + Number(row[expecting.length + 1]));
  }
  return {
    facts: { rows: snapshot.rows, codes, unmapped, parts },
    periods: [...periods]
      .map(([of, rows]) => ({ period: of, rows }))
      .sort((a, b) => comparePeriods(a.period, b.period)),
  };
}

function toCode(row: AnswerRow, only: string | null): KeptCode {
  const [code, level, period, rows, line] = only === null ? row : [row[0], only, ...row.slice(1)];
  return {
    code: String(code ?? ''),
    level: String(level ?? ''),
    period: String(period ?? ''),
    rows: Number(rows),
    line: Number(line),
  };
}
