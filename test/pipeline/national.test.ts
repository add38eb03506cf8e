import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { ingest, synthesizeNational } from '../../src/index.ts';
import { soundValue } from '../support/published.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';
import { bundledModel } from '../workspace/bundled.ts';

const root = bundledWorkspace({ deliveries: false, keep: true });
const folders = [root];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const calm: Omit<Parameters<typeof synthesizeNational>[1], 'to'> = {
  scale: 0.001,
  months: 1,
  until: '2026M01',
  seed: 1,
  domains: null,
  accounts: null,
  faults: false,
  threads: 2,
};

async function made(wish: Partial<typeof calm> = {}) {
  const to = mkdtempSync(join(tmpdir(), 'flis-made-'));
  folders.push(to);
  return { to, files: soundValue(await synthesizeNational(outsideOf(root), { ...calm, ...wish, to })) };
}

async function said(wish: object): Promise<readonly string[]> {
  const to = join(root, 'never');
  const { diagnostics } = await synthesizeNational(outsideOf(root), { ...calm, ...wish, to });
  expect(existsSync(to)).toBe(false);
  return diagnostics.map(({ code, span, hint }) => `${code} ${span?.file} ${hint ?? ''}`);
}

/** What a file of these faults must lose, worked out from its rows by hand. */
async function rowsThatMustGo(
  path: string,
  key: readonly string[],
  unknown: readonly string[],
): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const bad = ['false', ...unknown.map((column) => `"${column}"::varchar = 'X99'`)].join(' or ');
  const result = await connection.runAndReadAll(
    `select count(*) from (select *, count(*) over (partition by ${key.map((column) => `"${column}"`).join(', ')}) as times from '${path}')
     where times > 1 or (${bad})`,
  );
  instance.closeSync();
  return Number(result.getRowsJS()[0]?.[0]);
}

describe('a made-up country', () => {
  it('is taken by the contracts row for row, every file as synthetic', async () => {
    const { files } = await made();
    expect(files).toHaveLength(19);
    const receipts = soundValue(
      await ingest(
        outsideOf(root),
        files.map(({ file }) => file),
        { source: null, received: null },
      ),
    );
    expect(receipts.map(({ verdict }) => verdict)).toEqual(files.map(() => 'accepted'));
    const taken = receipts.flatMap(({ sources }) => sources);
    expect(taken.map(({ refused }) => refused)).toEqual(files.map(() => 0));
    expect(taken.map(({ rows }) => rows)).toEqual(files.map(({ rows }) => rows));
    expect(receipts.every(({ synthetic }) => synthetic)).toBe(true);
  }, 120_000);

  it('loses the rows that were made wrong, and no others', async () => {
    const { to, files } = await made({
      months: 3,
      faults: true,
      seed: 5,
      domains: ['borger', 'skole', 'ubu'],
    });
    const list = JSON.parse(readFileSync(join(to, 'README-faults.json'), 'utf8')) as {
      readonly faults: readonly { readonly file: string; readonly kind: string; readonly rows?: number }[];
    };
    const kinds = new Set(list.faults.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(['duplicate_key', 'empty_role', 'missing_kommuner', 'unknown_code']),
    );
    const { value: model } = await bundledModel();
    const receipts = soundValue(
      await ingest(
        outsideOf(root),
        files.map(({ file }) => file),
        { source: null, received: null },
      ),
    );
    let refused = 0;
    for (const [at, { sources }] of receipts.entries()) {
      const [taken] = sources;
      const source = model?.sources[taken?.source ?? ''];
      const unknown = (source?.columns ?? []).flatMap(({ kind, name }) => (kind === 'code' ? [name] : []));
      const expected = await rowsThatMustGo(files[at]?.file ?? '', source?.key ?? [], unknown);
      expect(taken?.refused, files[at]?.file).toBe(expected);
      refused += expected;
    }
    expect(refused).toBeGreaterThan(10);
  }, 120_000);

  it('writes the same faults again, and lists them beside the deliveries', async () => {
    const wish = { faults: true, months: 2, domains: ['voksenhandicap', 'oekonomi'] };
    const [first, second] = [await made(wish), await made(wish)];
    const names = readdirSync(first.to).sort();
    expect(readdirSync(second.to).sort()).toEqual(names);
    expect(names).toContain('README-faults.json');
    for (const name of names)
      expect(readFileSync(join(second.to, name)).equals(readFileSync(join(first.to, name))), name).toBe(true);
  }, 60_000);

  it('posts on the accounts of a list', async () => {
    const accounts = join(root, 'accounts.csv');
    writeFileSync(
      accounts,
      'funktion_kode,hovedkonto,hovedfunktion,funktion,dranst,gruppering,art_kode,hovedart,art_suffix,antal_alias\n32201,3,22,01,1,001,100,1,,5\n2820,0,28,20,1,999,790,7,,1\n',
    );
    const { files } = await made({ scale: 0.02, domains: ['oekonomi'], accounts });
    const postings = files.find(({ file }) => file.includes('posteringer'))?.file ?? '';
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const result = await connection.runAndReadAll(
      `select funktion, art, sum(beloeb) < 0 from '${postings}' group by all order by 1`,
    );
    instance.closeSync();
    expect(result.getRowsJS()).toEqual([
      ['02820', '79', true],
      ['32201', '10', false],
    ]);
  }, 60_000);

  it('says what cannot be made up, before anything is written', async () => {
    expect(await said({ until: '2026-07' })).toEqual([
      'bad-period --until write it like 2026M07; the months lie from 2007M08 to 2039M10',
    ]);
    expect(await said({ until: '2007M03' })).toHaveLength(1);
    expect(await said({ domains: ['borger', 'skoler'] })).toEqual([
      'unknown-shape --domains did you mean "skole"?',
    ]);
    expect(await said({ accounts: join(root, 'nowhere.csv') })).toEqual(['no-such-file --accounts ']);
  });
});
