import { describe, expect, it } from 'vitest';
import { printExplanation } from '../../../src/cli/terminal/explanation.ts';
import { parseDecimal } from '../../../src/model/rational.ts';
import { answerOf, ledigePr1000, ok } from '../../support/answers.ts';

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
        versions: [],
        components: [
          {
            measure: 'ledige',
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

Components
──────────
measure   aggregate                 source         period           value  unit    coverage
───────────────────────────────────────────────────────────────────────────────────────────
ledige    sum, then mean over time  star.ledighed  2026M07         15,529  person     19/19
folketal  sum, then last over time  dst.folketal   2026     not delivered  borger      0/19

Plan
────
Read the cells of star.ledighed.
  Add them to landsdel.

SQL
───
SELECT 1

Snapshots
─────────
source         snapshot  receipt  received              sha-256       used
──────────────────────────────────────────────────────────────────────────────────
star.ledighed         3        6  2026-08-19T18:49:14Z  3fa9c1d2aa55  all it holds
`);
  });
});
