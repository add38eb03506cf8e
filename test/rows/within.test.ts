import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const weeks = Array.from({ length: 12 }, (_, at) => `2026U${String(at + 1).padStart(2, '0')}`);

/** Forty persons, of whom some have something every week, some now and then; they move between kommuner. */
const held = weeks.flatMap((week, at) =>
  Array.from({ length: 40 }, (_, person) => person)
    .filter((person) => (person * 7 + at * (1 + (person % 4))) % 5 > person % 3)
    .map((person) => ({
      week,
      at,
      person,
      kommune: ['101', '400'][(person + Math.floor(at / 5)) % 2] ?? '',
    })),
);

const ofWeeks = (most: string): RowsWorld => ({
  'kpi-definitions/sources/uger.yaml': `source: test.uger
label: { da: Uger, en: Weeks }
supplier: test
frequency: U
delivery: periods
file: { names: ["uger_*.csv"], format: csv, header: [UGE, KOMMUNE, PERSON] }
columns:
  periode: { type: period, from: UGE }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: ["101", "400"] }
  person: { type: key, from: PERSON, of: integer, personal: true }
key: [periode, person]
absence: zero
delivered_by: kommune
`,
  'kpi-definitions/test/rows/laenge.yaml': `rows: test.laenge
label: { da: Længe, en: For long }
from: test.uger
steps:
  - order: { by: [person], along: [periode], within: 4, take: { foer: { previous: periode, places: 2 } } }
  - where: not is_empty(foer)
`,
  'kpi-definitions/test/rows/snart.yaml': `rows: test.snart
label: { da: Snart, en: Soon }
from: test.uger
steps:
  - order: { by: [person], along: [periode], within: 3, take: { efter: { next: periode } } }
  - where: not is_empty(efter)
`,
  'kpi-definitions/test/laenge.yaml': kpiOf('laenge', 'source: test.laenge, count: rows'),
  'kpi-definitions/test/snart.yaml': kpiOf('snart', 'source: test.snart, count: rows'),
  'cubes/proeve.yaml': cubeOf(['laenge', 'snart'], ['kommune'], 'test.uger'),
  'data/deliveries/uger_1.csv': `UGE,KOMMUNE,PERSON\n${held
    .filter(({ week }) => week <= most)
    .map(({ week, kommune, person }) => `${week},${kommune},${person}\n`)
    .join('')}`,
});

describe('an order within some periods', () => {
  it('finds what lies so many rows and no more periods away, where all those periods have come', async () => {
    const world = await publishWorld(ofWeeks('2026U12'));
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({
      kpis: ['laenge', 'snart'],
      by: ['kommune', 'uge'],
      period: '2026U01..2026U12',
    });
    const has = (person: number, at: number) =>
      held.some((each) => each.person === person && each.at === at) ? 1 : 0;
    const byHand = ['101', '400'].flatMap((kommune) =>
      weeks.map((week, at) => {
        const here = held.filter((each) => each.kommune === kommune && each.at === at);
        const back = here.filter(
          ({ person }) => has(person, at - 1) + has(person, at - 2) + has(person, at - 3) >= 2,
        );
        const ahead = here.filter(({ person }) => has(person, at + 1) + has(person, at + 2) > 0);
        return `${kommune} ${week} ${at < 3 ? 'not_delivered' : back.length} ${at > 9 ? 'not_delivered' : ahead.length}`;
      }),
    );
    expect(answer).toEqual(byHand);
  });
});
