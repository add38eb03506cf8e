import type { EditionManifest, ReconciliationResult } from '../../catalog/types.ts';
import { printTable } from './table.ts';
import { paragraph } from './wrap.ts';

/** Where an edition's figures differ from those they should agree with, and what was not compared; else nothing. */
export function printReconciliations({ id, cube, reconciliations }: EditionManifest, width: number): string {
  const differing = reconciliations.filter(({ outcome }) => outcome === 'differs');
  const unknown = reconciliations.filter(({ outcome }) => outcome === 'not_run');
  return [
    ...(differing.length === 0
      ? []
      : [`\n${cube} ${id}: figures that differ from those beside them\n`, printDiffering(differing, width)]),
    ...(unknown.length === 0 ? [] : [`\n${cube} ${id}: not compared\n`]),
    ...unknown.flatMap((result) => paragraph(notRun(result), width)).map((line) => `${line}\n`),
  ].join('');
}

function printDiffering(results: readonly ReconciliationResult[], width: number): string {
  const column = (
    header: string,
    align: 'left' | 'right',
    text: (result: ReconciliationResult) => string,
  ) => ({
    header: [header],
    align,
    cells: results.map(text),
  });
  const keys = [column('figure', 'left', nameOf), column('beside', 'left', besideOf)];
  const group = [
    column('differ', 'right', ({ differences, compared }) => `${differences.length}/${compared}`),
    column('newest', 'left', (result) => `${newestOf(result)?.member} ${newestOf(result)?.period}`),
    column('ours', 'right', (result) => newestOf(result)?.ours ?? ''),
    column('theirs', 'right', (result) => newestOf(result)?.theirs ?? ''),
    column('difference', 'right', (result) => newestOf(result)?.difference ?? ''),
  ];
  return printTable({ keys, groups: [group], footer: 0 }, width);
}

function notRun(result: ReconciliationResult): string {
  return `  ${nameOf(result)} beside ${besideOf(result)}: ${result.reason ?? 'no reason given'}`;
}

function nameOf({ kpi, level }: ReconciliationResult): string {
  return `${lastName(kpi)} by ${level}`;
}

function besideOf({ against }: ReconciliationResult): string {
  return against === 'source_total' ? "the source's own" : lastName(against);
}

function lastName(id: string): string {
  return id.split('.').at(-1) ?? id;
}

type Difference = ReconciliationResult['differences'][number];

function newestOf({ differences }: ReconciliationResult): Difference | undefined {
  return differences.reduce<Difference | undefined>(
    (latest, one) => (latest === undefined || one.period > latest.period ? one : latest),
    undefined,
  );
}
