import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quarantineCsv, refusalDiagnostics, refusalSummary } from '../../src/supply/refusals.ts';
import { snapshotTable } from '../../src/supply/snapshotTable.ts';
import {
  check,
  checkRow,
  codeColumn,
  condition,
  numberColumn,
  periodColumn,
  refusalsOf,
  said,
  sourceWith,
  textColumn,
} from './fixtures.ts';

const star = sourceWith();
/** The contract with some of its columns exchanged, by name. */
function replaceColumns(...columns: (typeof star.columns)[number][]) {
  return sourceWith({
    columns: star.columns.map((old) => columns.find(({ name }) => name === old.name) ?? old),
  });
}

describe('checkSource refuses a row', () => {
  it.each([
    ['a code in no list', star, '999;total;2026M07;1.0', 'unknown-code', 'kommune_kode'],
    ['a member of another level', star, '084;total;2026M07;1.0', 'unknown-code', 'kommune_kode'],
    ['an empty code', star, ';total;2026M07;1.0', 'empty-value', 'kommune_kode'],
    ['a CPR number for a code', star, '010190-1234;total;2026M07;1.0', 'looks-like-cpr', 'kommune_kode'],
    ['a CPR number in a text', star, '101;0101901234;2026M07;1.0', 'looks-like-cpr', 'maaletal'],
    ['a CPR number for a period', star, '101;total;0101901234;1.0', 'looks-like-cpr', 'periode'],
    ['a CPR number for a number', star, '101;total;2026M07;010190-1234', 'looks-like-cpr', 'vaerdi'],
    ['a month that is none', star, '101;total;2026M13;1.0', 'bad-period', 'periode'],
    ['a quarter for a month', star, '101;total;2026K3;1.0', 'bad-period', 'periode'],
    ['an empty period', star, '101;total;;1.0', 'empty-value', 'periode'],
    ['a decimal comma', star, '101;total;2026M07;16,5', 'decimal-comma', 'vaerdi'],
    [
      'a decimal point',
      sourceWith({ inFile: { decimal: ',' } }),
      '101;total;2026M07;16.5',
      'decimal-point',
      'vaerdi',
    ],
    ['separators of thousands', star, '101;total;2026M07;1 830', 'thousands-separator', 'vaerdi'],
    ['too many decimals', star, '101;total;2026M07;1.25', 'too-many-decimals', 'vaerdi'],
    ['a number too large', star, `101;total;2026M07;${'9'.repeat(18)}`, 'number-too-large', 'vaerdi'],
    ['a word for a number', star, '101;total;2026M07;mange', 'bad-number', 'vaerdi'],
    [
      'an empty number without a meaning',
      replaceColumns(numberColumn({ empty: [] })),
      '101;total;2026M07;',
      'empty-value',
      'vaerdi',
    ],
    [
      'a number under its limit',
      replaceColumns(numberColumn({ min: 0 })),
      '101;total;2026M07;-0.1',
      'out-of-range',
      'vaerdi',
    ],
    [
      'a number over its limit',
      replaceColumns(numberColumn({ max: 5 })),
      '101;total;2026M07;5.1',
      'out-of-range',
      'vaerdi',
    ],
    [
      'a text that is not allowed',
      replaceColumns(textColumn({ values: ['total', 'other'] })),
      '101;totl;2026M07;1.0',
      'value-not-allowed',
      'maaletal',
    ],
    [
      'an empty text that is not allowed',
      replaceColumns(textColumn({ values: ['other'] })),
      '101;;2026M07;1.0',
      'empty-value',
      'maaletal',
    ],
    ['a field too many', star, '101;total;2026M07;1.0;', 'row-shape', null],
    ['a field too few', star, '101;total;2026M07', 'row-shape', null],
  ])('for %s, and takes the others', (_what, source, row, code, column) => {
    const checked = checkRow(source, row);
    expect(refusalsOf(checked)).toEqual([[code, 2, column]]);
    expect(checked.isAccepted).toBe(true);
    expect(snapshotTable(checked).rows).toBe(1);
    expect(said(refusalDiagnostics('star.csv', checked.refusals))).toEqual([[code, 2, column ?? undefined]]);
  });

  it('for a whole number with decimals, where the column is of whole numbers', () => {
    const source = replaceColumns(numberColumn({ decimals: 0 }));
    expect(refusalsOf(checkRow(source, '101;total;2026M07;1830.0'))).toContainEqual([
      'too-many-decimals',
      2,
      'vaerdi',
    ]);
    const large = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n101;total;2026M07;9007199254740992\n147;total;2026M07;9007199254740991\n',
    );
    expect(refusalsOf(large)).toEqual([['number-too-large', 2, 'vaerdi']]);
  });

  it('for every reason it has', () => {
    const checked = checkRow(star, '999;total;2026M13;1,5');
    expect(refusalsOf(checked)).toEqual([
      ['unknown-code', 2, 'kommune_kode'],
      ['bad-period', 2, 'periode'],
      ['decimal-comma', 2, 'vaerdi'],
    ]);
    expect([checked.total, checked.refused]).toEqual([2, 1]);
  });

  it('whose key another row has, and that row too, in the order of the file', () => {
    const checked = check(
      star,
      'kommune_kode;maaletal;periode;vaerdi\n101;total;2026M07;1.0\n147;total;2026M07;1.0\n0101;total;2026-07;2.0\n147;total;2026M06;1.0\n147;other;2026M06;1.0\n',
    );
    expect(checked.refusals.map(({ code, row, reason }) => [code, row, reason])).toEqual([
      ['duplicate-row', 2, 'The row has the same kommune, maaletal, periode as the row in line 4.'],
      ['duplicate-row', 4, 'The row has the same kommune, maaletal, periode as the row in line 2.'],
    ]);
    expect(checked.kept).toEqual([1, 3, 4]);
  });

  it('whose key a refused row has, since nobody knows which is right', () => {
    const header = 'kommune_kode;maaletal;periode;vaerdi';
    const others = [1, 2, 3].map((month) => `147;total;2026M0${month};1.0`).join('\n');
    const checked = check(star, `${header}\n101;total;2026M07;1.0\n101;total;2026M07;mange\n${others}\n`);
    expect(checked.kept).toEqual([2, 3, 4]);
  });
});

