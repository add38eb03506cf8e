import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFixed } from '../../src/model/rational.ts';
import type { Answer, Cell } from '../../src/query/answer.ts';
import type { OpenEdition } from '../../src/serve/openEdition.ts';
import { soundValue } from '../support/published.ts';
import { cases, type OracleCase } from './cases.ts';
import { type Geography, readGeography } from './geography.ts';
import { type Naive, type NaiveRow, openNaive } from './naive.ts';
import { asked, firstMonth, lastMonth, type Question, questionsOf, requestOf, timeOf } from './question.ts';
import { hasDeskFiles, type OracleWorkspace, oracleWorkspace } from './workspace.ts';

/** Last day of the newest period of each cube: its structure is the answer's. */
const structureDates: Readonly<Record<OracleCase['cube'], string>> = {
  beskaeftigelse: '2026-07-31',
  befolkning: '2026-12-31',
  regnskab: '2024-12-31',
  indikatorer: '2025-12-31',
};

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

const tried = cases.filter(({ desk }) => hasDeskFiles || !desk);

describe('answers and naive SQL over the delivered files', () => {
  let workspace: OracleWorkspace;
  let naive: Naive;
  let geography: Geography;
  const editions = new Map<string, OpenEdition>();

  beforeAll(async () => {
    workspace = await oracleWorkspace();
    for (const { cube } of cases)
      if (!editions.has(cube)) editions.set(cube, await workspace.published.open(cube));
    naive = await openNaive();
    geography = readGeography(workspace.published.root);
    await load(workspace.releases.at(-1) ?? '');
  }, 120_000);
  afterAll(async () => {
    naive?.close();
    await workspace?.leave();
  });

  async function load(star: string): Promise<void> {
    const names = geography.names.map(
      ({ level, code, label }) => `(${[level, code, label].map(quoted).join(', ')})`,
    );
    await naive.run(
      `create or replace table names (level varchar, code varchar, label varchar);\ninsert into names values ${names.join(', ')};\n`,
    );
    const files = [read('deliveries.sql'), ...(hasDeskFiles ? [read('deliveries_dst.sql')] : [])];
    for (const sql of files)
      await naive.run(sql.replaceAll('{deliveries}', workspace.deliveries).replaceAll('{star}', star));
  }

  /** The rows by hand, by members and period. */
  async function byHand(question: Question, date: string): Promise<Map<string, NaiveRow>> {
    const {
      level,
      slice,
      case: { cube, kpi },
    } = question;
    const homes = geography
      .homes(level, date)
      .map(({ kommune, area, expected }) => `(${quoted(kommune)}, ${quoted(area)}, ${expected})`);
    const time = timeOf(question).map(
      ({ month, period }) => `(${quoted(month)}, ${quoted(period)}, ${quoted(yearOf(period))})`,
    );
    await naive.run(
      `set variable level = ${quoted(level)};
set variable slice = ${quoted(slice)};
create or replace temp table home (kommune varchar, area varchar, expected boolean);
insert into home values ${homes.join(', ')};
create or replace temp table time (month varchar, period varchar, year varchar);
insert into time values ${time.join(', ')};
create or replace temp table place_monthly as select kommune, month, period, area, expected from home, time;
create or replace temp table place_primo as select kommune, year as month, period, area, expected from home, (select distinct period, year from time) as years;
create or replace temp table place as from place_monthly;
`,
    );
    const [rows = []] = await naive.run(read(`kpis/${cube}/${kpi}.sql`));
    return new Map(rows.map((row) => [`${row.area} ${row.period}`, row]));
  }

  /** What the product and the query by hand do not say alike. */
  async function differences(question: Question, edition: OpenEdition, date: string): Promise<string[]> {
    const request = requestOf(question);
    const { value: answer, diagnostics } = await workspace.published.ask(edition, request);
    const asking = `${question.case.kpi} by ${request.by.join(', ')}`;
    if (!question.answered) {
      if (answer !== undefined) return [`${asking}: is answered, and must be refused`];
      return diagnostics.some(({ code }) => refusals.includes(code))
        ? []
        : [`${asking}: is refused as ${diagnostics.map(({ code }) => code)}`];
    }
    if (answer === undefined) return [`${asking}: is refused, ${diagnostics.map(({ message }) => message)}`];
    const wanted = await byHand(question, date);
    const cells = cellsOf(answer, 0);
    const missing = [...wanted.keys()].filter(
      (key) => !cells.has(key) && wanted.get(key)?.status !== 'not_delivered',
    );
    return [
      ...missing.map((key) => `${asking}: there is no row ${key}`),
      ...[...cells].flatMap(([key, cell]) => {
        const said = saidBy(cell);
        const must = mustBe(
          wanted.get(key),
          question.case,
          key.split(' ').at(-1) ?? '',
          workspace.synthetic && edition.manifest.number >= (question.case.release ?? 1),
        );
        return isSame(said, must)
          ? []
          : [`${asking}: ${key} is ${JSON.stringify(said)}, by hand ${JSON.stringify(must)}`];
      }),
    ].slice(0, 5);
  }

  it.each(tried)('$kpi is the same at every level, or refused', async (each) => {
    const found: string[] = [];
    for (const question of questionsOf(each))
      found.push(...(await differences(question, editionOf(each.cube), structureDates[each.cube])));
    expect(found).toEqual([]);
  });

  it.each(
    tried.filter(
      ({ levels, cube }) => levels.includes('region') && levels.includes('landsdel') && cube !== 'befolkning',
    ),
  )('$kpi is the same in the regions of 2027', async (each) => {
    const [question] = questionsOf(each).filter(
      ({ answered, level, time }) => answered && level === 'region' && time === each.times.at(-1),
    );
    if (!question) throw new Error('there is a question by region');
    expect(
      await differences({ ...question, hierarchy: '2027-01-01' }, editionOf(each.cube), '2027-01-01'),
    ).toEqual([]);
  });

  it('the edition of each release is what that release says', async () => {
    // The newest one is what all other tests ask.
    for (const [at, release] of workspace.releases.slice(0, -1).entries()) {
      const edition = await workspace.published.open('beskaeftigelse', at + 1);
      await load(release);
      const date = edition.manifest.period === '2026M06' ? '2026-06-30' : '2026-07-31';
      const found: string[] = [];
      for (const each of tried.filter(({ cube }) => cube === 'beskaeftigelse')) {
        const questions = questionsOf(each).filter(
          ({ level, slice, time }) =>
            slice === '' &&
            ((level === 'land' && time === 'maaned') || (level === 'landsdel' && time === 'kvartal')),
        );
        for (const question of questions) found.push(...(await differences(question, edition, date)));
      }
      expect(found, release).toEqual([]);
    }
    await load(workspace.releases.at(-1) ?? '');
  }, 120_000);

  it.each(['beskaeftigelse', 'befolkning', 'regnskab', 'indikatorer'] as const)(
    '%s: a figure does not change with what else is asked, in which order, or by which route',
    async (cube) => {
      const edition = editionOf(cube);
      const found: string[] = [];
      for (const { level, time, questions } of asked(cube, hasDeskFiles)) {
        const [first] = questions;
        if (!first) continue;
        const kpis = questions.map(({ case: { kpi } }) => kpi).reverse();
        const together = soundValue(
          await workspace.published.ask(edition, {
            ...requestOf(first),
            kpis,
            by: [time, level],
            route: 'base',
          }),
        );
        for (const question of questions) {
          const alone = cellsOf(soundValue(await workspace.published.ask(edition, requestOf(question))), 0);
          const beside = cellsOf(together, kpis.indexOf(question.case.kpi));
          for (const [key, cell] of alone) {
            if (!sameCell(cell, beside.get(key)))
              found.push(`${question.case.kpi} by ${level}, ${time}: ${key}`);
          }
          for (const [key, cell] of beside)
            if (!alone.has(key) && cell.value !== null)
              found.push(`${question.case.kpi} by ${level}, ${time}: ${key} only beside others`);
        }
      }
      expect(found.slice(0, 10)).toEqual([]);
    },
    120_000,
  );

  function editionOf(cube: string): OpenEdition {
    const edition = editions.get(cube);
    if (!edition) throw new Error(`${cube} is open`);
    return edition;
  }
});

