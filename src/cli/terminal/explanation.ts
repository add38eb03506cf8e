import { printExact, printNumber } from '../../model/printNumber.ts';
import { rational } from '../../model/rational.ts';
import { statuses } from '../../model/status.ts';
import type { ExplainedComponent, Explanation } from '../wanted.ts';
import { printAnswer } from './answer.ts';
import type { Locale } from './locale.ts';
import { printTable } from './table.ts';
import type { TextColumn } from './text.ts';
import { printWorked, shortName } from './workedLines.ts';
import { paragraph } from './wrap.ts';

/** A figure, and the way back from it: each step under its own heading. */
export function printExplanation(
  explanation: Explanation,
  where: string | null,
  locale: Locale,
  width: number,
): string {
  const { answer, formula, versions, components, plan, sql, inputs } = explanation;
  const section = (title: string, text: string) =>
    text === '' ? '' : `\n${title}\n${'─'.repeat(title.length)}\n${text.trimEnd()}\n`;
  const sentences = (texts: readonly string[]) => texts.flatMap((text) => paragraph(text, width)).join('\n');
  return [
    printAnswer(answer, { locale, width, where, pivot: null, labels: false, coverage: true }),
    section(
      'Formula',
      [formula, '', printWorked(explanation, locale, width).trimEnd(), ...printVersions(versions)].join('\n'),
    ),
    section(
      'Why',
      sentences(explanation.reasons.map(({ of, text }) => `${of}: ${shortName(text, explanation)}`)),
    ),
    section('Components', printComponents(explanation, locale, width)),
    section(
      'What is missing',
      components.flatMap((each) => missingLines(explanation, each, width)).join('\n'),
    ),
    section('Rows', printRows(explanation, locale, width)),
    section(
      'Source rows',
      components.flatMap((each) => sourceRowLines(explanation, each, locale, width)).join('\n'),
    ),
    section('Checks', sentences(checksInWords(explanation))),
    section('Snapshots', printInputs(explanation, inputs, width)),
    section('Plan', plan.flatMap((step) => paragraph(step, width)).join('\n')),
    section('SQL', sql),
  ].join('');
}

/** Where a KPI has always been what it is, there is nothing to say. */
function printVersions(versions: Explanation['versions']): readonly string[] {
  if (versions.length < 2) return [];
  return [
    '',
    ...versions.map(({ version, formula, from, to, used }) => {
      const days = `${from ?? ''} – ${to ?? ''}`.trim();
      return `${used ? '→' : ' '} version ${version} (${days}): ${formula}`;
    }),
  ];
}

function printComponents(explanation: Explanation, locale: Locale, width: number): string {
  const { components } = explanation;
  const rows = components.map((component) => [
    shortName(component.measure, explanation),
    component.aggregate,
    component.source,
    component.period,
    component.value === null ? statuses[component.status][locale] : printExact(component.value, locale),
    component.unit,
    `${component.coverage.delivered}/${component.coverage.expected}`,
  ]);
  const columns = [
    { header: 'measure' },
    { header: 'aggregate' },
    { header: 'source' },
    { header: 'period' },
    { header: 'value', align: 'right' },
    { header: 'unit' },
    { header: 'coverage', align: 'right' },
  ] as const;
  const more = components.flatMap((component) => {
    const name = shortName(component.measure, explanation);
    const { role, conditions, filters, weight } = component;
    return [
      ...(role === null ? [] : [`${name}: kommune is the ${role}.`]),
      ...(conditions.length > 0 ? [`${name}: only rows where ${conditions.join(' and ')}.`] : []),
      ...(filters.length > 0 ? [`${name}: asked for ${filters.join(' and ')}.`] : []),
      ...(weight === null ? [] : [`${name}: weighed by ${weight}.`]),
    ];
  });
  const told = more.flatMap((text) => paragraph(text, width));
  return [printWide(columns, 1, rows, width).trimEnd(), ...(told.length > 0 ? ['', ...told] : [])].join('\n');
}

/** Members that are told of one by one; of more only the number. */
const mostMembers = 40;

function missingLines(
  explanation: Explanation,
  { measure, missing }: ExplainedComponent,
  width: number,
): readonly string[] {
  return missing.flatMap(({ period, why, levels, members }) => {
    const name = shortName(measure, explanation);
    const told = members.slice(0, mostMembers).map((codes) => codes.join(' '));
    const more = members.length > mostMembers ? ` and ${members.length - mostMembers} more` : '';
    const reason = statuses[why].en;
    return paragraph(
      `${name}, ${period}: ${reason}: ${levels.join(' x ')} ${told.join(', ')}${more}.`,
      width,
    );
  });
}

