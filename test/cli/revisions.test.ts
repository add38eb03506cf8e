import { describe, expect, it } from 'vitest';
import { miniRoot } from '../support/miniRoot.ts';

const header = 'Omraade,Maaned,Koen,Ydelse,Personer\n';
const kommuner = ['101', '400', '751', '851'] as const;

/** A release of a figure for each month and kommune, the country's own sum not in it. */
const release = (months: Readonly<Record<string, readonly [number, number, number, number]>>) =>
  header +
  Object.entries(months)
    .flatMap(([month, figures]) =>
      figures.map((figure, at) => `${kommuner[at]},${month},1,kontanthjælp,${figure}\n`),
    )
    .join('');

async function published(...releases: readonly string[]) {
  const mini = miniRoot();
  for (const [at, text] of releases.entries()) {
    const file = `data/deliveries/ledighed_${at + 1}.csv`;
    mini.write(file, text);
    mini.write(`${file}.receipt.yaml`, `received: "2026-0${at + 3}-01T08:00:00Z"\n`);
  }
  const { code, errors } = await mini.flis(['publish', 'arbejde']);
  expect(errors).not.toContain('error[');
  expect(code).toBe(0);
  return mini;
}

const twice = () =>
  published(
    release({ '2026M01': [10, 20, 30, 40], '2026M02': [11, 21, 31, 41] }),
    release({ '2026M01': [10, 20, 35, 40], '2026M02': [11, 21, 31, 41], '2026M03': [1, 2, 3, 4] }),
  );

describe('flis revisions', () => {
  it('shows the country month by month and edition by edition, and how far each figure came', async () => {
    const mini = await twice();
    const { code, output } = await mini.flis(['revisions', 'arbejde', '--kpi', 'ledige'], { columns: 80 });
    expect(code).toBe(0);
    expect(output).toBe(`\
Work · Unemployed (person) · 2 editions · newest structure (as-is)

                           2026M02-1   2026M03-1
All Denmark      Month    2026-08-19  2026-08-19  revision   pct.
─────────────────────────────────────────────────────────────────
000 All Denmark  2026M01         100       105 ▲        +5  +5.00
000 All Denmark  2026M02         104       104           0   0.00
000 All Denmark  2026M03                    10

Marks: ▲ = higher than before
Revised: 1 of 3 figures; most: 000 All Denmark 2026M01, 100 → 105.
`);
    const moved = await mini.flis(['revisions', 'arbejde', '--kpi', 'ledige', '--moved'], { columns: 80 });
    expect(moved.output).toContain('000 All Denmark  2026M01');
    expect(moved.output).not.toContain('000 All Denmark  2026M02');
  });

  it('gives files a line for each figure and edition, as each of them answers alone', async () => {
    const mini = await twice();
    const question = ['arbejde', '--kpi', 'ledige', '--by', 'kommune,maaned'];
    const { output } = await mini.flis(['revisions', ...question, '--format', 'csv']);
    const [names, ...lines] = output.trimEnd().split('\n');
    expect(names).toBe('kpi,kommune,maaned,edition,number,published_at,value,status,flags,moved');
    const told = lines.map((line) => line.split(','));
    expect(told.filter((line) => line[9] !== '' && line[9] !== '0').map((line) => line.join())).toEqual([
      expect.stringMatching(/^ledige,751,2026M01,2026M03-1-\w+,2,[^,]+,35,ok,,5$/),
    ]);
    for (const number of ['1', '2']) {
      const alone = await mini.flis(['query', ...question, '--edition', number, '--format', 'csv']);
      expect(
        told.filter((line) => line[4] === number).map((line) => [line[1], line[2], line[6], line[7]]),
      ).toEqual(
        alone.output
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')),
      );
    }
    const json = await mini.flis(['revisions', ...question, '--format', 'json']);
    const [triangle] = JSON.parse(json.output);
    expect(triangle.editions.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
    expect(triangle.rows[0].cells.map(({ value }: { value: number }) => value)).toEqual([10, 10]);
  });

  it('refuses what no edition can be asked, and leaves one silent that knows nothing of it', async () => {
    const mini = await twice();
    const unknown = await mini.flis(['revisions', 'arbejde', '--kpi', 'ledge']);
    expect([unknown.code, unknown.output]).toEqual([1, '']);
    expect(unknown.errors).toContain('did you mean "ledige"?');
    const named = 'kpi-definitions/beskaeftigelse/ledige.yaml';
    mini.write(
      'kpi-definitions/beskaeftigelse/maend.yaml',
      mini
        .read(named)
        .replace('beskaeftigelse.ledige', 'beskaeftigelse.maend')
        .replaceAll('ledige:', 'maend:')
        .replace('formula: ledige', 'formula: maend'),
    );
    mini.edit('cubes/arbejde.yaml', 'kpis: [ledige,', 'kpis: [ledige, maend,');
    expect((await mini.flis(['publish', 'arbejde'])).errors).toBe('');
    const { code, output } = await mini.flis(['revisions', 'arbejde', '--kpi', 'maend', '--last', '2'], {
      columns: 80,
    });
    expect(code).toBe(0);
    expect(output).toContain('· 2 editions ·');
    expect(output).toMatch(/2026M03-1-\w+: There is no KPI named "maend" in the cube "arbejde"\./);
  });
});
