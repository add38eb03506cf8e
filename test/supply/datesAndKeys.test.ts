import { describe, expect, it } from 'vitest';
import { quarantineCsv, refusalDiagnostics, refusalSummary } from '../../src/supply/refusals.ts';
import { snapshotTable } from '../../src/supply/snapshotTable.ts';
import {
  check,
  dateColumn,
  keyColumn,
  periodColumn,
  refusalsOf,
  sourceWith,
  timeColumn,
} from './fixtures.ts';

const contacts = sourceWith({
  columns: [
    keyColumn(),
    periodColumn(),
    dateColumn({ emptyIsNone: true }),
    timeColumn(),
    keyColumn({ name: 'skole', from: 'skole', of: 'text', personal: false, emptyIsNone: true }),
  ],
  key: ['person', 'ind'],
});
const file = (...rows: string[]) => `person;periode;foedt;ind;skole\n${rows.join('\n')}\n`;
const fine = '2;2026M07;2019-02-28;2026-07-31T13:05;a';

describe('dates, times and keys', () => {
  it('are columns of their own in a snapshot, sorted by key', () => {
    const table = snapshotTable(
      check(
        contacts,
        file(
          '9223372036854775807;2026M07;2020-02-29;2026-07-31 23:59:00;B 1',
          '-3;2026M07;1999-12-31 00:00:00;2026-07-31T00:00;',
          '007;2026M07;;2026-07-31T13:05;a',
          fine,
        ),
      ),
    );
    expect(table.columns.slice(0, 5)).toEqual([
      { name: 'person', type: 'integer', values: [-3n, 2n, 7n, 9223372036854775807n] },
      { name: 'periode', type: 'text', values: ['2026M07', '2026M07', '2026M07', '2026M07'] },
      { name: 'foedt', type: 'date', values: ['1999-12-31', '2019-02-28', null, '2020-02-29'] },
      {
        name: 'ind',
        type: 'time',
        values: ['2026-07-31T00:00', '2026-07-31T13:05', '2026-07-31T13:05', '2026-07-31T23:59'],
      },
      { name: 'skole', type: 'text', values: [null, 'a', 'a', 'B 1'] },
    ]);
  });

  it.each([
    ['a date that is none', '1;2026M07;2026-02-29;2026-07-31T13:05;a', 'bad-date', 'foedt'],
    ['a date in Danish order', '1;2026M07;31-07-2026;2026-07-31T13:05;a', 'bad-date', 'foedt'],
    ['a date with a time of day', '1;2026M07;2026-07-31 13:05;2026-07-31T13:05;a', 'bad-date', 'foedt'],
    ['a date that stands for none', '1;2026M07;9999-12-31;2026-07-31T13:05;a', 'bad-date', 'foedt'],
    ['a time with seconds', '1;2026M07;;2026-07-31T13:05:01;a', 'bad-date', 'ind'],
    ['a time with a zone', '1;2026M07;;2026-07-31T13:05Z;a', 'bad-date', 'ind'],
    ['an hour that is none', '1;2026M07;;2026-07-31T24:00;a', 'bad-date', 'ind'],
    ['an empty time', '1;2026M07;;;a', 'empty-value', 'ind'],
    ['an empty key', ';2026M07;;2026-07-31T13:05;a', 'empty-value', 'person'],
    ['a key with letters', '1a;2026M07;;2026-07-31T13:05;a', 'bad-key', 'person'],
    [
      'a key of more than 64 bits',
      '9223372036854775808;2026M07;;2026-07-31T13:05;a',
      'number-too-large',
      'person',
    ],
    ['a key like a CPR number', '0101901234;2026M07;;2026-07-31T13:05;a', 'looks-like-cpr', 'person'],
    ['a text key like a CPR number', '1;2026M07;;2026-07-31T13:05;010190-1234', 'looks-like-cpr', 'skole'],
  ])('refuse %s', (_, row, code, column) => {
    expect(refusalsOf(check(contacts, file(row, fine)))).toEqual([[code, 2, column]]);
  });

  it('of a person are never said', () => {
    const { refusals } = check(contacts, file('secret4711;2026M07;;2026-07-31T13:05;a', fine));
    const all = JSON.stringify([
      refusalDiagnostics('f.csv', refusals),
      refusalSummary(refusals),
      quarantineCsv(refusals),
    ]);
    expect(all).toContain('(personal) is no whole number, as \\"person\\" is.');
    expect(all).not.toContain('4711');
  });

  it('of others are', () => {
    const shown = check(
      sourceWith({ ...contacts, columns: [keyColumn({ personal: false }), ...contacts.columns.slice(1)] }),
      file('1a;2026M07;;2026-07-31T13:05;a', fine),
    );
    expect(shown.refusals[0]?.reason).toBe('"1a" is no whole number, as "person" is.');
  });

  it('tell rows apart', () => {
    const twice = check(
      contacts,
      file('02;2026M07;;2026-07-31 13:05:00;b', fine, '3;2026M07;;2026-07-31T13:05;'),
    );
    expect(refusalsOf(twice)).toEqual([
      ['duplicate-row', 2, null],
      ['duplicate-row', 3, null],
    ]);
    const { isAccepted, refused } = twice;
    expect([isAccepted, refused]).toEqual([false, 2]);
  });
});