function printRows(explanation: Explanation, locale: Locale, width: number): string {
  const rows = explanation.components.flatMap((component) => {
    const name = shortName(component.measure, explanation);
    return (component.rowsLeft ?? []).map(({ text, rows: count, kind }, at) => [
      at === 0 ? name : '',
      kinds[kind],
      text,
      printNumber(rational(BigInt(count)), 0, locale),
    ]);
  });
  if (rows.length === 0) return '';
  const columns = [
    { header: 'measure' },
    { header: 'by' },
    { header: 'leaves' },
    { header: 'rows', align: 'right' },
  ] as const;
  return printWide(columns, 3, rows, width);
}

const kinds = {
  delivered: 'delivery',
  step: 'step',
  level: 'level',
  definition: 'definition',
  question: 'question',
  known: 'value',
} as const;

function sourceRowLines(
  explanation: Explanation,
  { measure, sourceRows }: ExplainedComponent,
  locale: Locale,
  width: number,
): readonly string[] {
  if (sourceRows === null || sourceRows.rows.length === 0) return [];
  const { rows, columns, withheld, count, of, source } = sourceRows;
  const number = (each: number) => printNumber(rational(BigInt(each)), 0, locale);
  const what = {
    rows: `rows delivered of ${source}`,
    groups: `rows delivered of ${source}, all of the groups that went in`,
    relation: `rows of ${source}, which cannot be followed back one by one`,
  }[of];
  const files = [...new Set(rows.flatMap((row) => row.file ?? []))];
  // Mostly all are of one file, whose name would be the widest column.
  const inOne = files.length === 1 ? `, in ${files[0]}` : '';
  const title = `${shortName(measure, explanation)}: ${number(rows.length)} of ${number(count)} ${what}${inOne}`;
  const places = [
    ...(of === 'relation' || files.length === 1 ? [] : [{ header: 'file' }]),
    ...(of === 'relation' ? [] : [{ header: 'row', align: 'right' } as const]),
  ];
  const hidden = withheld.length > 0 ? ` Not shown: ${withheld.join(', ')}.` : '';
  const isEmpty = columns.map((_, at) => rows.every(({ values }) => values[at] === null));
  const table = printWide(
    [...places, ...columns.filter((_, at) => !isEmpty[at]).map((header) => ({ header }))],
    places.length,
    rows.map(({ file, row, values }) => [
      ...[file ?? '', String(row ?? '')].slice(2 - places.length),
      ...values.filter((_, at) => !isEmpty[at]).map((value) => value ?? ''),
    ]),
    width,
  );
  return [...paragraph(`${title}.${hidden}`, width), ...table.trimEnd().split('\n'), ''];
}

function checksInWords({ reconciliations, gates }: Explanation): readonly string[] {
  const asked = gates.map(({ id, outcome, text }) => `Gate ${id}: ${outcome}. ${text}`);
  const reconciled = reconciliations.map(
    ({ id, kpi, against, level, outcome, compared, differences, reason }) => {
      const what = `Reconciliation ${id} (${kpi} with ${against} by ${level})`;
      if (outcome === 'not_run') return `${what} did not run: ${reason ?? ''}`;
      const differ = differences.length > 0 ? `, ${differences.length} of them differ` : '';
      return `${what}: ${outcome}, ${compared} compared${differ}.`;
    },
  );
  return [...reconciled, ...asked];
}

function printInputs(explanation: Explanation, inputs: Explanation['inputs'], width: number): string {
  const rows = inputs.flatMap(({ source, snapshots }) =>
    snapshots.map(({ number, receipt, received, sha256, periods }) => {
      const delivery = explanation.deliveries.find((each) => each.receipt === receipt);
      return [
        source,
        String(number),
        String(receipt),
        received,
        delivery?.file ?? '',
        delivery?.sender ?? '',
        sha256.slice(0, 12),
        delivery?.sha256.slice(0, 12) ?? '',
        periods === null ? 'all it holds' : `${periods.length} periods`,
      ];
    }),
  );
  const columns = [
    { header: 'source' },
    { header: 'snapshot', align: 'right' },
    { header: 'receipt', align: 'right' },
    { header: 'received' },
    { header: 'file' },
    { header: 'sender' },
    { header: 'sha-256' },
    { header: 'of the file' },
    { header: 'used' },
  ] as const;
  return printWide(columns, 2, rows, width);
}

/** A table in blocks of columns where it is too wide, the first `keys` columns beside each. */
function printWide(
  columns: readonly TextColumn[],
  keys: number,
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const printed = columns.map(({ header, align = 'left' }, at) => ({
    header: [header],
    align,
    cells: rows.map((row) => row[at] ?? ''),
  }));
  const groups = printed.slice(keys).map((each) => [each]);
  return printTable({ keys: printed.slice(0, keys), groups, footer: 0 }, width);
}
