import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EditionManifest } from '../../src/catalog/types.ts';
import { writeArrow } from '../../src/export/arrow.ts';
import { printCsv } from '../../src/export/csv.ts';
import { printAnswerJson } from '../../src/export/json.ts';
import { sheetOf } from '../../src/export/sheet.ts';
import { type TableOptions, tableOf } from '../../src/export/table.ts';
import { type Difference, diff, type PublishReport, publish, query, synthesize } from '../../src/pipeline.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { soundValue } from '../support/published.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

/** Deliveries as lines of text, counted in plain code: nothing here can be wrong as the product is. */
class Release {
  readonly rows: readonly {
    readonly kommune: string;
    readonly name: string;
    readonly datasaet: string;
    readonly maaletal: string;
    readonly periode: string;
    readonly vaerdi: string;
  }[];
  constructor(file: string) {
    this.rows = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [kommune = '', name = '', datasaet = '', maaletal = '', periode = '', vaerdi = ''] =
          line.split(';');
        return { kommune: kommune.replaceAll('"', ''), name, datasaet, maaletal, periode, vaerdi };
      });
  }
  of(datasaet: string, maaletal: string, periode: string) {
    return this.rows.filter(
      (row) => row.datasaet === datasaet && row.maaletal === maaletal && row.periode === periode,
    );
  }
  /** Sum over the kommuner, without the country and without what has no kommune. */
  sum(datasaet: string, maaletal: string, periode: string): number {
    return this.of(datasaet, maaletal, periode).reduce(
      (sum, row) => (row.kommune === '000' || row.kommune === '' ? sum : sum + Number(row.vaerdi)),
      0,
    );
  }
  value(datasaet: string, maaletal: string, periode: string, kommune: string): number {
    const row = this.of(datasaet, maaletal, periode).find((each) => each.kommune === kommune);
    if (!row || row.vaerdi === '') throw new Error(`no figure of ${kommune} in ${periode}`);
    return Number(row.vaerdi);
  }
}

const csvOptions: TableOptions = {
  members: 'codes',
  language: 'da',
  coverage: false,
  flags: false,
  decimals: 6,
};

