import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { accounts } from '../../src/pipeline/accounts.ts';
import { check, ingest } from '../../src/pipeline.ts';
import { accountWorkspace, partitionFile, selectionFile } from '../support/accounts.ts';
import { ran } from '../support/surroundings.ts';
import { outsideOf } from '../support/workspace.ts';

const files: readonly DefinitionFile[] = [
  ...accountWorkspace,
  selectionFile('t.drift', 'rules: [{ codes: { dranst: ["1", "2"] } }]'),
  selectionFile('t.jord', 'rules: [{ codes: { dranst: ["1", "2"], funktion: ["0.22.*", "6.25.71"] } }]'),
  selectionFile(
    't.andet',
    'rules: [{ codes: { dranst: ["1", "2"], funktion: ["0.25.19..5.32.30", "65272", "7.*", "uoplyst"] } }]',
  ),
  partitionFile('t.alt', 'of: t.drift\nparts: [t.jord, t.andet]'),
];

const postings = `K,P,F,D,G,A,B
101,2025M01,02201,1,001,10,100.50
101,2025M02,02201,1,001,10,-0.25
751,2025M02,32201,2,005,52,7.00
751,2026M01,02201,1,001,10,1.00
851,2026M01,62571,1,002,22,5.00
851,2026M01,99999,3,999,22,9.00
`;

let root = '';
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flis-accounts-'));
  for (const { file, text } of files) write(file, text);
  mkdirSync(join(root, 'cubes'));
  write('data/deliveries/posteringer_1.csv', postings);
  const path = join(root, 'data/deliveries/posteringer_1.csv');
  const outcome = await ingest(outsideOf(root), [path], { source: null, received: '2026-02-01T00:00:00Z' });
  expect(outcome.value?.map(({ verdict }) => verdict)).toEqual(['accepted']);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const report = async (id: string, year: string | null = null, source: string | null = null) => {
  const { value, diagnostics } = await accounts(outsideOf(root), id, { year, source });
  return value ?? diagnostics.map(({ code, hint }) => [code, hint]);
};

describe('the accounts of a selection', () => {
  it('are those that occur, year by year, and the codes that never do', async () => {
    expect(await report('jord')).toEqual({
      id: 't.jord',
      dimensions: ['dranst', 'funktion'],
      amounts: [{ name: 'beloeb', decimals: 2 }],
      lines: [
        line('2025', 'not_selected', ['2', '32201'], 1, 700n),
        line('2025', 'selected', ['1', '02201'], 2, 10025n),
        line('2026', 'not_selected', ['3', 'uoplyst'], 1, 900n),
        line('2026', 'selected', ['1', '02201'], 1, 100n),
        line('2026', 'selected', ['1', '62571'], 1, 500n),
        unused(['2', null]),
        unused([null, '02205']),
      ],
    });
  });

  it('may be asked for one year', async () => {
    expect(await report('t.jord', '2025')).toMatchObject({
      lines: [
        line('2025', 'not_selected', ['2', '32201'], 1, 700n),
        line('2025', 'selected', ['1', '02201'], 2, 10025n),
        unused(['2', null]),
        unused([null, '02205']),
        unused([null, '62571']),
      ],
    });
  });

  it('are asked of a selection and a source that are there', async () => {
    expect(await report('t.jrod')).toEqual([['unknown-selection', 'did you mean "t.jord"?']]);
    expect(await report('jord', null, 'oekonomi.postering')).toEqual([
      ['unknown-source', 'did you mean "oekonomi.posteringer"?'],
    ]);
  });
});

const line = (year: string, part: string, codes: readonly string[], rows: number, amount: bigint) => ({
  source: 'oekonomi.posteringer',
  year,
  part,
  codes,
  rows,
  amounts: [amount],
});
const unused = (codes: readonly (string | null)[]) => ({
  source: null,
  year: null,
  part: 'unused',
  codes,
  rows: 0,
  amounts: [null],
});

describe('a partition', () => {
  it('is told part by part', async () => {
    expect(await report('t.alt')).toMatchObject({
      lines: [
        line('2025', 't.andet', ['2', '32201'], 1, 700n),
        line('2025', 't.jord', ['1', '02201'], 2, 10025n),
        line('2026', 'outside', ['3', 'uoplyst'], 1, 900n),
        line('2026', 't.jord', ['1', '02201'], 1, 100n),
        line('2026', 't.jord', ['1', '62571'], 1, 500n),
      ],
    });
  });

  it('is proved against what the snapshots hold, which may be older than the code lists', async () => {
    expect((await check(outsideOf(root), [])).diagnostics).toEqual([]);
    const funktion = accountWorkspace.find(
      ({ file }) => file.endsWith('/funktion.yaml') && file.startsWith('data'),
    );
    if (!funktion) throw new Error('the workspace has its chart of accounts');
    write(funktion.file, funktion.text.replace(/.*"02201".*\n/, ''));
    const { diagnostics, texts } = await check(outsideOf(root), []);
    expect(
      diagnostics.map(({ code, message, span }) => [
        code,
        message,
        span && texts.get(span.file)?.slice(span.start, span.end),
      ]),
    ).toEqual([
      [
        'parts-leave-out',
        '"oekonomi.posteringer" holds dranst 1, funktion 02201 in 2025M01, and 2 more: no part selects it.',
        'parts',
      ],
    ]);
    write(funktion.file, funktion.text);
  });
});

describe('flis accounts', () => {
  it('prints sums of the parts, and the codes that are never used', async () => {
    const { output, code } = await ran(['accounts', 't.jord', '--root', root, '--locale', 'en'], {
      pipeline: { accounts },
    });
    expect(code).toBe(0);
    expect(output).toContain('2025  selected');
    expect(output).toContain('100.25');
    expect(output).toContain('funktion: 02205');
  });

  it('writes every account as CSV', async () => {
    const { output } = await ran(['accounts', 't.alt', '--year', '2026', '--format', 'csv', '--root', root], {
      pipeline: { accounts },
    });
    expect(output).toBe(`source,year,part,dranst,funktion,rows,beloeb
oekonomi.posteringer,2026,outside,3,uoplyst,1,9
oekonomi.posteringer,2026,t.jord,1,02201,1,1
oekonomi.posteringer,2026,t.jord,1,62571,1,5
`);
  });

  it('says where nothing is held yet', async () => {
    const nothing = { id: 't.jord', dimensions: [], amounts: [], lines: [] };
    const { output } = await ran(['accounts', 't.jord', '--root', root], {
      pipeline: { accounts: async () => ({ value: nothing, diagnostics: [], texts: new Map() }) },
    });
    expect(output).toContain('holds anything yet');
  });
});
