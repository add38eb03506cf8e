/** What a printed table says beside its figures. */
export const words = {
  da: {
    edition: 'udgave',
    hierarchy: { 'as-is': 'nyeste struktur (as-is)', 'as-was': 'datidens struktur (as-was)' },
    hierarchyAt: (date: string) => `struktur pr. ${date}`,
    synthetic: 'SYNTETISKE TAL: opdigtede, ikke om nogen kommune',
    total: 'I alt',
    marks: 'Tegn',
    empty: 'Ingen rækker: intet i udgaven svarer til spørgsmålet.',
    coverage: 'dækning',
    covered: (delivered: number, expected: number, noun: string) => `${delivered} af ${expected}${noun}`,
    kommuner: ' kommuner',
    incomplete: (rows: number, of: number) =>
      `ufuldstændig dækning i ${rows} af ${of} rækker (vis med --coverage)`,
    part: { suppressed: 'diskretioneret', notApplicable: 'ikke relevant', absent: 'ikke leveret' },
    note: 'Bemærk',
  },
  en: {
    edition: 'edition',
    hierarchy: { 'as-is': 'newest structure (as-is)', 'as-was': 'structure of each period (as-was)' },
    hierarchyAt: (date: string) => `structure of ${date}`,
    synthetic: 'SYNTHETIC FIGURES: made up, not about any municipality',
    total: 'Total',
    marks: 'Marks',
    empty: 'No rows: nothing in the edition answers the question.',
    coverage: 'coverage',
    covered: (delivered: number, expected: number, noun: string) => `${delivered} of ${expected}${noun}`,
    kommuner: ' kommuner',
    incomplete: (rows: number, of: number) =>
      `incomplete coverage in ${rows} of ${of} rows (--coverage shows it)`,
    part: { suppressed: 'suppressed', notApplicable: 'not applicable', absent: 'not delivered' },
    note: 'Note',
  },
} as const;
