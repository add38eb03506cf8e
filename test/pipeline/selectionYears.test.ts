import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish, query } from '../../src/pipeline.ts';
import { accountsKpi, accountWorkspace, selectionFile } from '../support/accounts.ts';
import { outsideOf } from '../support/workspace.ts';

const from2026 = 'lists: [{ valid_from: "2026", rules: [{ codes: { dranst: "1" } }] }]';
const kpi = accountsKpi('drift', 't.drift');
const files = [
  ...accountWorkspace,
  selectionFile('t.drift', from2026),
  {
    ...kpi,
    text: kpi.text
      .replace('valid_from: "2016"', 'valid_from: "2026"')
      .replace('formula: beloeb', 'formula: beloeb - lag(beloeb, 1)'),
  },
  {
    file: 'cubes/drift.yaml',
    text: 'cube: drift\nlabel: { da: Drift, en: Operation }\nkpis: [oekonomi.drift]\ndimensions: [kommune]\nwait_for: [oekonomi.posteringer]\n',
  },
];
const postings = (['2025M12', '2026M01', '2026M02'] as const)
  .flatMap((period, at) =>
    ['101', '751', '851'].map((kommune) => `${kommune},${period},02201,1,001,10,${at + 1}00.00`),
  )
  .join('\n');

let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flis-years-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const { file, text } of files) write(file, text);
  write('data/deliveries/posteringer_1.csv', `K,P,F,D,G,A,B\n${postings}\n`);
  const { diagnostics } = await publish(outsideOf(root), { cubes: [], period: null, dryRun: false });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ask = async (by: readonly string[], period: string) => {
  const { value } = await query(
    outsideOf(root),
    { cube: 'drift', kpis: ['drift'], by: [...by], period },
    null,
  );
  return value?.rows.map(({ members, cells }) => [
    ...members,
    cells[0]?.status,
    cells[0]?.value && Number(cells[0].value.numerator),
  ]);
};

describe('a figure that reaches a year of which a selection has no list', () => {
  it('has no number, since nothing was selected there', async () => {
    expect(await ask([], '2026M01')).toEqual([['not_applicable', null]]);
    expect(await ask(['kommune'], '2026M01')).toEqual([
      ['101', 'not_applicable', null],
      ['751', 'not_applicable', null],
      ['851', 'not_applicable', null],
    ]);
  });

  it('is a number where all that it reaches is listed', async () => {
    expect(await ask([], '2026M02')).toEqual([['ok', 300]]);
  });
});
