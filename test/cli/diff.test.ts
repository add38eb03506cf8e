import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MiniRoot, miniRoot } from '../support/miniRoot.ts';

const header = 'Omraade,Maaned,Koen,Ydelse,Personer\n';
const releases = [
  '101,2026M01,1,kontanthjælp,10\n751,2026M01,1,kontanthjælp,30\n400,2026M01,1,kontanthjælp,5\n851,2026M01,1,kontanthjælp,5\n',
  '101,2026M01,1,kontanthjælp,12\n751,2026M01,1,kontanthjælp,29\n400,2026M01,1,kontanthjælp,5\n851,2026M01,1,kontanthjælp,5\n101,2026M02,1,kontanthjælp,11\n751,2026M02,1,kontanthjælp,1\n400,2026M02,1,kontanthjælp,5\n851,2026M02,1,kontanthjælp,5\n',
];

async function published(): Promise<MiniRoot> {
  const mini = miniRoot();
  for (const [at, text] of releases.entries()) {
    const file = `data/deliveries/ledighed_${at + 1}.csv`;
    mini.write(file, header + text);
    mini.write(`${file}.receipt.yaml`, `received: "2026-0${at + 3}-01T08:00:00Z"\nsender: STAR\n`);
  }
  expect((await mini.flis(['publish', 'arbejde'])).code).toBe(0);
  return mini;
}

describe('flis diff', () => {
  it('tells a person of the last two editions what moved, why, where, and what is new', async () => {
    const mini = await published();
    const { code, output } = await mini.flis(['diff', 'arbejde', '--kpi', 'ledige'], { columns: 80 });
    expect(code).toBe(0);
    expect(output.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(output).toMatch(/^Work · 2026M01-1-\w+ → 2026M02-1-\w+\n/);
    expect(output).toMatch(/A {2}ledighed_2\.csv \(STAR 2026-04-01\): rows changed +2\n/);
    expect(output).toMatch(/B {2}New period: 2026M02 +4\n/);
    expect(output).toMatch(/Unemployed +2 +4 +2026M01 +51 +\+1 +A \+1\n/);
    expect(output).toMatch(/Unemployed +Copenhagen +2026M01 +10 +12 +\+2 +A \+2\n/);
    expect(output).toMatch(/not delivered → a number +4 +2026M02 +B\n/);
  }, 60_000);

  it('gives files every figure with its parts, filtered where a filter is given', async () => {
    const mini = await published();
    const question = ['diff', 'arbejde', '1', '2', '--kpi', 'ledige'];
    const { output } = await mini.flis([...question, '--where', 'kommune == "751"', '--format', 'csv']);
    const [names = '', ...lines] = output.trimEnd().split('\n');
    const rows = lines.map((line) =>
      Object.fromEntries(names.split(',').map((name, at) => [name, line.split(',')[at]])),
    );
    const kept = rows.filter(
      ({ kind, by, period }) => kind === 'kpi' && by === 'kommune' && period === '2026M01',
    );
    expect(
      kept.map(({ kommune, change, before, after, difference, causes }) => [
        kommune,
        change,
        before,
        after,
        difference,
        causes,
      ]),
    ).toEqual([['751', 'moved', '30', '29', '-1', 'delivery-2-changed']]);
    expect(kept[0]?.['part_delivery-2-changed']).toBe('-1');
    expect(new Set(rows.map(({ kommune }) => kommune))).toEqual(new Set(['751']));
    const all = await mini.flis([...question, '--all', '--format', 'csv']);
    expect(all.output).toMatch(/^kpi,beskaeftigelse\.ledige,ledige,person,landsdel,maaned,2026M01,/m);
    expect(output).not.toMatch(/,landsdel,maaned,/);
    const json = JSON.parse((await mini.flis([...question, '--format', 'json'])).output);
    expect(json.summary.kpis).toMatchObject([
      { id: 'beskaeftigelse.ledige', moved: 2, new: 4, gone: 0, status: 0 },
    ]);
    const page = await mini.flis([...question, '--format', 'html', '--to', 'revision.html']);
    expect(page.output).toBe('wrote revision.html\n');
    const written = readFileSync(join(mini.root, 'revision.html'), 'utf8');
    expect(written).toContain('<table class="triangle">');
    expect(written).toContain('ledighed_2.csv (STAR 2026-04-01): rettede rækker');
    const parquet = await mini.flis([...question, '--format', 'parquet', '--to', 'revision.parquet']);
    expect([
      parquet.code,
      readFileSync(join(mini.root, 'revision.parquet')).subarray(0, 4).toString(),
    ]).toEqual([0, 'PAR1']);
  }, 60_000);

  it('refuses names that nobody has, and what is not for a terminal', async () => {
    const mini = await published();
    const unknown = await mini.flis(['diff', 'arbejde', '--kpi', 'ledge']);
    expect([unknown.code, unknown.output]).toEqual([1, '']);
    expect(unknown.errors).toContain('did you mean "ledige"?');
    const level = await mini.flis(['diff', 'arbejde', '--kpi', 'ledige', '--where', 'komune == "101"']);
    expect([level.code, level.output]).toEqual([1, '']);
    expect(level.errors).toContain('did you mean "kommune"?');
    const page = await mini.flis(['diff', 'arbejde', '--format', 'html'], { columns: 80 });
    expect([page.code, page.errors]).toEqual([
      2,
      'error: --format html is not for a terminal: add --to revision.html.\n',
    ]);
  }, 60_000);
});
