import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/supply/contentHash.ts';
import { snapshotTable } from '../../src/supply/snapshotTable.ts';
import { check, codeColumn, numberColumn, periodColumn, sourceWith, textColumn } from './fixtures.ts';

const source = sourceWith({
  columns: [
    codeColumn({ emptyIsUnknown: true }),
    textColumn(),
    periodColumn(),
    numberColumn(),
    numberColumn({ name: 'antal', from: 'antal', decimals: 0 }),
  ],
});
const file = (...rows: string[]) => `kommune_kode;maaletal;periode;vaerdi;antal\n${rows.join('\n')}\n`;

describe('snapshotTable', () => {
  it('has the columns of the contract, levels and statuses beside them, and the line of each row last', () => {
    const table = snapshotTable(
      check(source, file('147;b;2026-07;-1.5;7', ';a;2026M07;;8', '0101;a;2026M07;9.0;', '0;a;2026M06;2;9')),
    );
    expect(table).toEqual({
      rows: 4,
      columns: [
        { name: 'kommune', type: 'text', values: ['000', '101', '147', 'uoplyst'] },
        { name: 'kommune_level', type: 'text', values: ['land', 'kommune', 'kommune', 'kommune'] },
        { name: 'maaletal', type: 'text', values: ['a', 'a', 'b', 'a'] },
        { name: 'periode', type: 'text', values: ['2026M06', '2026M07', '2026M07', '2026M07'] },
        { name: 'vaerdi', type: 'decimal', decimals: 1, values: [20n, 90n, -15n, null] },
        { name: 'vaerdi_status', type: 'text', values: [null, null, null, 'suppressed'] },
        { name: 'antal', type: 'integer', values: [9, null, 7, 8] },
        { name: 'antal_status', type: 'text', values: [null, 'suppressed', null, null] },
        { name: '_row', type: 'integer', values: [5, 4, 2, 3] },
      ],
    });
  });

  it('has no level where a column has one', () => {
    const one = sourceWith({
      columns: [codeColumn({ levels: ['kommune'] }), textColumn(), periodColumn(), numberColumn()],
    });
    const names = snapshotTable(check(one, file('101;a;2026M07;1;'))).columns.map(({ name }) => name);
    expect(names).toEqual(['kommune', 'maaletal', 'periode', 'vaerdi', 'vaerdi_status', '_row']);
  });
});

describe('contentHash', () => {
  const hashOf = (...rows: string[]) => contentHash(snapshotTable(check(source, file(...rows))));
  const a = '101;a;2026M07;1.0;1';
  const b = '147;a;2026M07;2.0;2';

  it('is the same for the same figures in other lines', () => {
    expect(hashOf(b, a)).toBe(hashOf(a, b));
    expect(hashOf('', a, b)).toBe(hashOf(a, b));
    expect(hashOf('0101;a;2026-07;1;1', b)).toBe(hashOf(a, b));
  });

  it.each([
    ['101;a;2026M07;1.1;1', b],
    ['101;a;2026M07;;1', b],
    ['101;a;2026M06;1.0;1', b],
    ['492;a;2026M07;1.0;1', b],
    ['101;b;2026M07;1.0;1', b],
    [a, '147;a;2026M07;2.0;'],
    [a, b, '492;a;2026M07;2.0;2'],
  ])('is another for %s, %s', (...rows) => {
    expect(hashOf(...rows)).not.toBe(hashOf(a, b));
  });
});
