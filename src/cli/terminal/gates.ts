import type { EditionManifest, GateResult } from '../../catalog/types.ts';
import { printTexts } from './text.ts';
import { paragraph } from './wrap.ts';

const words: Readonly<Record<GateResult['outcome'], string>> = {
  passed: 'passed',
  warned: 'WARNED',
  blocked: 'BLOCKED',
  not_run: 'not run',
};

/** What the gates of one version say: a line each, and under the table what was found. */
export function printGates(title: string, gates: readonly GateResult[], width: number): string {
  if (gates.length === 0) return '';
  const rows = gates.map(({ id, outcome, counts }) => [
    id,
    words[outcome],
    counts.compared === 0 ? '' : String(counts.compared),
    counts.failed === 0 ? '' : String(counts.failed),
  ]);
  const columns = [
    { header: 'gate' },
    { header: 'outcome' },
    { header: 'looked at', align: 'right' },
    { header: 'failed', align: 'right' },
  ] as const;
  const found = gates.filter(({ outcome }) => outcome !== 'passed');
  return [
    `\n${title}: gates\n`,
    printTexts(columns, rows, width),
    ...found.flatMap(({ id, text }) => paragraph(`  ${id}: ${text}`, width)).map((line) => `${line}\n`),
  ].join('');
}

/** Who published what a gate had stopped, and why. */
export function printApprovals({ approvals = [] }: EditionManifest, width: number): string {
  return approvals
    .flatMap(({ gate, by, reason, at }) =>
      paragraph(`  ${gate} was approved by ${by}, ${at.slice(0, 10)}: ${reason}`, width),
    )
    .map((line) => `${line}\n`)
    .join('');
}
