import { describe, expect, it } from 'vitest';
import { printExplanation } from '../../../src/cli/terminal/explanation.ts';
import { parseDecimal, rational } from '../../../src/model/rational.ts';
import { answerOf, ledigePr1000, ok } from '../../support/answers.ts';

const node = {
  decimals: null,
  figure: null,
  number: null,
  member: null,
  status: 'ok',
  value: null,
  inputs: [],
} as const;

describe('printExplanation', () => {
  it('goes from the figure to formula, components, plan, SQL and snapshots', () => {
    const coverage = { expected: 19, delivered: 19, suppressed: 0, notApplicable: 0, absent: 0 };
    const text = printExplanation(
      {
        answer: answerOf({
          columns: [ledigePr1000],
          rows: [{ members: ['09'], cells: [ok('16.278034', { coverage })] }],
        }),
        formula: 'ledige / folketal',
        worked: {
          ...node,
          operator: '/',
          value: parseDecimal('0.016278034'),
          inputs: [
            { ...node, operator: 'figure', figure: 'ledige', value: parseDecimal('15529') },
            { ...node, operator: 'figure', figure: 'folketal', value: parseDecimal('953985') },
          ],
        },
        scale: rational(1n, 1000n),
        reasons: [{ of: 'coverage', text: '19 of 19 parts are known; all parts are required.' }],
        deliveries: [
          {
            receipt: 6,
            source: 'star.ledighed',
            snapshot: 3,
            file: 'star.csv',
            sender: 'STAR',
            received: '2026-08-19T18:49:14Z',
            sha256: `77aa00bb11cc${'0'.repeat(52)}`,
          },
        ],
        versions: [],
        components: [
          {
            measure: 'ledige',
            id: 'ledige',
            base: parseDecimal('15529'),
            delivered: ['star.ledighed'],
            role: null,
            weight: null,
            conditions: ['maaletal == "total"'],
            filters: ['landsdel == "09"'],
            missing: [],
            rowsLeft: [
              { kind: 'delivered', source: 'star.ledighed', text: 'delivered of star.ledighed', rows: 5940 },
              { kind: 'definition', source: 'star.ledighed', text: 'maaletal == "total"', rows: 98 },
              { kind: 'question', source: 'star.ledighed', text: 'landsdel == "09"', rows: 19 },
            ],
            sourceRows: {
              count: 19,
              of: 'rows',
              source: 'star.ledighed',
              columns: ['kommune', 'vaerdi'],
              withheld: ['person'],
              rows: [{ file: 'star.csv', row: 1867, values: ['751', '6170.0'] }],
            },
            aggregate: 'sum, then mean over time',
            source: 'star.ledighed',
            period: '2026M07',
            unit: 'person',
            value: parseDecimal('15529'),
            status: 'ok',
            flags: [],
            coverage,
          },
          {
            measure: 'folketal',
            id: 'folketal',
            base: null,
            delivered: ['dst.folketal'],
            role: null,
            weight: null,
            conditions: [],
            filters: ['landsdel == "09"'],
            missing: [
              { period: '2026', why: 'not_delivered', levels: ['kommune'], members: [['751'], ['741']] },
            ],
            rowsLeft: null,
            sourceRows: null,
            aggregate: 'sum, then last over time',
            source: 'dst.folketal',
            period: '2026',
            unit: 'borger',
            value: null,
            status: 'not_delivered',
            flags: [],
            coverage: { ...coverage, delivered: 0, absent: 19 },
          },
        ],
        plan: ['Read the cells of star.ledighed.', '  Add them to landsdel.'],
        sql: 'SELECT 1\n',
        inputs: [
          {
            source: 'star.ledighed',
            synthetic: false,
            snapshots: [
              {
                number: 3,
                receipt: 6,
                received: '2026-08-19T18:49:14Z',
                sha256: `3fa9c1d2aa55${'0'.repeat(52)}`,
                size: 1,
                periods: null,
              },
            ],
          },
        ],
        reconciliations: [],
        gates: [],
      },
      'landsdel == "09"',
      'en',
      100,
    );
    expect(text).toBe(`\
Employment · 2026M07 · landsdel == "09" · edition 2026M07-2-3fa9c1d2 · newest structure (as-is)

                     Unemployed per
                  1,000 inhabitants
Province         person/1000 borger  coverage
─────────────────────────────────────────────
09 East Jutland                16.3     19/19

Formula
───────
ledige / folketal

     part                      value  unit
────────────────────────────────────────────────────────
(1)  ledige                   15,529  person
(2)  folketal                953,985  borger
(3)  (1) / (2)             0.016278…
(4)  (3) x 1,000           16.278034  person/1000 borger
(5)  shown with 1 decimal       16.3  person/1000 borger

Why
───
coverage: 19 of 19 parts are known; all parts are required.

Components
──────────
measure   aggregate                 source         period           value  unit    coverage
───────────────────────────────────────────────────────────────────────────────────────────
ledige    sum, then mean over time  star.ledighed  2026M07         15,529  person     19/19
folketal  sum, then last over time  dst.folketal   2026     not delivered  borger      0/19

ledige: only rows where maaletal == "total".
ledige: asked for landsdel == "09".
folketal: asked for landsdel == "09".

What is missing
───────────────
folketal, 2026: not delivered: kommune 751, 741.

Rows
────
measure  by          leaves                       rows
──────────────────────────────────────────────────────
ledige   delivery    delivered of star.ledighed  5,940
         definition  maaletal == "total"            98
         question    landsdel == "09"               19

Source rows
───────────
ledige: 1 of 19 rows delivered of star.ledighed, in star.csv. Not shown: person.
 row  kommune  vaerdi
─────────────────────
1867  751      6170.0

Snapshots
─────────
source         snapshot  receipt  received              file      sender  sha-256       of the file
────────────────────────────────────────────────────────────────────────────────────────────────────
star.ledighed         3        6  2026-08-19T18:49:14Z  star.csv  STAR    3fa9c1d2aa55  77aa00bb11cc

source         snapshot  used
─────────────────────────────────────
star.ledighed         3  all it holds

Plan
────
Read the cells of star.ledighed.
  Add them to landsdel.

SQL
───
SELECT 1
`);
  });
});
