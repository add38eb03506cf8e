import { visible } from '../../diagnostics/columns.ts';
import { type Sheet, type SheetColumn, type SheetRow, sheetOf } from '../../export/sheet.ts';
import { printNumber } from '../../model/printNumber.ts';
import { unknownMember } from '../../model/types.ts';
import type { Answer, AnswerLevel, Cell } from '../../query/answer.ts';
import { coverageLines } from './coverage.ts';
import type { Locale } from './locale.ts';
import { legendLines, markOf, marksOf } from './marks.ts';
import { type PrintedColumn, printTable } from './table.ts';
import { words } from './words.ts';
import { paragraph, wrap } from './wrap.ts';

export interface AnswerOptions {
  readonly locale: Locale;
  readonly width: number;
  /** The filter as it was asked, since figures are of what it left. */
  readonly where: string | null;
  /** A level whose members stand side by side. */
  readonly pivot: string | null;
  /** Names without their codes. */
  readonly labels: boolean;
  /** A column of coverage beside each column of figures. */
  readonly coverage: boolean;
}

/** An answer for a person: what it is of, the table, what its marks mean, and what to know about it. */
export function printAnswer(answer: Answer, options: AnswerOptions): string {
  const { locale, width } = options;
  const sheet = sheetOf(answer, options.pivot);
  const said = words[locale];
  const notes = [
    ...(options.coverage ? [] : coverageLines(answer, locale)),
    // That figures are made up is said above the table already.
    ...answer.notes
      .filter(({ kind }) => kind !== 'synthetic')
      .map(({ text }) => `${said.note}: ${text[locale]}`),
  ];
  return [
    ...(answer.edition.synthetic ? [`*** ${said.synthetic} ***`] : []),
    ...wrap(titleParts(answer, sheet, options), ' · ', width),
    '',
    answer.rows.length === 0
      ? answer.updatedAfter
        ? said.past.nothing
        : said.empty
      : tableOf(answer, sheet, options).trimEnd(),
    ...separated(legendLines(answer, locale, width)),
    ...separated(notes.flatMap((note) => paragraph(note, width))),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function separated(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function titleParts(answer: Answer, sheet: Sheet, { locale, where }: AnswerOptions): readonly string[] {
  const said = words[locale];
  const { mode, date } = answer.hierarchy;
  const [only, another] = answer.columns;
  const pivoted = sheet.columns.some(({ member }) => member !== null);
  return [
    answer.cubeLabel[locale],
    ...(pivoted && only && !another ? [`${only.label[locale]} (${only.unit})`] : []),
    answer.period,
    ...(where === null ? [] : [visible(where)]),
    `${said.edition} ${answer.edition.id}`,
    mode === 'date' ? said.hierarchyAt(date ?? '') : said.hierarchy[mode],
  ];
}

function tableOf(answer: Answer, sheet: Sheet, options: AnswerOptions): string {
  const rows = sheet.total === null ? sheet.rows : [...sheet.rows, sheet.total];
  return printTable(
    {
      keys: [
        ...sheet.levels.map((level, at) => levelColumn(sheet, level, at, options)),
        ...pastColumns(rows, options.locale),
      ],
      groups: sheet.columns.map((column, at) => figureColumns(answer, column, rows, at, options)),
      footer: sheet.total === null ? 0 : 1,
    },
    options.width,
  );
}

/** What became of each row since a time, and when it was what was known; none where nobody asked. */
function pastColumns(rows: readonly SheetRow[], locale: Locale): PrintedColumn[] {
  const said = words[locale].past;
  const column = (header: string, text: (row: SheetRow) => string): PrintedColumn => ({
    header: [header],
    align: 'left',
    cells: rows.map(text),
  });
  const minute = (time: string | null | undefined) => (time ?? '').slice(0, 16).replace('T', ' ');
  return [
    ...(rows.some(({ change }) => change)
      ? [column(said.change, ({ change }) => (change ? said[change] : ''))]
      : []),
    ...(rows.some(({ valid }) => valid)
      ? [
          column(said.edition, ({ valid }) => valid?.edition ?? ''),
          column(said.from, ({ valid }) => minute(valid?.from)),
          column(said.to, ({ valid }) => minute(valid?.to)),
        ]
      : []),
  ];
}

function levelColumn(
  { rows, total }: Sheet,
  level: AnswerLevel,
  at: number,
  options: AnswerOptions,
): PrintedColumn {
  return {
    header: [level.label[options.locale]],
    align: 'left',
    cells: [
      ...rows.map((row) => memberText(level, row.members[at] ?? '', options)),
      ...(total === null ? [] : [at === 0 ? words[options.locale].total : '']),
    ],
  };
}

/** Code and name, so that a reader can ask on; the code is left out where it says nothing that the name does not. */
function memberText(level: AnswerLevel, code: string, { labels, locale }: AnswerOptions): string {
  const label = level.members[code]?.[locale] ?? code;
  const isPeriod = /^\d{4}([A-ZÅ]\w*)?$/.test(code);
  return labels || isPeriod || code === unknownMember || code === label ? label : `${code} ${label}`;
}

function figureColumns(
  answer: Answer,
  column: SheetColumn,
  rows: readonly SheetRow[],
  at: number,
  options: AnswerOptions,
): PrintedColumn[] {
  const { locale } = options;
  const cells = rows.map((row) => row.cells[at] ?? null);
  const coverage: PrintedColumn = {
    header: [words[locale].coverage],
    align: 'right',
    cells: cells.map((cell) => (cell === null ? '' : `${cell.coverage.delivered}/${cell.coverage.expected}`)),
  };
  return [
    {
      header: headerOf(answer, column, options),
      align: 'right',
      cells: figureTexts(column, cells, locale),
    },
    ...(options.coverage ? [coverage] : []),
  ];
}

function headerOf(
  answer: Answer,
  { column, member }: SheetColumn,
  options: AnswerOptions,
): readonly string[] {
  const own = [column.label[options.locale], column.unit];
  if (member === null) return own;
  const name = memberText(member.level, member.code, { ...options, labels: true });
  return answer.columns.length === 1 ? [name] : [name, ...own];
}

/** Figures at the KPI's own decimals, marks of status in their place, marks of flags behind them. */
function figureTexts(
  { column }: SheetColumn,
  cells: readonly (Cell | null)[],
  locale: Locale,
): readonly string[] {
  const marks = cells.map((cell) => (cell === null ? '' : marksOf(cell)));
  const room = Math.max(...marks.map((mark) => mark.length));
  return cells.map((cell, at) => {
    const figure = cell?.value ? printNumber(cell.value, column.decimals, locale) : markOf(cell);
    return room === 0 ? figure : `${figure} ${(marks[at] ?? '').padEnd(room)}`;
  });
}
