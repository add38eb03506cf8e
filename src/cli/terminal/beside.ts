import { printExact, printNumber, printSigned } from '../../model/printNumber.ts';
import { rational, toPlain } from '../../model/rational.ts';
import { statuses } from '../../model/status.ts';
import { isSame } from '../../serve/explain/beside.ts';
import type { ExplainedBeside } from '../wanted.ts';
import type { Locale } from './locale.ts';
import { printTable } from './table.ts';
import { shortName } from './workedLines.ts';
import { paragraph } from './wrap.ts';

type Told = ExplainedBeside['figures'][number]['of'];

/** One question by two editions: the figures side by side, the rows, and everything else that is not the same. */
export function printBeside(
  beside: ExplainedBeside,
  where: string | null,
  locale: Locale,
  width: number,
): string {
  const { of, against, figures, rows, changes, deliveries } = beside;
  const [mine, other] = [of.answer.edition.id, against.answer.edition.id];
  const column = of.answer.columns[0];
  const title = [column?.label[locale] ?? '', of.answer.period, ...(where === null ? [] : [where])].join(
    ' · ',
  );
  const synthetic = of.answer.edition.synthetic || against.answer.edition.synthetic;
  const section = (name: string, text: string) =>
    text === '' ? '' : `\n${name}\n${'─'.repeat(name.length)}\n${text.trimEnd()}\n`;
  const named = (measure: string | null) => (measure === null ? 'the figure' : shortName(measure, of));
  const told = (figure: Told) =>
    figure === null ? '' : figure.value ? printExact(figure.value, locale) : statuses[figure.status][locale];
  const figureRows = figures.map((each) => [
    named(each.measure),
    told(each.against),
    told(each.of),
    each.difference ? printSigned(each.difference, decimalsOf(each.difference), locale) : '',
    each.unit,
  ]);
  const count = (number: number | null) =>
    number === null ? '' : printNumber(rational(BigInt(number)), 0, locale);
  const rowRows = rows.map(({ measure, text, of: mineRows, against: otherRows }, at) => [
    rows[at - 1]?.measure === measure ? '' : named(measure),
    text,
    count(otherRows),
    count(mineRows),
    mineRows === null || otherRows === null || mineRows === otherRows
      ? ''
      : printSigned(rational(BigInt(mineRows - otherRows)), 0, locale),
  ]);
  const changed = changes.map(
    ({ measure, what, of: now, against: was }) =>
      `${measure === null ? '' : `${named(measure)}, `}${what}: ${was || 'none'} → ${now || 'none'}`,
  );
  const delivery = (list: typeof deliveries.of, edition: string) =>
    list.map(
      ({ source, file, sender, received }) =>
        `only ${edition}: ${source} by ${file}${sender === null ? '' : ` of ${sender}`}, received ${received}`,
    );
  const sentences = (texts: readonly string[]) => texts.flatMap((text) => paragraph(text, width)).join('\n');
  return [
    ...(synthetic ? ['*** SYNTHETIC FIGURES: made up, not about any municipality ***\n'] : []),
    `${paragraph(title, width).join('\n')}\n`,
    `${paragraph(`${other} → ${mine}`, width).join('\n')}\n`,
    ...(isSame(beside) ? ['\nNothing differs: the same figures, of the same deliveries.\n'] : []),
    section('Figures', tableOf(['', other, mine, 'difference', 'unit'], 1, figureRows, width)),
    section('Not the same', sentences(changed)),
    section('Rows', tableOf(['measure', 'leaves', other, mine, 'difference'], 2, rowRows, width)),
    section(
      'Deliveries',
      sentences([...delivery(deliveries.against, other), ...delivery(deliveries.of, mine)]),
    ),
  ].join('');
}

const decimalsOf = (value: Parameters<typeof toPlain>[0]): number =>
  toPlain(value, 6).split('.')[1]?.length ?? 0;

/** Texts first, then figures to the right; in blocks where it is too wide. */
function tableOf(
  headers: readonly string[],
  keys: number,
  rows: readonly (readonly string[])[],
  width: number,
): string {
  if (rows.length === 0) return '';
  const columns = headers.map((header, at) => ({
    header: [header],
    align: at >= keys && header !== 'unit' ? ('right' as const) : ('left' as const),
    cells: rows.map((row) => row[at] ?? ''),
  }));
  return printTable(
    { keys: columns.slice(0, keys), groups: columns.slice(keys).map((each) => [each]), footer: 0 },
    width,
  );
}
