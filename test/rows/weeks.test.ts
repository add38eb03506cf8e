import { expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

/** A row a week from 2025U50 to 2026U14, with as many hours as its number in the row. */
const weeks = [
  ...Array.from({ length: 3 }, (_, at) => `2025U${50 + at}`),
  ...Array.from({ length: 14 }, (_, at) => `2026U${String(at + 1).padStart(2, '0')}`),
];

const help = (calendar: string): RowsWorld => ({
  'kpi-definitions/sources/hjaelp.yaml': `source: aeldre.hjaelp
label: { da: Hjælp, en: Help }
supplier: test
frequency: U
${calendar}
delivery: periods
file: { names: ["hjaelp_*.csv"], format: csv, delimiter: ";", header: [UGE, KOMMUNE, PERSON, TIMER] }
columns:
  periode: { type: period, from: UGE }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: ["101"] }
  person: { type: key, from: PERSON, of: integer, personal: true }
  timer: { type: integer, from: TIMER }
key: [periode, person]
absence: zero
delivered_by: kommune
`,
  'kpi-definitions/aeldre/rows/maaneder.yaml': `rows: aeldre.maaneder
label: { da: Måneder, en: Months }
from: aeldre.hjaelp
steps:
  - group: { by: [periode, kommune, person], level: M, take: { timer: { sum: timer }, uger: { count: rows } } }
`,
  'kpi-definitions/aeldre/rows/foer.yaml': `rows: aeldre.foer
label: { da: Før, en: Before }
from: aeldre.maaneder
steps:
  - match: { rows: aeldre.maaneder, on: { person: person }, shift: -1, take: { timer_foer: timer } }
`,
  'kpi-definitions/aeldre/timer.yaml': kpiOf('timer', 'source: aeldre.maaneder, sum: timer'),
  'kpi-definitions/aeldre/uger.yaml': kpiOf('uger', 'source: aeldre.maaneder, sum: uger'),
  'kpi-definitions/aeldre/foer.yaml': kpiOf('foer', 'source: aeldre.foer, sum: timer_foer'),
  'cubes/proeve.yaml': cubeOf(['timer', 'uger', 'foer'], ['kommune'], 'aeldre.hjaelp'),
  'data/deliveries/hjaelp_1.csv': [
    'UGE;KOMMUNE;PERSON;TIMER',
    ...weeks.map((week, at) => `${week};101;1;${at + 1}`),
    '',
  ].join('\n'),
});

it('weeks are brought to the months of their Thursdays, and a month with a week missing is not held', async () => {
  const world = await publishWorld(help('weeks: by_thursday'));
  expect(world.faults.map(({ message }) => message)).toEqual([]);
  const request = { by: ['maaned'], period: '2025M12..2026M04' };
  // Thursdays: 4 December (not delivered), 11, 18, 25; 1 (2026U01), 8, 15, 22, 29; 5, 12, 19, 26; 5, 12, 19, 26; 2 April.
  expect(await world.ask({ ...request, kpis: ['timer', 'uger'] })).toEqual([
    '2025M12 not_delivered not_delivered',
    `2026M01 ${4 + 5 + 6 + 7 + 8} 5`,
    `2026M02 ${9 + 10 + 11 + 12} 4`,
    `2026M03 ${13 + 14 + 15 + 16} 4`,
    '2026M04 not_delivered not_delivered',
  ]);
  expect(await world.ask({ ...request, kpis: ['foer'] })).toEqual([
    '2025M12 not_delivered',
    '2026M01 not_delivered',
    '2026M02 30',
    '2026M03 42',
    '2026M04 not_delivered',
  ]);
});

it('weeks lie in no month where the contract does not say so', async () => {
  const world = await publishWorld(help(''));
  expect(world.faults.map(({ code }) => code)).toContain('rows-step');
});
