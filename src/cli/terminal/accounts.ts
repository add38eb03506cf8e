import { printNumber } from '../../model/printNumber.ts';
import { scaled } from '../../model/rational.ts';
import type { AccountsReport } from '../wanted.ts';
import type { Locale } from './locale.ts';
import { printTexts } from './text.ts';
import { paragraph } from './wrap.ts';

/** How much each part has in each year, then the codes that are never used; single accounts are for `--format csv`. */
export function printAccounts(report: AccountsReport, locale: Locale, width: number): string {
  const { id, amounts, lines } = report;
  const held = lines.filter(({ year }) => year !== null);
  const unused = lines.filter(({ year }) => year === null);
  const columns = [
    { header: 'source' },
    { header: 'year' },
    { header: 'part' },
    { header: 'accounts', align: 'right' },
    { header: 'rows', align: 'right' },
    ...amounts.map(({ name }) => ({ header: name, align: 'right' }) as const),
  ] as const;
  const groups = new Map<string, (typeof held)[number][]>();
  for (const line of held) {
    const key = JSON.stringify([line.source, line.year, line.part]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const rows = [...groups.values()].map((group) => [
    group[0]?.source ?? '',
    group[0]?.year ?? '',
    group[0]?.part ?? '',
    String(group.length),
    String(group.reduce((sum, line) => sum + line.rows, 0)),
    ...amounts.map(({ decimals }, at) => {
      const sum = group.reduce((total, line) => total + (line.amounts[at] ?? 0n), 0n);
      return printNumber(scaled(sum, decimals), decimals, locale);
    }),
  ]);
  const table =
    rows.length === 0
      ? 'No source that has these columns holds anything yet.\n'
      : printTexts(columns, rows, width);
  return `${id}\n\n${table}${printUnused(report, unused, width)}`;
}

/** Dimension by dimension, the codes in a row. */
function printUnused({ dimensions }: AccountsReport, unused: AccountsReport['lines'], width: number): string {
  const lines = dimensions.flatMap((dimension, at) => {
    const codes = unused.flatMap(({ codes: all }) => all[at] ?? []);
    return codes.length === 0 ? [] : paragraph(`${dimension}: ${codes.join(' ')}`, width);
  });
  return lines.length === 0 ? '' : `\nCodes of the selection that no account has:\n${lines.join('\n')}\n`;
}