describe('checkSource', () => {
  it('takes nothing where more than half of the rows are refused, and just half is not more', () => {
    const header = 'kommune_kode;maaletal;periode;vaerdi';
    const good = '101;total;2026M07;1.0\n';
    const half = check(star, `${header}\n${good}999;total;2026M07;1.0\n`);
    expect([half.isAccepted, half.kept]).toEqual([true, [0]]);
    const more = check(star, `${header}\n${good}999;total;2026M07;1.0\n998;total;2026M07;1.0\n`);
    expect([more.isAccepted, more.kept, said(more.notices)]).toEqual([
      false,
      [],
      [['too-many-refused', 1, undefined]],
    ]);
    expect(more.notices[0]?.message).toBe(
      '2 of 3 rows of star.ledighed are refused, so nothing of it is taken.',
    );
  });

  it('says of every check whether it ran', () => {
    const { checks } = checkRow(replaceColumns(numberColumn({ min: 0 })), '101;total;2026M07;1.0');
    expect(checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
      'row-shape passed',
      'person-numbers passed',
      'codes passed',
      'periods passed',
      'values passed',
      'numbers passed',
      'dates not_run',
      'identifiers not_run',
      'empty-values passed',
      'limits passed',
      'keys passed',
      'unmapped-codes not_run',
      'member-dates passed',
      'members-missing not_run',
      'expected-parts not_run',
    ]);
    const failed = checkRow(star, '999;total;2026M07;1.0').checks.find((one) => one.check === 'codes');
    expect(failed).toEqual({
      check: 'codes',
      outcome: 'failed',
      text: '1 row refused, the first in line 2.',
    });
  });

  it('says what an empty number means by the first rule that holds', () => {
    const empty = [
      { when: condition('kommune == "uoplyst" and maaletal in ["rate"]'), means: 'not_applicable' as const },
      { when: condition('periode < "2026M01"'), means: 'not_delivered' as const },
      { when: null, means: 'suppressed' as const },
    ];
    const source = replaceColumns(codeColumn({ emptyIsUnknown: true }), numberColumn({ empty }));
    const checked = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n;rate;2026M07;\n;total;2026M07; \n101;rate;2025M12;\n101;rate;2026M07;0.0\n',
    );
    expect(checked.refusals).toEqual([]);
    const table = snapshotTable(checked);
    const column = (name: string) => table.columns.find((one) => one.name === name)?.values;
    expect(column('_row')).toEqual([4, 5, 2, 3]);
    expect(column('vaerdi')).toEqual([null, 0n, null, null]);
    expect(column('vaerdi_status')).toEqual(['not_delivered', null, 'not_applicable', 'suppressed']);
  });

  it('compares numbers of other columns as numbers', () => {
    const personer = numberColumn({ name: 'personer', from: 'maaletal', decimals: 0 });
    const vaerdi = numberColumn({ empty: [{ when: condition('personer == 0'), means: 'not_applicable' }] });
    const source = sourceWith({
      columns: [codeColumn(), personer, periodColumn(), vaerdi],
      key: ['kommune'],
    });
    const checked = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n101;00;2026M07;\n147;3;2026M07;1.0\n000;4;2026M07;\n',
    );
    expect(refusalsOf(checked)).toEqual([['empty-value', 4, 'vaerdi']]);
  });

  it('counts codes in no list as the unknown member where the contract says so, each a row of its own', () => {
    const source = replaceColumns(codeColumn({ unknown: 'uoplyst', emptyIsUnknown: true }));
    const checked = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n998;total;2026M07;1.0\n999;total;2026M07;2.0\n;total;2026M07;4.0\n101;total;2026M07;8.0\n',
    );
    expect(checked.refusals).toEqual([]);
    expect(said(checked.notices)).toEqual([['unmapped-code', 2, 'kommune_kode']]);
    expect(checked.notices[0]?.hint).toContain('"998", "999"');
    const { columns } = snapshotTable(checked);
    expect(columns.slice(0, 2).map(({ values }) => values)).toEqual([
      ['101', 'uoplyst', 'uoplyst', 'uoplyst'],
      ['kommune', 'kommune', 'kommune', 'kommune'],
    ]);
  });

  it('names expected members that are in no row, and counts the parts of each period', () => {
    const source = replaceColumns(codeColumn({ expect: 'all' }));
    const checked = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n101;total;2026M06;1.0\n147;total;2026M06;1.0\n101;total;2026M07;1.0\n000;total;2026M07;1.0\n',
    );
    expect(said(checked.notices)).toEqual([['members-missing', 1, 'kommune_kode']]);
    expect(checked.notices[0]?.message).toBe(
      '1 of 3 members of "kommune" are in no row of star.ledighed: 492.',
    );
    expect(checked.checks.find((one) => one.check === 'expected-parts')).toEqual({
      check: 'expected-parts',
      outcome: 'warned',
      text: 'Parts by "kommune" are missing in 2 of 2 periods: 2026M07 has 1 of 3, 2026M06 has 2 of 3.',
    });
  });

  it('expects no member outside its dates, nor one that need not come', () => {
    const source = replaceColumns(codeColumn({ expect: 'all' }));
    const checked = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n101;total;2006M12;1.0\n147;total;2006M12;1.0\n',
    );
    expect(checked.notices).toEqual([]);
    expect(checked.checks.filter(({ outcome }) => outcome === 'warned')).toEqual([]);
  });

  it('expects the members that a contract lists', () => {
    const source = replaceColumns(codeColumn({ expect: ['101', '411'] }));
    const checked = check(source, 'kommune_kode;maaletal;periode;vaerdi\n101;total;2026M07;1.0\n');
    expect(checked.notices[0]?.message).toBe(
      '1 of 2 members of "kommune" are in no row of star.ledighed: 411.',
    );
  });

  it('counts a part as a member of every column that expects any', () => {
    const funktion = codeColumn({
      name: 'funktion',
      from: 'maaletal',
      dimension: 'funktion',
      levels: ['funktion'],
      expect: 'all',
    });
    const source = sourceWith({
      columns: [codeColumn({ expect: ['101', '147'] }), funktion, periodColumn(), numberColumn()],
      key: ['kommune', 'funktion'],
    });
    const checked = check(
      source,
      'kommune_kode;maaletal;periode;vaerdi\n101;32201;2026M07;1.0\n147;32201;2026M07;1.0\n101;2820;2026M07;1.0\n',
    );
    expect(checked.notices).toEqual([]);
    expect(checked.checks.at(-1)?.text).toBe(
      'Parts by "kommune" x "funktion" are missing in 1 of 1 periods: 2026M07 has 3 of 4.',
    );
  });

  it('warns of a code in a period in which it does not hold', () => {
    const checked = checkRow(star, '492;total;2006M12;1.0');
    expect(checked.refusals).toEqual([]);
    expect(said(checked.notices)).toEqual([['member-not-valid', 2, 'kommune_kode']]);
    expect(checked.notices[0]?.message).toContain('"492" in 2006M12');
  });

  it('gives every row the period that the contract says, where the file has none', () => {
    const source = sourceWith({
      frequency: 'Å',
      columns: [codeColumn(), periodColumn({ from: null, constant: '2025' }), numberColumn()],
      key: ['kommune'],
    });
    const { columns } = snapshotTable(checkRow(source, '101;total;;1.0'));
    expect(columns.find(({ name }) => name === 'periode')?.values).toEqual(['2025', '2025']);
  });

  it('keeps every row exactly once, in the quarantine or in the snapshot', () => {
    const cell = (good: readonly string[], bad: readonly string[]) =>
      fc.constantFrom(...good, ...good, ...good, ...bad);
    const row = fc.tuple(
      cell(['101', '147', '492'], ['999', '', '010190-1234']),
      cell(['a', 'b', 'c'], ['']),
      cell(['2026M06', '2026M07'], ['2026M13']),
      cell(['1.0', '2', ''], ['x', '1,5']),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const checked = check(
          star,
          ['kommune_kode;maaletal;periode;vaerdi', ...rows.map((cells) => cells.join(';'))].join('\n'),
        );
        const refused = new Set(checked.refusals.map((refusal) => refusal.row));
        const kept = snapshotTable(checked).columns.at(-1)?.values ?? [];
        expect(checked.total).toBe(rows.length);
        expect(refused.size).toBe(checked.refused);
        expect(checked.isAccepted).toBe(refused.size * 2 <= rows.length);
        const all = rows.map((_, at) => at + 2);
        expect([...kept].sort()).toEqual(
          checked.isAccepted ? all.filter((line) => !refused.has(line)).sort() : [],
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('refusals', () => {
  const header = 'kommune_kode;maaletal;periode;vaerdi';
  const many = check(
    star,
    `${header}\n${Array.from({ length: 9 }, (_, n) => `99${n};"a,""b""";2026M0${n + 1};1.0`).join('\n')}\n010190-1234;a;2026M07;x\n`,
  );

  it('are shown for the first rows, and counted for the rest', () => {
    const diagnostics = refusalDiagnostics('star.csv', many.refusals);
    expect(said(diagnostics)).toEqual([
      ['looks-like-cpr', 11, 'kommune_kode'],
      ['unknown-code', 2, 'kommune_kode'],
      ['unknown-code', 3, 'kommune_kode'],
      ['unknown-code', 4, 'kommune_kode'],
      ['unknown-code', 5, 'kommune_kode'],
      ['bad-number', 11, 'vaerdi'],
    ]);
    expect(diagnostics[4]?.message).toBe(
      '6 rows more are refused for the same, this one first; all are in the quarantine.',
    );
  });

  it('are kept as CSV in the order of the file, without the numbers of persons', () => {
    const csv = quarantineCsv(many.refusals);
    expect(csv.split('\n').slice(0, 2)).toEqual([
      'row,column,code,reason',
      '2,kommune_kode,unknown-code,"There is no ""990"" in kommune, land."',
    ]);
    expect(csv).toContain(
      '11,kommune_kode,looks-like-cpr,The value looks like a civil registration number.\n',
    );
    expect(csv).not.toContain('010190');
  });

  it('stand in a receipt by number and place, without values', () => {
    expect(refusalSummary(many.refusals)).toEqual([
      { code: 'looks-like-cpr', text: '1 row refused, column "kommune_kode", the first in line 11.' },
      { code: 'unknown-code', text: '9 rows refused, column "kommune_kode", the first in line 2.' },
      { code: 'bad-number', text: '1 row refused, column "vaerdi", the first in line 11.' },
    ]);
  });

  it('say a near name', () => {
    const source = replaceColumns(codeColumn({ match: 'name' }), textColumn({ values: ['total', 'other'] }));
    const { refusals } = check(source, `${header}\nFrederikberg;totl;2026M07;1.0\n`);
    expect(refusals.map(({ hint }) => hint)).toEqual([
      'did you mean "Frederiksberg"?',
      'did you mean "total"?',
    ]);
  });
});