describe('what the product promises, on made-up releases', () => {
  let root: string;
  let first: PublishReport;
  let releases: readonly Release[];
  const outside = () => outsideOf(root, '2026-11-23T12:00:00Z');
  const ask = async (request: Omit<Request, 'cube'>, edition: string | null = null) =>
    query(outside(), { cube: 'beskaeftigelse', ...request }, edition);
  const answered = async (request: Omit<Request, 'cube'>, edition: string | null = null): Promise<Answer> =>
    soundValue(await ask(request, edition));
  const editionsOf = (report: PublishReport, cube: string): readonly EditionManifest[] =>
    report.cubes.find((each) => each.cube === cube)?.editions ?? [];

  beforeAll(async () => {
    root = bundledWorkspace({ keep: true });
    const written = soundValue(
      await synthesize(outside(), {
        like: 'star',
        releases: 3,
        to: join(root, 'data', 'deliveries'),
        seed: 1,
      }),
    );
    releases = written.map(({ file }) => new Release(file));
    first = soundValue(await publish(outside(), { cubes: [], period: null, dryRun: false }));
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('three releases give three editions, one of 2026M06 and two of 2026M07', () => {
    const editions = editionsOf(first, 'beskaeftigelse');
    expect(editions.map(({ id }) => id.slice(0, 9))).toEqual(['2026M06-1', '2026M07-1', '2026M07-2']);
    expect(editions.map(({ number, previous }) => [number, previous !== null])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
  });

  it('publishing again changes nothing and says so', async () => {
    const again = soundValue(await publish(outside(), { cubes: [], period: null, dryRun: false }));
    expect(again.receipts).toEqual([]);
    expect(
      again.cubes.map(({ cube, outcome, editions }) => ({ cube, outcome, editions: editions.length })),
    ).toEqual(
      // What waited for its deliveries waits still.
      first.cubes.map(({ cube, outcome }) => ({
        cube,
        outcome: outcome === 'waiting' ? 'waiting' : 'unchanged',
        editions: 0,
      })),
    );
    expect(again.cubes.map(({ current }) => current)).toEqual(first.cubes.map(({ current }) => current));
  });

  describe('the mark of made-up figures', () => {
    it('stands in the manifest of every edition that they went into, and in no other', () => {
      for (const edition of editionsOf(first, 'beskaeftigelse')) {
        expect(edition.synthetic).toBe(true);
        for (const { source, synthetic } of edition.inputs)
          expect([source, synthetic]).toEqual([source, source.startsWith('star.')]);
      }
      for (const cube of ['befolkning', 'regnskab', 'indikatorer']) {
        for (const { synthetic } of editionsOf(first, cube)) expect([cube, synthetic]).toEqual([cube, false]);
      }
    });

    it('stands in every cell that they went into, also where there is no number', async () => {
      const kpis = [
        'ledige',
        'ledige_pr_1000',
        'ledighedsprocent',
        'langtidsledige',
        'kontanthjaelp_personer',
      ];
      const answer = await answered({ kpis, by: ['kommune'], period: '2026M07' });
      expect(answer.rows.length).toBeGreaterThan(97);
      expect(
        answer.rows.flatMap(({ cells }) => cells).filter(({ flags }) => !flags.includes('synthetic')),
      ).toEqual([]);
      expect(answer.edition.synthetic).toBe(true);
      expect(answer.notes.filter(({ kind }) => kind === 'synthetic')).toHaveLength(1);
    });

    it('stands in CSV without anybody asking, in JSON and in Arrow', async () => {
      const answer = await answered({ kpis: ['ledige'], by: ['land'], period: '2026M07' });
      expect(
        printCsv(tableOf(answer, sheetOf(answer, null), csvOptions))
          .split('\n')
          .slice(0, 2),
      ).toEqual([
        'land,ledige,ledige_status,synthetic',
        `000,${releases.at(2)?.sum('unemployment', 'total', '2026M07')},ok,true`,
      ]);
      const json = JSON.parse(printAnswerJson(answer, 6));
      expect([json.edition.synthetic, json.rows[0].cells.ledige.flags]).toEqual([true, ['synthetic']]);
      const arrow = tableFromIPC(
        writeArrow(answer, tableOf(answer, sheetOf(answer, null), { ...csvOptions, flags: true })),
      );
      expect(JSON.parse(arrow.schema.metadata.get('flis') ?? '{}').edition.synthetic).toBe(true);
      expect([arrow.getChild('ledige_flags')?.get(0), arrow.getChild('synthetic')?.get(0)]).toEqual([
        'synthetic',
        'true',
      ]);
    });

    it('stands in no figure of another source', async () => {
      const answer = soundValue(
        await query(
          outside(),
          { cube: 'befolkning', kpis: ['folketal'], by: ['land'], period: '2026' },
          null,
        ),
      );
      expect(printCsv(tableOf(answer, sheetOf(answer, null), { ...csvOptions, flags: true }))).toBe(
        'land,folketal,folketal_status,folketal_flags\n000,6025511,ok,\n',
      );
    });
  });

  it('the national row is never added, and kept beside ours as a reconciliation', async () => {
    const [, , newest] = editionsOf(first, 'beskaeftigelse');
    const release = releases[2];
    const answer = await answered({ kpis: ['ledige'], by: ['land'], period: '2026M07' });
    const [ours, theirs] = [
      release?.sum('unemployment', 'total', '2026M07') ?? 0,
      release?.value('unemployment', 'total', '2026M07', '000') ?? 0,
    ];
    expect(ours).not.toBe(theirs);
    expect(answer.rows[0]?.cells[0]?.value).toEqual({ numerator: BigInt(ours), denominator: 1n });
    const result = newest?.reconciliations.find(({ id }) => id === 'ledige_land');
    expect(result?.differences.find(({ period }) => period === '2026M07')).toEqual({
      member: '000',
      period: '2026M07',
      ours: String(ours),
      theirs: String(theirs),
      difference: String(ours - theirs),
    });
    const text = answer.notes.find(({ kind }) => kind === 'reconciliation')?.text.en ?? '';
    expect(text.replaceAll(/[.,]/g, '')).toContain(String(theirs));
  });

  it('persons do not add over kommuner: refused by region with the reason, at land by the source itself', async () => {
    const refused = await ask({ kpis: ['kontanthjaelp_personer'], by: ['region'], period: '2026M06' });
    expect(refused.value).toBeUndefined();
    expect(refused.diagnostics.map(({ code }) => code)).toEqual(['does-not-add']);
    expect(refused.diagnostics[0]?.message).toMatch(/kontanthjaelp_personer.*region.*counted in both/s);
    const cell = (await answered({ kpis: ['kontanthjaelp_personer'], by: ['land'], period: '2026M06' }))
      .rows[0]?.cells[0];
    const release = releases[2];
    const theirs = release?.value('cashAssistance', 'persons', '2026M06', '000') ?? 0;
    expect(cell?.value).toEqual({ numerator: BigInt(theirs), denominator: 1n });
    expect(cell?.flags).toContain('source_total');
    expect(theirs).toBeLessThan(release?.sum('cashAssistance', 'persons', '2026M06') ?? 0);
  });

  it('full-time persons do add: the regions give the total', async () => {
    const answer = await answered({
      kpis: ['kontanthjaelp_fuldtid'],
      by: ['region'],
      period: '2026M06',
      totals: true,
    });
    const regions = answer.rows.reduce((sum, { cells }) => sum + (cells[0]?.value?.numerator ?? 0n), 0n);
    expect(regions).toBe(answer.total?.cells[0]?.value?.numerator);
    expect(Number(regions)).toBe(releases[2]?.sum('cashAssistance', 'fullTime', '2026M06'));
  });

  it('what has no kommune is a row of its own beside the country', async () => {
    const answer = await answered(
      { kpis: ['ledige', 'ledighedsprocent'], by: ['land'], period: '2026M06' },
      '1',
    );
    const release = releases[0];
    expect(
      answer.rows.map(({ members, cells }) => [
        members[0],
        ...cells.map(({ status, value }) => [
          status,
          value && Number(value.numerator) / Number(value.denominator),
        ]),
      ]),
    ).toEqual([
      [
        '000',
        ['ok', release?.sum('unemployment', 'total', '2026M06')],
        ['ok', release?.value('unemployment', 'totalRate', '2026M06', '000')],
      ],
      ['uoplyst', ['ok', release?.value('unemployment', 'total', '2026M06', '')], ['not_applicable', null]],
    ]);
  });

  describe('the difference between two editions', () => {
    let difference: Difference;
    beforeAll(async () => {
      difference = soundValue(await diff(outside(), 'beskaeftigelse', '1', '2'));
    });

    it('has the month that came and the one that left the window', () => {
      const ledige = difference.summary.find(
        ({ measure, level }) => measure === 'ledige' && level === 'kommune',
      );
      expect([ledige?.addedPeriods, ledige?.removedPeriods]).toEqual([['2026M07'], ['2021M07']]);
    });

    it.each([
      ['ledige', 'total'],
      ['ledige_dagpenge', 'dagpenge'],
      ['ledige_kontanthjaelp', 'kontanthjaelp'],
    ])('counts the changed figures of %s as a comparison of the files does', (kpi, maaletal) => {
      const [before, after] = releases
        .slice(0, 2)
        .map(
          ({ rows }) =>
            new Map(
              rows
                .filter((row) => row.datasaet === 'unemployment' && row.maaletal === maaletal)
                .map((row) => [`${row.kommune} ${row.periode}`, row.vaerdi]),
            ),
        );
      const changed = [...(before ?? [])]
        .filter(([key, vaerdi]) => after?.has(key) && after.get(key) !== vaerdi)
        .map(([key]) => key);
      const counted = (level: string) =>
        difference.summary.find((each) => each.measure === kpi && each.level === level)?.changed ?? 0;
      expect(counted('kommune')).toBe(
        changed.filter((key) => !key.startsWith(' ') && !key.startsWith('000')).length,
      );
      expect(counted('uoplyst')).toBe(changed.filter((key) => key.startsWith(' ')).length);
      expect(counted('kommune')).toBeGreaterThan(100);
    });

    it('says what stood there before and what does now', () => {
      const [cell] = difference.cells.filter(
        ({ measure, kind, members, windowMoved }) =>
          measure === 'ledige' && kind === 'changed' && members.kommune !== undefined && !windowMoved,
      );
      const kommune = cell?.members.kommune ?? '';
      const [before, after] = releases
        .slice(0, 2)
        .map((release) =>
          release.value('unemployment', 'total', cell?.period ?? '', kommune === 'uoplyst' ? '' : kommune),
        );
      expect(
        [cell?.before?.value, cell?.after?.value].map((value) => value && Number(value.numerator)),
      ).toEqual([before, after]);
    });
  });

  it('a delivery without the mark of its receipt keeps the mark of its rows', async () => {
    const copy = bundledWorkspace();
    const file = join(copy, 'data', 'deliveries', 'star_jobindsats_uden_kvittering.csv');
    writeFileSync(
      file,
      readFileSync(join(root, 'data', 'deliveries', 'star_jobindsats_syntetisk_release1.csv')),
    );
    writeFileSync(`${file}.receipt.yaml`, 'received: "2026-07-19T05:00:00Z"\nsender: STAR\n');
    const report = soundValue(
      await publish(outsideOf(copy), { cubes: ['beskaeftigelse'], period: null, dryRun: false }),
    );
    expect(editionsOf(report, 'beskaeftigelse').map(({ synthetic }) => synthetic)).toEqual([true]);
  }, 60_000);
});
