import { describe, expect, it } from 'vitest';
import { type MiniRoot, miniRoot } from '../support/miniRoot.ts';

const months = ['2025M11', '2025M12', '2026M01', '2026M02'];

async function published(rule: string): Promise<MiniRoot> {
  const mini = miniRoot();
  mini.edit('cubes/arbejde.yaml', 'wait_for: [star.ledighed]\n', `wait_for: [star.ledighed]\n${rule}`);
  const write = (name: string, text: string) => {
    mini.write(`data/deliveries/${name}`, text);
    mini.write(`data/deliveries/${name}.receipt.yaml`, 'received: "2026-03-01T08:00:00Z"\n');
  };
  const kommuner = ['101', '400', '751', '851'];
  const rows = months.flatMap((month) => kommuner.map((code) => `${code},${month},1,kontanthjælp,25\n`));
  write('ledighed_1.csv', `Omraade,Maaned,Koen,Ydelse,Personer\n${rows.join('')}`);
  const people = ['2025', '2026'].flatMap((year) => kommuner.map((code) => `${code},${year},1000\n`));
  write('folketal_1.csv', `KOMMUNE,AAR,PERSONER\n${people.join('')}`);
  const { errors } = await mini.flis(['publish', 'arbejde']);
  expect(errors).not.toContain('error[');
  return mini;
}

/** Members, status and flags of each row. */
async function flagsOf(mini: MiniRoot, kpi: string, by: string): Promise<readonly string[]> {
  const question = ['--kpi', kpi, '--by', by, '--flags', '--format', 'csv'];
  const [names = '', ...lines] = (await mini.flis(['query', 'arbejde', ...question])).output
    .trimEnd()
    .split('\n');
  const shown = names.split(',').map((name) => by.split(',').includes(name) || /_(status|flags)$/.test(name));
  return lines.map((line) =>
    line
      .split(',')
      .filter((text, at) => shown[at] && text !== '')
      .join(' '),
  );
}

describe('preliminary figures', () => {
  it('are those of the newest periods of a source, and what is made of them', async () => {
    const mini = await published('preliminary: { periods: 0, sources: { star.ledighed: 2 } }\n');
    expect(await flagsOf(mini, 'ledige', 'maaned')).toEqual([
      '2025M11 ok',
      '2025M12 ok',
      '2026M01 ok preliminary',
      '2026M02 ok preliminary',
    ]);
    // The population is final, and a figure of both is as preliminary as the unemployed.
    expect(await flagsOf(mini, 'folketal', 'aar')).toEqual(['2025 ok', '2026 ok']);
    expect(
      (await flagsOf(mini, 'ledige_pr_1000', 'maaned')).map((text) => text.includes('preliminary')),
    ).toEqual([false, false, true, true]);
  });

  it('are figures of a longer period that one of them lies in', async () => {
    const mini = await published('preliminary: { periods: 3, sources: { dst.folketal: 1 } }\n');
    const told = (await flagsOf(mini, 'ledige', 'kvartal')).map((text) => text.split(' '));
    expect(told.map(([period, , ...flags]) => [period, flags.includes('preliminary')])).toEqual([
      ['2025K4', true],
      ['2026K1', true],
    ]);
    expect(await flagsOf(mini, 'folketal', 'aar')).toEqual(['2025 ok', '2026 ok preliminary']);
  });

  it('are none where nobody has said so, and change no value and no status', async () => {
    const [with_, without] = [await published('preliminary: { periods: 2 }\n'), await published('')];
    for (const kpi of ['ledige', 'ledige_pr_1000', 'folketal'])
      for (const by of ['kommune,maaned', 'region,aar', 'land,kvartal', 'koen,maaned']) {
        const asked = async (mini: MiniRoot) =>
          (
            await mini.flis([
              'query',
              'arbejde',
              '--kpi',
              kpi,
              '--by',
              by,
              '--decimals',
              '9',
              '--format',
              'csv',
            ])
          ).output;
        expect(await asked(with_)).toBe(await asked(without));
      }
    expect((await flagsOf(without, 'ledige', 'maaned')).join()).not.toContain('preliminary');
  });
});

describe('revised figures', () => {
  const second = async (mini: MiniRoot, changes: Readonly<Record<string, number>>) => {
    const kommuner = ['101', '400', '751', '851'];
    const rows = [...months, '2026M03'].flatMap((month) =>
      kommuner.map((code) => `${code},${month},1,kontanthjælp,${changes[`${code} ${month}`] ?? 25}\n`),
    );
    mini.write('data/deliveries/ledighed_2.csv', `Omraade,Maaned,Koen,Ydelse,Personer\n${rows.join('')}`);
    mini.write('data/deliveries/ledighed_2.csv.receipt.yaml', 'received: "2026-04-01T08:00:00Z"\n');
    const { errors } = await mini.flis(['publish', 'arbejde']);
    expect(errors).not.toContain('error[');
  };

  it('are those that were final in the edition before and are another number now', async () => {
    const mini = await published('preliminary: { periods: 0, sources: { star.ledighed: 2 } }\n');
    expect((await flagsOf(mini, 'ledige', 'maaned')).join()).not.toContain('revised');
    await second(mini, { '101 2025M12': 26, '400 2026M01': 24 });
    expect(await flagsOf(mini, 'ledige', 'maaned')).toEqual([
      '2025M11 ok',
      '2025M12 ok revised',
      // It was preliminary when it moved, and is final from now on.
      '2026M01 ok',
      '2026M02 ok preliminary',
      '2026M03 ok preliminary',
    ]);
    expect(
      (await flagsOf(mini, 'ledige', 'kommune,maaned')).filter((line) => line.includes('revised')),
    ).toEqual(['101 2025M12 ok revised']);
  });

  it('are none where a cube does not say what is final', async () => {
    const mini = await published('');
    await second(mini, { '101 2025M12': 26 });
    expect((await flagsOf(mini, 'ledige', 'maaned')).join()).not.toContain('revised');
  });
});
