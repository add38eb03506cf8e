import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divide, toFixed, zero } from '../../../src/model/rational.ts';
import { agreeing } from '../../support/worked.ts';
import { readGeography } from '../geography.ts';
import type { NaiveRow } from '../naive.ts';
import { layOut, type NationalOracle, type NationalQuestion, nationalOracles } from './questions.ts';
import { type NationalWorld, nationalWorld } from './world.ts';

const oracles = nationalOracles();

/** A cube of one KPI of each domain. */
const across = 'tvaergaaende';

/** Codes that a KPI may be refused with where its query says that it has no answer. */
const refusals = ['does-not-add', 'frequency-too-coarse', 'not-sliceable', 'lag-not-whole'];

describe('KPIs of the nine domains and naive SQL over a made-up country with faults', () => {
  let world: NationalWorld;
  beforeAll(async () => {
    world = await nationalWorld([...new Set(oracles.map(({ cube }) => cube)), across]);
    await layOut(world.naive, readGeography(world.published.root));
  }, 300_000);
  afterAll(async () => {
    await world?.leave();
  });

  it.each(oracles)('$kpi is the same at every level and time, or refused', async (oracle) => {
    const [rows = []] = await world.naive.run(oracle.sql);
    const byHand = new Map(rows.map((row) => [`${row.question} ${row.area} ${row.period}`, row]));
    const found: string[] = [];
    for (const question of oracle.questions) found.push(...(await differences(oracle, question, byHand)));
    expect(found.slice(0, 8)).toEqual([]);
  });

  it('KPIs are explained by formulas whose numbers give each other, and the figure', async () => {
    let lines = 0;
    for (const [at, { cube, kpi }] of oracles.entries()) {
      const edition = await world.published.open(cube);
      const request = { cube, kpis: [kpi], by: [], ...(at % 2 === 0 ? {} : { where: 'kommune == "101"' }) };
      const asked = await world.published.ask(edition, request);
      const { value } = await world.published.explain(edition, request, { rows: at % 10 === 0 ? 1 : null });
      expect(value === undefined).toBe(asked.value === undefined);
      const cell = asked.value?.rows[0]?.cells[0];
      if (!value || !cell?.value) continue;
      expect(divide(value.worked.value ?? zero, value.scale), kpi).toEqual(cell.value);
      const own = new Map(value.components.map(({ measure, base }) => [measure, base]));
      lines += agreeing(value.worked, own);
      for (const { rowsLeft } of at % 10 === 0 ? value.components : []) expect(rowsLeft, kpi).not.toBeNull();
    }
    expect(lines).toBeGreaterThan(100);
  }, 240_000);

  it('KPIs of all domains in one cube are those of their own cubes', async () => {
    const edition = await world.published.open(across);
    const kpis = edition.cube.kpis;
    expect(new Set(kpis.map((kpi) => kpi.split('.')[0])).size).toBe(kpis.length);
    for (const [by, period, hierarchy] of [
      [['kommune', 'aar'], '2026', 'as-is'],
      [['region', 'kvartal'], '2026K4..2027K1', 'as-was'],
      [['land', 'maaned'], '2026M11..2027M01', 'as-is'],
    ] as const) {
      const { value: together } = await world.published.ask(edition, {
        cube: across,
        kpis,
        by,
        period,
        hierarchy,
      });
      for (const [at, kpi] of kpis.entries()) {
        const { cube = '' } = oracles.find((each) => each.kpi === kpi) ?? {};
        const own = await world.published.ask(await world.published.open(cube), {
          cube,
          kpis: [kpi],
          by,
          period,
          hierarchy,
        });
        const cells = new Map(together?.rows.map(({ members, cells: all }) => [members.join(' '), all[at]]));
        expect(own.value?.rows.length).toBeGreaterThan(0);
        for (const {
          members,
          cells: [cell],
        } of own.value?.rows ?? [])
          expect([kpi, members, cells.get(members.join(' '))]).toEqual([kpi, members, cell]);
      }
    }
  });

  async function differences(
    oracle: NationalOracle,
    question: NationalQuestion,
    byHand: ReadonlyMap<string, NaiveRow>,
  ): Promise<string[]> {
    const { level, time, hierarchy, period, id } = question;
    const edition = await world.published.open(oracle.cube);
    const asked = { cube: oracle.cube, kpis: [oracle.kpi], by: [level, time], period, hierarchy };
    const request = oracle.where === undefined ? asked : { ...asked, where: oracle.where };
    const { value: answer, diagnostics } = await world.published.ask(edition, request);
    const answered = oracle.levels.includes(level) && oracle.times.includes(time);
    if (!answer) {
      const codes = diagnostics.map(({ code }) => code);
      const meant = !answered && codes.every((code) => refusals.includes(code));
      return meant ? [] : [`${id}: is refused, ${diagnostics.map(({ message }) => message).join(' ')}`];
    }
    if (!answered) return [`${id}: is answered, and must be refused`];
    const cells = new Map(
      answer.rows.map(({ members, cells: [cell] }) => [`${id} ${members[0]} ${members[1]}`, cell]),
    );
    const own = [...byHand.keys()].filter((key) => key.startsWith(`${id} `));
    const missing = own.filter((key) => !cells.has(key) && byHand.get(key)?.status !== 'not_delivered');
    return [
      ...missing.map((key) => `there is no row ${key}`),
      ...[...cells].flatMap(([key, cell]) => {
        const said = { value: cell?.value ? Number(toFixed(cell.value, 12)) : null, status: cell?.status };
        const row = byHand.get(key);
        const wanted = {
          value: (row?.value ?? null) as number | null,
          status: row?.status ?? 'not_delivered',
        };
        return isSame(said, wanted)
          ? []
          : [`${key} is ${JSON.stringify(said)}, by hand ${JSON.stringify(wanted)}`];
      }),
    ];
  }
});

interface Said {
  readonly value: number | null;
  readonly status: unknown;
}

/** By hand it is divided as doubles are: equal to the ninth digit or so. */
function isSame(a: Said, b: Said): boolean {
  if (a.status !== b.status || a.value === null || b.value === null)
    return a.status === b.status && a.value === b.value;
  return Math.abs(a.value - Number(b.value)) <= 1e-9 * Math.max(1, Math.abs(Number(b.value)));
}
