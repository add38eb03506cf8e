import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as pipeline from '../../src/pipeline.ts';
import { isLate, releaseOf } from '../../src/publish/release.ts';
import { miniRoot } from '../support/miniRoot.ts';
import { outsideOf } from '../support/workspace.ts';

const at = (time: string) => new Date(time);

describe('the release calendar', () => {
  it('gives the due time of Danish clocks, in summer and in winter', () => {
    expect(releaseOf({ day: 10 }, '2026M07', true, at('2026-08-01T00:00:00Z'))).toEqual({
      due: '2026-08-10T06:00:00.000Z',
      embargoUntil: null,
    });
    expect(releaseOf({ day: 10, time: '09:30' }, '2026M12', true, at('2027-01-01T00:00:00Z'))?.due).toBe(
      '2027-01-10T08:30:00.000Z',
    );
  });

  it('takes the last day of a month that has not so many, and counts from the month that the period ends in', () => {
    const due = (release: Parameters<typeof releaseOf>[0], period: string) =>
      releaseOf(release, period, true, at('2020-01-01T00:00:00Z'))?.due?.slice(0, 10);
    expect(due({ day: 31 }, '2026M01')).toBe('2026-02-28');
    expect(due({ day: 31 }, '2028M01')).toBe('2028-02-29');
    expect(due({ day: 1, months_after: 0 }, '2026K2')).toBe('2026-06-01');
    expect(due({ day: 15, months_after: 14 }, '2026')).toBe('2028-02-15');
    expect(due({ day: 1 }, '2025/26')).toBe('2026-08-01');
    expect(due({ day: 5, dates: { '2026M07': '2026-08-12' } }, '2026M07')).toBe('2026-08-12');
    expect(due({ dates: { '2026M07': '2026-08-12' } }, '2026M08')).toBeUndefined();
  });

  it('holds back what comes before its time, corrections too, and nothing that comes after', () => {
    const release = { day: 10, embargo: true };
    const due = '2026-08-10T06:00:00.000Z';
    expect(releaseOf(release, '2026M07', true, at('2026-08-10T05:59:59Z'))?.embargoUntil).toBe(due);
    expect(releaseOf(release, '2026M07', false, at('2026-08-10T05:59:59Z'))?.embargoUntil).toBe(due);
    expect(releaseOf(release, '2026M07', true, at('2026-08-10T06:00:00Z'))?.embargoUntil).toBeNull();
    expect(releaseOf(undefined, '2026M07', true, at('2026-08-01T00:00:00Z'))).toBeNull();
  });

  it('says that the first edition of a period is late, and of no correction', () => {
    const publishedAt = '2026-08-11T00:00:00.000Z';
    const first = releaseOf({ day: 10 }, '2026M07', true, at(publishedAt));
    expect(first && isLate({ publishedAt, release: first })).toBe(true);
    expect(releaseOf({ day: 10 }, '2026M07', false, at(publishedAt))).toBeNull();
  });
});

describe('an edition under embargo', () => {
  it('is nobody’s newest before its time, nor opened by its name, but by who publishes it', async () => {
    const mini = miniRoot();
    mini.edit(
      'cubes/arbejde.yaml',
      'wait_for: [star.ledighed]\n',
      'wait_for: [star.ledighed]\nrelease: { day: 10, embargo: true }\n',
    );
    const deliver = (number: number, months: readonly string[]) => {
      const file = join(mini.root, 'data', 'deliveries', `ledighed_${number}.csv`);
      mkdirSync(dirname(file), { recursive: true });
      const rows = months.flatMap((month) =>
        ['101', '400', '751', '851'].map((code) => `${code},${month},1,kontanthjælp,${number}\n`),
      );
      writeFileSync(file, `Omraade,Maaned,Koen,Ydelse,Personer\n${rows.join('')}`);
      writeFileSync(`${file}.receipt.yaml`, `received: "2026-0${number}-01T08:00:00Z"\n`);
    };
    const everything = { cubes: ['arbejde'], period: null, dryRun: false };
    const question = { cube: 'arbejde', kpis: ['ledige'], by: [] };
    const asked = async (time: string, edition: string | null, embargoed = false) => {
      const outcome = await pipeline.query({ ...outsideOf(mini.root, time), embargoed }, question, edition);
      return outcome.value?.edition.number ?? outcome.diagnostics.map(({ code }) => code);
    };
    deliver(1, ['2026M06']);
    await pipeline.publish(outsideOf(mini.root, '2026-07-01T00:00:00Z'), everything);
    expect(await asked('2026-07-02T00:00:00Z', null)).toEqual(['no-visible-edition']);
    expect(await asked('2026-07-10T06:00:00Z', null)).toBe(1);

    deliver(2, ['2026M06', '2026M07']);
    const second = await pipeline.publish(outsideOf(mini.root, '2026-08-01T00:00:00Z'), everything);
    expect(second.value?.cubes[0]?.editions[0]?.release).toEqual({
      due: '2026-08-10T06:00:00.000Z',
      embargoUntil: '2026-08-10T06:00:00.000Z',
    });
    const id = second.value?.cubes[0]?.current ?? '';
    expect(await asked('2026-08-10T05:59:59Z', null)).toBe(1);
    for (const name of ['2', id, id.slice(0, 10)])
      expect(await asked('2026-08-10T05:59:59Z', name)).toEqual(['edition-embargoed']);
    expect(await asked('2026-08-10T05:59:59Z', id, true)).toBe(2);
    expect(await asked('2026-08-10T06:00:00Z', null)).toBe(2);
  });
});
