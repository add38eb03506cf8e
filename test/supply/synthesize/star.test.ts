import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { synthesizeStar } from '../../../src/supply/synthesize/star.ts';
import { kommuner } from './kommuner.ts';

/** `kommune;datasaet;maaletal;periode` to the value as written. */
type Cells = ReadonlyMap<string, string>;

const deliveries = synthesizeStar({ releases: 3, kommuner: kommuner() });
const linesOf = (text: string) => text.trimEnd().split('\n').slice(1);

function cellsOf(text: string): Cells {
  return new Map(
    linesOf(text).map((line) => {
      const [code = '', , datasaet, maaletal, periode, value = ''] = line.split(';');
      return [`${code === '""' ? 'none' : code};${datasaet};${maaletal};${periode}`, value];
    }),
  );
}

/** `datasaet;maaletal;periode` to the sum of what is shown of the kommuner. */
function sumsOf(of: Cells): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [key, value] of of) {
    if (key.startsWith('000') || key.startsWith('none')) continue;
    const what = key.slice(4);
    sums.set(what, (sums.get(what) ?? 0) + Number(value));
  }
  return sums;
}

const cells: readonly Cells[] = deliveries.map((delivery) => cellsOf(delivery.text));
const release = (number: number): Cells => cells[number - 1] ?? new Map();
const matching = (of: Cells, pattern: RegExp) => [...of].filter(([key]) => pattern.test(key));
const datasetsOf = (of: Cells) => [...new Set([...of.keys()].map((key) => key.split(';')[1]))].sort();