const refusals = ['does-not-add', 'frequency-too-coarse', 'not-sliceable', 'not-in-cube'];

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const yearOf = (period: string): string => period.slice(0, 4);

interface Said {
  readonly value: number | null;
  readonly status: string;
  readonly delivered: number;
  readonly expected: number;
  readonly flags: readonly string[];
}

/** Cells by members and period, in whichever order the levels were asked for. */
function cellsOf(answer: Answer, column: number): Map<string, Cell> {
  const time = answer.levels.findIndex(({ name }) => ['maaned', 'kvartal', 'aar'].includes(name));
  return new Map(
    answer.rows.flatMap(({ members, cells }) => {
      const cell = cells[column];
      const key = `${members.filter((_, at) => at !== time).join('|')} ${members[time]}`;
      return cell ? [[key, cell] as const] : [];
    }),
  );
}

const saidBy = ({ value, status, coverage, flags }: Cell): Said => ({
  value: value && Number(toFixed(value, 12)),
  status,
  delivered: coverage.delivered,
  expected: coverage.expected,
  flags,
});

/** A row that the query by hand does not give was not delivered, and nobody expected it. */
function mustBe(row: NaiveRow | undefined, each: OracleCase, period: string, synthetic: boolean): Said {
  const own = row?.flags ? String(row.flags).split(' ') : [];
  const broken =
    each.breakAt !== undefined &&
    firstMonth(period) <= firstMonth(each.breakAt) &&
    firstMonth(each.breakAt) <= lastMonth(period);
  const all = new Set([
    ...own,
    ...(broken ? ['break'] : []),
    ...(synthetic && each.synthetic !== false ? ['synthetic'] : []),
  ]);
  const applies = lastMonth(period) >= firstMonth(each.from);
  const value = row?.value ?? null;
  return {
    value: !applies || value === null ? null : Number(value),
    status: applies ? String(row?.status ?? 'not_delivered') : 'not_applicable',
    delivered: Number(row?.delivered ?? 0),
    expected: Number(row?.expected ?? 0),
    flags: ['preliminary', 'imputed', 'break', 'source_total', 'weighted', 'synthetic'].filter((flag) =>
      all.has(flag),
    ),
  };
}

/** DuckDB divides as doubles do, and we do not: they are equal to the twelfth digit or so. */
function isSame(a: Said, b: Said): boolean {
  const near =
    a.value === null || b.value === null
      ? a.value === b.value
      : Math.abs(a.value - b.value) <= 1e-9 * Math.max(1, Math.abs(b.value));
  return near && JSON.stringify({ ...a, value: null }) === JSON.stringify({ ...b, value: null });
}

const sameCell = (a: Cell, b: Cell | undefined): boolean =>
  JSON.stringify(a, exactly) === JSON.stringify(b, exactly);

const exactly = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
