import { describe, expect, it } from 'vitest';
import { planInWords } from '../../src/plan/inWords.ts';
import { withLedige, withPrice } from '../query/support.ts';
import { withChange } from '../support/definitions.ts';
import { factsOf } from './support.ts';

const words = (...given: Parameters<typeof factsOf>) => planInWords({ facts: factsOf(...given) });
const last = 'Divide: the formula is worked out once, at the grain asked for, in exact fractions.';

describe('a plan in words', () => {
  it('tells the work in its order', () => {
    expect(words({ kpi: 'ledige', by: 'region', where: 'koen == "2"', period: '2026K1' })).toEqual([
      'Read the cells of star.ledighed, 2026M01 to 2026M03 (rows with kommune at kommune).',
      '  ledige: sum of fuldtidspersoner.',
      '  Keep only koen == "2".',
      '  Place members in the structure of 2026-07-31.',
      '  Bring every kommune to each region in each source period, counting what is known, suppressed and absent.',
      '  ledige over time: mean.',
      last,
    ]);
  });

  it('says where the rows come from, and of one month only that', () => {
    const [first] = words({ kpi: 'ledige', period: '2026M07' }, undefined, { 'star.ledighed': 'base' });
    expect(first).toBe('Read the snapshots of star.ledighed, 2026M07 (rows with kommune at kommune).');
  });

  it('says that one figure is made of all', () => {
    expect(words({ kpi: 'ledige', period: '2026M07' })).toContain(
      '  Bring every kommune to one figure over all in each source period, counting what is known, suppressed and absent.',
    );
  });

  it('names the days of a structure as it was', () => {
    expect(words({ kpi: 'ledige', by: 'region', period: '2026K1', hierarchy: 'as-was' })).toContain(
      "  Place members in the structure of each period's own day (2026-01-31 to 2026-03-31).",
    );
  });

  it('names the rows that a measure counts', () => {
    const files = withChange(
      'kpi-definitions/beskaeftigelse/ledige.yaml',
      'over_time: mean',
      'over_time: mean\n    where: koen == "1"',
    );
    expect(words({ kpi: 'ledige' }, files)[1]).toMatch(
      /^ {2}\w+: sum of fuldtidspersoner where koen == "1"\.$/,
    );
    const counted = withChange(
      'kpi-definitions/beskaeftigelse/ledige.yaml',
      'sum: fuldtidspersoner',
      'count: rows',
    );
    expect(words({ kpi: 'ledige' }, counted)[1]).toMatch(/number of rows\.$/);
  });

  it('says by what is weighed', () => {
    const [, , , weighed] = words({ kpi: 'pris', by: 'region', period: '2026M07' }, withPrice());
    expect(weighed).toMatch(/^ {2}Weigh each kommune by \w+ of dst\.folketal, 2026\.$/);
  });

  it("says where the source's own totals are taken", () => {
    const files = withLedige('over: { kommune: none }\n    over_time: none');
    const text = words({ kpi: 'ledige', by: 'land', period: '2026M07' }, files);
    expect(text).toContain("  Take the source's own totals for each land.");
    expect(text).toContain('Read the cells of star.ledighed, 2026M07 (rows with kommune at land).');
  });
});
