import { describe, expect, it } from 'vitest';
import { type AnswerOptions, printAnswer } from '../../../src/cli/terminal/answer.ts';
import type { Answer } from '../../../src/query/answer.ts';
import { answerOf, landsdel, ledige, ledigePr1000, maaned, ok, without } from '../../support/answers.ts';

function printed(answer: Answer, options: Partial<AnswerOptions> = {}): string {
  return printAnswer(answer, {
    locale: 'da',
    width: 80,
    where: null,
    pivot: null,
    labels: false,
    coverage: false,
    ...options,
  });
}

const landsdele = answerOf({
  columns: [ledige, ledigePr1000],
  rows: [
    { members: ['01'], cells: [ok('15529'), ok('16.278034', { flags: ['imputed', 'weighted'] })] },
    {
      members: ['09'],
      cells: [
        ok('5529.5', { coverage: { expected: 7, delivered: 6, suppressed: 1 } }),
        without('suppressed'),
      ],
    },
    { members: ['uoplyst'], cells: [ok('48'), without('not_applicable')] },
  ],
  total: {
    members: [],
    cells: [
      ok('91533', { flags: ['source_total'], coverage: { expected: 98, delivered: 96, suppressed: 2 } }),
      ok('15.1'),
    ],
  },
  notes: [
    {
      kind: 'reconciliation',
      column: 'ledige',
      text: {
        da: 'Ledige på landsplan: 91.533 her mod 91.583 i kildens egen total, forskel 50.',
        en: "Unemployed in the country: 91,533 here, 91,583 in the source's own total, a difference of 50.",
      },
    },
  ],
});

const months = Array.from({ length: 19 }, (_, at) => {
  const year = at < 12 ? 2025 : 2026;
  return `${year}M${String((at % 12) + 1).padStart(2, '0')}`;
});

const wide = answerOf({
  period: '2025M01..2026M07',
  levels: [landsdel, { ...maaned, members: {} }],
  rows: ['01', '09'].flatMap((code) =>
    months.map((month, at) => ({
      members: [code, month],
      cells: [at === 3 ? without('not_delivered') : ok(String(15_000 + at))],
    })),
  ),
});

describe('printAnswer', () => {
  it('is a table with names, units, marks and their meaning, totals, coverage and notes', () => {
    expect(printed(landsdele)).toBe(`\
Beskæftigelse · 2026M07 · udgave 2026M07-2-3fa9c1d2 · nyeste struktur (as-is)

                               Ledige pr. 1.000
                     Ledige          indbyggere
Landsdel             person  person/1000 borger
───────────────────────────────────────────────
01 Byen København  15.529               16,3 iw
09 Østjylland       5.530                  *
Uoplyst                48                  -
───────────────────────────────────────────────
I alt              91.533 t             15,1

Tegn: - = ikke relevant   * = diskretioneret   i = imputeret
t = kildens egen total   w = vægtet

Ledige: dækning 96 af 98 kommuner, 2 diskretioneret
Bemærk: Ledige på landsplan: 91.533 her mod 91.583 i kildens egen total,
  forskel 50.
`);
  });

  it('is the same in English, with coverage beside each figure where it is asked for', () => {
    expect(printed(landsdele, { locale: 'en', coverage: true, labels: true, width: 160 })).toBe(`\
Employment · 2026M07 · edition 2026M07-2-3fa9c1d2 · newest structure (as-is)

                                              Unemployed per
                    Unemployed             1,000 inhabitants
Province                person  coverage  person/1000 borger  coverage
──────────────────────────────────────────────────────────────────────
City of Copenhagen    15,529         1/1             16.3 iw       1/1
East Jutland           5,530         6/7                *          0/1
Unknown                   48         1/1                -          0/1
──────────────────────────────────────────────────────────────────────
Total                 91,533 t     96/98             15.1          1/1

Marks: - = not applicable   * = suppressed   i = imputed   t = the source's own total   w = weighted

Note: Unemployed in the country: 91,533 here, 91,583 in the source's own total, a difference of 50.
`);
  });

  it('sets what does not fit into further blocks, each with its names', () => {
    expect(printed(wide, { pivot: 'maaned' })).toBe(`\
Beskæftigelse · Ledige (person) · 2025M01..2026M07 · udgave 2026M07-2-3fa9c1d2
nyeste struktur (as-is)

Landsdel           2025M01  2025M02  2025M03  2025M04  2025M05  2025M06  2025M07
────────────────────────────────────────────────────────────────────────────────
01 Byen København   15.000   15.001   15.002       ..   15.004   15.005   15.006
09 Østjylland       15.000   15.001   15.002       ..   15.004   15.005   15.006

Landsdel           2025M08  2025M09  2025M10  2025M11  2025M12  2026M01  2026M02
────────────────────────────────────────────────────────────────────────────────
01 Byen København   15.007   15.008   15.009   15.010   15.011   15.012   15.013
09 Østjylland       15.007   15.008   15.009   15.010   15.011   15.012   15.013

Landsdel           2026M03  2026M04  2026M05  2026M06  2026M07
──────────────────────────────────────────────────────────────
01 Byen København   15.014   15.015   15.016   15.017   15.018
09 Østjylland       15.014   15.015   15.016   15.017   15.018

Tegn: .. = ikke leveret

Ledige: ufuldstændig dækning i 2 af 38 rækker (vis med --coverage)
`);
  });

  it.each([50, 80, 160])('keeps within %i columns', (width) => {
    for (const answer of [landsdele, wide]) {
      for (const pivot of [null, 'landsdel']) {
        for (const line of printed(answer, { width, pivot, coverage: true }).split('\n')) {
          expect([...line].length).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  it('has each figure in it exactly once, however many blocks it takes', () => {
    const text = printed(wide, { pivot: 'maaned', width: 40 });
    for (const at of months.keys()) {
      if (at !== 3) expect(text.split(`15.${String(at).padStart(3, '0')}`)).toHaveLength(3);
    }
  });

  it('says so where there is nothing', () => {
    expect(printed(answerOf({}), { locale: 'en' })).toContain('No rows: nothing in the edition answers');
  });

  it('says above all else that figures are made up', () => {
    const { edition } = landsdele;
    const [first] = printed({ ...landsdele, edition: { ...edition, synthetic: true } }).split('\n');
    expect(first).toBe('*** SYNTETISKE TAL: opdigtede, ikke om nogen kommune ***');
  });

  it('says which rows were left by a filter', () => {
    expect(printed(landsdele, { where: 'region == "082"' })).toContain('2026M07 · region == "082" · udgave');
  });

  it('names the date of a hierarchy that was asked for', () => {
    expect(printed(answerOf({ hierarchy: { mode: 'date', date: '2027-01-01' } }))).toContain(
      'struktur pr. 2027-01-01',
    );
  });

  it('sets the name of each figure under the members of a pivot, where there are several', () => {
    const answer = answerOf({
      columns: [ledige, ledigePr1000],
      levels: [landsdel, maaned],
      rows: [{ members: ['01', '2026M07'], cells: [ok('1'), ok('2')] }],
    });
    expect(printed(answer, { pivot: 'maaned' })).toContain(`\
                                       juli 2026
                   juli 2026    Ledige pr. 1.000
                      Ledige          indbyggere
Landsdel              person  person/1000 borger
`);
  });
});
