import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { writeArrow } from '../../src/export/arrow.ts';
import { sheetOf } from '../../src/export/sheet.ts';
import { tableOf } from '../../src/export/table.ts';
import { answerOf, landsdel, ok, without } from '../support/answers.ts';

const answer = answerOf({
  rows: [
    { members: ['01'], cells: [ok('-123456789012345678901234.5', { flags: ['weighted'] })] },
    { members: ['09'], cells: [without('suppressed')] },
  ],
  total: { members: [], cells: [ok('0.000001', { coverage: { expected: 98, delivered: 96 } })] },
});

const table = tableOf(answer, sheetOf(answer, null), {
  members: 'both',
  language: 'da',
  coverage: true,
  flags: true,
  decimals: 6,
});

describe('writeArrow', () => {
  const read = tableFromIPC(writeArrow(answer, table));
  const column = (name: string) => [...(read.getChild(name) ?? [])].map((value) => value?.toString() ?? null);

  it('has codes and labels, values, statuses, coverage and flags as columns', () => {
    expect(read.schema.fields.map((field) => `${field.name}: ${field.type}`)).toEqual([
      'landsdel: Dictionary<Int32, Utf8>',
      'landsdel_label: Dictionary<Int32, Utf8>',
      'ledige: Decimal[38e+6]',
      'ledige_status: Dictionary<Int32, Utf8>',
      'ledige_delivered: Int32',
      'ledige_expected: Int32',
      'ledige_flags: Dictionary<Int32, Utf8>',
    ]);
    expect(column('landsdel')).toEqual(['01', '09', 'total']);
    expect(column('landsdel_label')).toEqual(['Byen København', 'Østjylland', 'total']);
    expect(column('ledige_status')).toEqual(['ok', 'suppressed', 'ok']);
    expect(column('ledige_delivered')).toEqual(['1', '0', '96']);
    expect(column('ledige_flags')).toEqual(['weighted', '', '']);
  });

  it('keeps every digit, below zero too, and nothing where there is no number', () => {
    expect(column('ledige')).toEqual(['-123456789012345678901234500000', null, '1']);
  });

  it('carries what belongs to the whole answer as metadata', () => {
    const about: { edition: { id: string }; levels: unknown } = JSON.parse(
      read.schema.metadata.get('flis') ?? '',
    );
    expect(about.edition.id).toBe('2026M07-2-3fa9c1d2');
    expect(about.levels).toEqual([landsdel]);
  });
});
