import { describe, expect, it } from 'vitest';
import { differenceTable } from '../../../src/cli/differenceTable.ts';
import { printDifference } from '../../../src/cli/terminal/difference.ts';
import type { Difference } from '../../../src/cli/wanted.ts';
import { printCsv } from '../../../src/export/csv.ts';
import { parseDecimal } from '../../../src/model/rational.ts';

const side = (value: string) => ({ value: parseDecimal(value), status: 'ok' as const });

const difference: Difference = {
  cube: 'beskaeftigelse',
  from: '2026M06-1-3fa9c1d2',
  to: '2026M07-1-0badcafe',
  summary: [
    {
      measure: 'beskaeftigelse.ledige',
      level: 'kommune',
      changed: 565,
      added: 99,
      removed: 99,
      addedPeriods: ['2026M07'],
      removedPeriods: ['2021M07'],
    },
    {
      measure: 'beskaeftigelse.langtidsledige',
      level: 'kommune',
      changed: 0,
      added: 0,
      removed: 0,
      addedPeriods: [],
      removedPeriods: [],
    },
  ],
  cells: [
    {
      measure: 'beskaeftigelse.ledige',
      kind: 'changed',
      members: { kommune: '101' },
      period: '2026M06',
      before: side('15529'),
      after: { value: null, status: 'suppressed' },
      windowMoved: false,
    },
    {
      measure: 'beskaeftigelse.ledige',
      kind: 'added',
      members: { kommune: '147' },
      period: '2026M07',
      before: null,
      after: side('3.50'),
      windowMoved: true,
    },
  ],
};

describe('printDifference', () => {
  it('counts what changed, came and went, and leaves out what did not', () => {
    expect(printDifference(difference, 120)).toBe(`\
beskaeftigelse: 2026M06-1-3fa9c1d2 → 2026M07-1-0badcafe

measure                by       changed  added  removed  new periods  gone periods
──────────────────────────────────────────────────────────────────────────────────
beskaeftigelse.ledige  kommune      565     99       99  2026M07      2021M07
`);
  });

  it('says so where nothing differs', () => {
    expect(printDifference({ ...difference, summary: [] }, 80)).toContain('No figure differs.');
  });
});

describe('differenceTable', () => {
  it('has every figure, what it was and what it is', () => {
    expect(printCsv(differenceTable(difference))).toBe(
      [
        'measure,kind,kommune,period,before,before_status,after,after_status,window_moved',
        'beskaeftigelse.ledige,changed,101,2026M06,15529,ok,,suppressed,false',
        'beskaeftigelse.ledige,added,147,2026M07,,,3.5,ok,true',
        '',
      ].join('\n'),
    );
  });
});
