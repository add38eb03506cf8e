import type { Answer, Coverage } from '../../query/answer.ts';
import type { Locale } from './locale.ts';
import { words } from './words.ts';

/** Per column of figures whose parts are not all known, a line that says so; a known whole needs none. */
export function coverageLines(answer: Answer, locale: Locale): readonly string[] {
  return answer.columns.flatMap((column, at) => {
    const line = columnLine(answer, at, locale);
    return line === null ? [] : [`${column.label[locale]}: ${line}`];
  });
}

function columnLine(answer: Answer, at: number, locale: Locale): string | null {
  const said = words[locale];
  const [only, another] = answer.rows;
  const whole = answer.total ?? (another === undefined ? only : undefined);
  const coverage = whole?.cells[at]?.coverage;
  if (coverage !== undefined) return isWhole(coverage) ? null : coverageText(answer, coverage, locale);
  const incomplete = answer.rows.filter((row) => !isWhole(row.cells[at]?.coverage)).length;
  return incomplete === 0 ? null : said.incomplete(incomplete, answer.rows.length);
}

function isWhole(coverage: Coverage | undefined): boolean {
  return coverage === undefined || coverage.delivered >= coverage.expected;
}

function coverageText(answer: Answer, coverage: Coverage, locale: Locale): string {
  const said = words[locale];
  // What is expected is kommune x period, so it counts kommuner where there is one month.
  const noun = /^\d{4}M\d{2}$/.test(answer.period) ? said.kommuner : '';
  const parts = (['suppressed', 'notApplicable', 'absent'] as const)
    .filter((part) => coverage[part] > 0)
    .map((part) => `${coverage[part]} ${said.part[part]}`);
  return [`${said.coverage} ${said.covered(coverage.delivered, coverage.expected, noun)}`, ...parts].join(
    ', ',
  );
}
