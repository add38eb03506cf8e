import { printExact } from '../../model/printNumber.ts';
import { statuses } from '../../model/status.ts';
import type { ExplainedComponent, Explanation } from '../wanted.ts';
import { printAnswer } from './answer.ts';
import type { Locale } from './locale.ts';
import { printTexts } from './text.ts';
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
    `\n${title}\n${'─'.repeat(title.length)}\n${text.trimEnd()}\n`;
  return [
    printAnswer(answer, { locale, width, where, pivot: null, labels: false, coverage: true }),
    section('Formula', [formula, ...printVersions(versions)].join('\n')),
    section('Components', printComponents(components, locale, width)),
    section('Plan', plan.flatMap((step) => paragraph(step, width)).join('\n')),
    section('SQL', sql),
    section('Snapshots', printInputs(inputs, width)),
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

function printComponents(components: readonly ExplainedComponent[], locale: Locale, width: number): string {
  const rows = components.map((component) => [
    component.measure,
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
  return printTexts(columns, rows, width);
}

function printInputs(inputs: Explanation['inputs'], width: number): string {
  const rows = inputs.flatMap(({ source, snapshots }) =>
    snapshots.map(({ number, receipt, received, sha256, periods }) => [
      source,
      String(number),
      String(receipt),
      received,
      sha256.slice(0, 12),
      periods === null ? 'all it holds' : `${periods.length} periods`,
    ]),
  );
  const columns = [
    { header: 'source' },
    { header: 'snapshot', align: 'right' },
    { header: 'receipt', align: 'right' },
    { header: 'received' },
    { header: 'sha-256' },
    { header: 'used' },
  ] as const;
  return printTexts(columns, rows, width);
}
