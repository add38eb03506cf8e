import { describe, expect, it } from 'vitest';
import type { EditionManifest, ReconciliationResult } from '../../src/catalog/types.ts';
import type { Cell } from '../../src/query/answer.ts';
import { notesOf } from '../../src/serve/notes.ts';
import type { OpenEdition } from '../../src/serve/openEdition.ts';
import { bound, scopeOf } from '../query/support.ts';
import { withChange } from '../support/definitions.ts';

const cell = (flags: Cell['flags'] = []): Cell => ({
  status: 'ok',
  value: null,
  flags,
  coverage: { expected: 1, delivered: 1, suppressed: 0, notApplicable: 0, absent: 0 },
});

function notes(
  typed: Parameters<typeof bound>[0],
  given: {
    scope?: ReturnType<typeof scopeOf>;
    synthetic?: boolean;
    flags?: Cell['flags'];
    reconciliations?: readonly ReconciliationResult[];
    members?: readonly string[];
  } = {},
): string[] {
  const scope = given.scope ?? scopeOf();
  const cube = scope.model.cubes.arbejde;
  if (!cube) throw new Error('the mini workspace has its cube');
  const manifest = {
    synthetic: given.synthetic ?? false,
    reconciliations: given.reconciliations ?? [],
  } as unknown as EditionManifest;
  const edition: OpenEdition = { manifest, model: scope.model, cube };
  return notesOf(edition, bound(typed, scope), [
    { members: given.members ?? [], cells: [cell(given.flags)] },
  ]).map(({ kind, column, text }) => `${kind} ${column ?? '-'}: ${text.en}`);
}

describe('notes of an answer', () => {
  it('are none where there is nothing to say', () => {
    expect(notes({ kpi: 'ledige' })).toEqual([]);
  });

  it('say that figures are made up, where some figure is', () => {
    expect(notes({ kpi: 'ledige' }, { synthetic: true, flags: ['synthetic'] })).toEqual([
      'synthetic -: These figures are synthetic: made up, not real.',
    ]);
    expect(notes({ kpi: 'ledige' }, { synthetic: true })).toEqual([]);
  });

  it('say where a year to date ends, if before the asked period does', () => {
    const file = 'kpi-definitions/beskaeftigelse/ledige.yaml';
    const scope = scopeOf(withChange(file, 'formula: ledige', 'formula: ytd(ledige)'));
    expect(notes({ kpi: 'ledige', period: '2026' }, { scope })).toEqual([
      'periods ledige: ledige: 2026 is held in part, and the year to date goes up to 2026M07.',
    ]);
    expect(notes({ kpi: 'ledige', period: '2026M07' }, { scope })).toEqual([]);
  });

  describe('about a break in a series', () => {
    const scope = scopeOf(
      withChange(
        'kpi-definitions/beskaeftigelse/ledige.yaml',
        'formula: ledige',
        'formula: ledige\nbreaks:\n  - { from: 2026M03, label: { da: Reform, en: Reform } }',
      ),
    );
    const said = ['break ledige: Break in series from 2026M03: Reform'];

    it.each([
      ['months on both sides', { by: 'maaned', period: '2026M02..2026M03' }, said],
      ['months before', { by: 'maaned', period: '2026M01..2026M02' }, []],
      ['months after', { by: 'maaned', period: '2026M03..2026M05' }, []],
      ['quarters on both sides', { by: 'kvartal', period: '2025K4..2026K2' }, said],
      ['a quarter that it falls into', { period: '2026K1' }, said],
      ['a year that it falls into', { period: '2026' }, said],
      ['a range that it falls into', { period: '2026M01..2026M06' }, said],
      ['years around it', { by: 'aar', period: '2025..2026' }, said],
      ['a quarter after', { period: '2026K2' }, []],
    ])('are there for %s', (_, typed, expected) => {
      expect(notes({ kpi: 'ledige', ...typed }, { scope })).toEqual(expected);
    });
  });

  describe('about a reconciliation', () => {
    const result = (more: Partial<ReconciliationResult> = {}): ReconciliationResult => ({
      id: 'ledige_land',
      kpi: 'beskaeftigelse.ledige',
      level: 'land',
      against: 'source_total',
      tolerance: 0,
      compared: 2,
      outcome: 'differs',
      reason: null,
      differences: [
        { member: '000', period: '2026M06', ours: '90', theirs: '91', difference: '-1' },
        { member: '000', period: '2026M07', ours: '91533', theirs: '91583', difference: '-50' },
      ],
      ...more,
    });

    it('tell of the newest difference in the periods asked for, and of how many there are', () => {
      const [one] = notes({ kpi: 'ledige', period: '2026M07' }, { reconciliations: [result()] });
      expect(one).toContain('2026M07');
      expect(one).toContain('91,533');
      const [both] = notes({ kpi: 'ledige', period: '2026M06..2026M07' }, { reconciliations: [result()] });
      expect(both).toContain('2 differences in all');
    });

    it('are silent about other periods, other figures, and what agrees', () => {
      expect(notes({ kpi: 'ledige', period: '2026M01' }, { reconciliations: [result()] })).toEqual([]);
      expect(notes({ kpi: 'folketal', period: '2026' }, { reconciliations: [result()] })).toEqual([]);
      expect(
        notes(
          { kpi: 'ledige', period: '2026M07' },
          { reconciliations: [result({ outcome: 'agrees', differences: [] })] },
        ),
      ).toEqual([]);
    });
  });

  it('say of a code that it is not the official one yet, where it is shown', () => {
    const scope = scopeOf(
      withChange(
        'data/classifications/region.yaml',
        'valid_from: 2027-01-01 }',
        'valid_from: 2027-01-01, provisional: true }',
      ),
    );
    expect(
      notes({ kpi: 'ledige', by: 'region', hierarchy: '2027-01-01' }, { scope, members: ['086'] }),
    ).toEqual(['hierarchy -: The code 086 (Eastern) is provisional.']);
    expect(notes({ kpi: 'ledige', by: 'region' }, { scope, members: ['082'] })).toEqual([]);
  });
});