describe('synthesizeStar', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const few = kommuner().slice(0, 5);
    const text = (seed: number) =>
      synthesizeStar({ releases: 2, seed, kommuner: few }).map(({ text }) => text);
    expect(text(1)).toEqual(text(1));
    expect(text(1)).not.toEqual(text(2));
  });

  it('does not change the first releases when more are asked for', () => {
    const few = kommuner().slice(0, 5);
    const more = synthesizeStar({ releases: 5, kommuner: few });
    expect(more.slice(0, 2)).toEqual(synthesizeStar({ releases: 2, kommuner: few }));
    expect(more.map(({ fileName }) => fileName).at(-1)).toBe('star_jobindsats_syntetisk_release5.csv');
  });

  it('marks every row and every receipt as made up', () => {
    for (const { text, receipt } of deliveries) {
      expect(linesOf(text).filter((line) => !line.split(';')[1]?.endsWith(' (syntetisk)'))).toEqual([]);
      expect(parse(receipt)).toMatchObject({
        synthetic: true,
        received: expect.stringMatching(/^2026-\d\d-19T/),
      });
    }
  });

  it('has the columns, the datasets and the maaletal of the real deliveries', () => {
    expect(deliveries.map(({ text }) => text.slice(0, text.indexOf('\n')))).toEqual(
      Array(3).fill('kommune_kode;kommune_navn;datasaet;maaletal;periode;vaerdi'),
    );
    expect(datasetsOf(release(1))).toEqual(['longterm', 'unemployment']);
    expect(datasetsOf(release(3))).toEqual([
      'activation',
      'cashAssistance',
      'cashVisitation:Aktivitetsparat',
      'cashVisitation:Jobparat',
      'cashVisitation:Uddannelsesparat',
      'cashVisitation:Uoplyst',
      'cashVisitation:Åbenlys uddannelsesparat',
      'longterm',
      'offers:Løntilskud',
      'offers:Nytteindsats',
      'offers:Særligt tilrettelagt nytteindsats',
      'offers:Vejledning og opkvalificering',
      'offers:Virksomhedspraktik',
      'ordinaryHours',
      'unemployment',
    ]);
    expect(matching(release(3), /^101;.*;2026M0[67]$/).map(([key]) => key.slice(4))).toContain(
      'ordinaryHours;share;2026M06',
    );
  });

  it('writes each row once', () => {
    deliveries.forEach(({ text }, index) => {
      expect(cells[index]?.size).toBe(linesOf(text).length);
    });
  });

  it('rolls a window of 60 months: with the second release one month comes and one goes', () => {
    const months = (number: number) =>
      matching(release(number), /^101;unemployment;total;/).map(([key]) => key.slice(-7));
    expect(months(1)).toHaveLength(60);
    expect([months(1)[0], months(1).at(-1)]).toEqual(['2021M07', '2026M06']);
    expect(months(2)).toEqual([...months(1).slice(1), '2026M07']);
    expect(months(3)).toEqual(months(2));
  });

  it('revises about 3.5 per cent of the cells of both releases, most in the newest month, none outside unemployment', () => {
    const both = [...release(1)].filter(([key]) => release(2).has(key));
    const changed = both.filter(([key, value]) => release(2).get(key) !== value).map(([key]) => key);
    expect(changed.length / both.length).toBeGreaterThan(0.03);
    expect(changed.length / both.length).toBeLessThan(0.042);
    expect(changed.filter((key) => !key.includes(';unemployment;'))).toEqual([]);
    const inMonth = (month: string) => changed.filter((key) => key.endsWith(month)).length;
    expect(inMonth('2026M06')).toBeGreaterThan(inMonth('2026M05'));
    expect(inMonth('2026M05')).toBeGreaterThan(inMonth('2024M05'));
    expect(changed.some((key) => key.endsWith('2021M08') || key.endsWith('2021M09'))).toBe(true);
  });

  it('adds datasets with the third release and changes nothing that the second said', () => {
    const both = [...release(2)].filter(([key]) => release(3).has(key));
    expect(both.filter(([key, value]) => release(3).get(key) !== value)).toEqual([]);
    expect(release(3).size).toBeGreaterThan(release(2).size * 2);
  });

  it('hides counts below 3 and publishes 3 itself', () => {
    const counts = matching(
      release(3),
      /;(total|dagpenge|kontanthjaelp|persons|fullTime|activated|courses);/,
    );
    const shown = counts.map(([, value]) => value).filter((value) => value !== '');
    expect(Math.min(...shown.map(Number))).toBe(3);
    expect(counts.length - shown.length).toBeGreaterThan(50);
    expect(shown.every((value) => /^\d+\.0$/.test(value))).toBe(true);
  });

  it('leaves out the rows of small kommuner in some months of the long-term unemployed', () => {
    const rows = matching(release(1), /^(?!000)\d{3};longterm;total;/);
    expect(rows.length).toBeLessThan(98 * 36);
    expect(matching(release(1), /^(?!000)\d{3};longterm;total;2026M06$/).length).toBeLessThan(98);
    expect(rows.every(([, value]) => value !== '')).toBe(true);
  });

  it('has rows without a kommune code in the first two releases, with no rates', () => {
    expect(deliveries[0]?.text).toContain('\n"";Uoplyst område (syntetisk);unemployment;total;2026M06;');
    for (const number of [1, 2]) {
      expect(matching(release(number), /^none;unemployment;total;/)).toHaveLength(60);
      expect(matching(release(number), /^none;.*Rate;/).every(([, value]) => value === '')).toBe(true);
    }
    expect(matching(release(3), /^none;/)).toEqual([]);
  });

  it('has a national row that is never the sum of the kommuner', () => {
    const sums = sumsOf(release(3));
    for (const [key, value] of matching(
      release(3),
      /^000;.*;(total|dagpenge|kontanthjaelp|persons|fullTime|courses);/,
    )) {
      expect(sums.get(key.slice(4)), key).not.toBe(Number(value));
    }
  });

  it('counts who moves in two kommuner, so that they sum to more persons than the country has', () => {
    const sums = sumsOf(release(3));
    for (const [key, value] of matching(release(3), /^000;cashAssistance;persons;/)) {
      expect(sums.get(key.slice(4)), key).toBeGreaterThan(Number(value));
    }
  });

  it('makes the total of its parts', () => {
    const wrong = matching(release(2), /^\d{3};unemployment;total;/).filter(([key, value]) => {
      const part = (name: string) => release(2).get(key.replace(';total;', `;${name};`));
      return (
        part('kontanthjaelp') !== '' &&
        Number(value) !== Number(part('dagpenge')) + Number(part('kontanthjaelp'))
      );
    });
    expect(wrong).toEqual([]);
  });
});
