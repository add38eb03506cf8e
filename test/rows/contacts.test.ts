import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

/** Contacts of 25 persons over five months; some follow within hours, some overlap, some have not ended. */
function contacts(): string {
  const lines = ['MAANED;KOMMUNE;PERSON;IND;UD'];
  const start = Date.UTC(2026, 0, 1);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const written = (minute: number) => new Date(start + minute * 60_000).toISOString().slice(0, 16);
  for (let person = 1; person <= 25; person++) {
    let minute = random(20_000);
    while (minute < 150 * 24 * 60) {
      const length = 30 + random(4_000);
      const ind = written(minute);
      const ud = random(20) === 0 ? '' : written(minute + length);
      lines.push(
        `${ind.slice(0, 4)}M${ind.slice(5, 7)};${['101', '400', '851'][person % 3]};${person};${ind};${ud}`,
      );
      // Back within four hours, on the hour, in a few weeks, or before the last one has ended.
      minute +=
        [length + 60, length + 240, length + 241, length + 5_000 + random(60_000), Math.floor(length / 2)][
          random(5)
        ] ?? 1;
    }
  }
  return `${lines.join('\n')}\n`;
}

const health: RowsWorld = {
  'kpi-definitions/sources/kontakter.yaml': `source: sundhed.kontakter
label: { da: Kontakter, en: Contacts }
supplier: test
frequency: M
delivery: periods
file: { names: ["kontakter_*.csv"], format: csv, delimiter: ";", header: [MAANED, KOMMUNE, PERSON, IND, UD] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: ["101", "400", "851"] }
  person: { type: key, from: PERSON, of: integer, personal: true }
  ind: { type: time, from: IND }
  ud: { type: time, from: UD, empty: none }
key: [person, ind]
absence: zero
delivered_by: kommune
`,
  'kpi-definitions/sundhed/rows/forloeb.yaml': `rows: sundhed.forloeb
label: { da: Forløb, en: Stays }
from: sundhed.kontakter
steps:
  - join_stays: { by: [person], from: ind, to: ud, within: { hours: 4 } }
`,
  'kpi-definitions/sundhed/rows/genindlaeggelser.yaml': `rows: sundhed.genindlaeggelser
label: { da: Genindlæggelser, en: Readmissions }
from: sundhed.forloeb
steps:
  - order: { by: [person], along: [ind], take: { naeste_ind: { next: ind }, forrige_ud: { previous: ud } } }
  - derive:
      genindlagt: { value: "if(days(ud, naeste_ind) <= 30, 1, 0)" }
      foerste: { value: "if(is_empty(forrige_ud), 1, 0)" }
      timer: { value: "hours(ind, ud)" }
`,
  'kpi-definitions/sundhed/rows/fulgte.yaml': `rows: sundhed.fulgte
label: { da: Fulgte, en: Followed }
from: sundhed.kontakter
steps:
  - match: { rows: sundhed.antal, on: { kommune: kommune }, shift: 2, found: fulgt }
  - where: fulgt == 1
`,
  'kpi-definitions/sundhed/rows/antal.yaml': `rows: sundhed.antal
label: { da: Antal, en: Number }
from: sundhed.kontakter
steps:
  - group: { by: [periode, kommune], take: { antal: { count: rows } } }
`,
  'kpi-definitions/sundhed/fulgte.yaml': kpiOf('fulgte', 'source: sundhed.fulgte, count: rows'),
  'kpi-definitions/sundhed/kontakter.yaml': kpiOf('kontakter', 'source: sundhed.kontakter, count: rows'),
  'kpi-definitions/sundhed/forloeb.yaml': kpiOf('forloeb', 'source: sundhed.forloeb, count: rows'),
  'kpi-definitions/sundhed/genindlagte.yaml': kpiOf(
    'genindlagte',
    'source: sundhed.genindlaeggelser, sum: genindlagt',
  ),
  'kpi-definitions/sundhed/foerste.yaml': kpiOf('foerste', 'source: sundhed.genindlaeggelser, sum: foerste'),
  'kpi-definitions/sundhed/timer.yaml': kpiOf('timer', 'source: sundhed.genindlaeggelser, sum: timer'),
  'cubes/proeve.yaml': cubeOf(
    ['kontakter', 'forloeb', 'genindlagte', 'foerste', 'timer', 'fulgte'],
    ['kommune'],
    'sundhed.kontakter',
  ),
  'data/deliveries/kontakter_1.csv': contacts(),
};

interface Stay {
  readonly month: string;
  readonly kommune: string;
  readonly person: string;
  readonly from: number;
  to: number;
}

/** Contacts joined and looked after each other, person by person, in plain loops. */
function naive(text: string): string[] {
  const minutes = (at: string) => Date.parse(`${at}:00Z`) / 60_000;
  const rows = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';'));
  const stays: Stay[] = [];
  for (const [month = '', kommune = '', person = '', ind = '', ud = ''] of [...rows].sort(
    (a, b) => Number(a[2]) - Number(b[2]) || minutes(a[3] ?? '') - minutes(b[3] ?? ''),
  )) {
    const from = minutes(ind);
    const to = ud === '' ? Number.POSITIVE_INFINITY : minutes(ud);
    const last = stays.at(-1);
    if (last?.person === person && from <= last.to + 240) last.to = Math.max(last.to, to);
    else stays.push({ month, kommune, person, from, to });
  }
  const day = (minute: number) => Math.floor(minute / 1440);
  const cells = new Map<string, number[]>();
  const add = (key: string, at: number, by: number) => {
    const cell = cells.get(key) ?? [0, 0, 0, 0, 0];
    cell[at] = (cell[at] ?? 0) + by;
    cells.set(key, cell);
  };
  for (const [month, kommune] of rows) add(`${kommune} ${month}`, 0, 1);
  for (const [at, stay] of stays.entries()) {
    const key = `${stay.kommune} ${stay.month}`;
    const next = stays[at + 1]?.person === stay.person ? stays[at + 1] : undefined;
    const before = stays[at - 1]?.person === stay.person ? stays[at - 1] : undefined;
    add(key, 1, 1);
    add(key, 2, next && day(next.from) - day(stay.to) <= 30 ? 1 : 0);
    add(key, 3, before === undefined ? 1 : 0);
    add(key, 4, Number.isFinite(stay.to) ? Math.floor((stay.to - stay.from) / 60) : 0);
  }
  return [...cells].map(([key, cell]) => `${key} ${cell.join(' ')}`).sort();
}

describe('contacts', () => {
  it('within four hours are one stay, and a stay within thirty days of the last is a readmission', async () => {
    const world = await publishWorld(health);
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({
      kpis: ['kontakter', 'forloeb', 'genindlagte', 'foerste', 'timer'],
      by: ['kommune', 'maaned'],
      period: '2026M01..2026M05',
    });
    expect(answer).toEqual(naive(health['data/deliveries/kontakter_1.csv'] ?? ''));
  });

  it('that cannot be followed yet are not delivered, though those who deliver have come', async () => {
    const world = await publishWorld(health);
    const answer = await world.ask({ kpis: ['fulgte'], by: ['maaned'], period: '2026M01..2026M05' });
    expect(answer.slice(3)).toEqual(['2026M04 not_delivered', '2026M05 not_delivered']);
    expect(answer.slice(0, 3).every((line) => / [1-9]\d*$/.test(line))).toBe(true);
  });
});
