import { describe, expect, it } from 'vitest';
import { printFormula } from '../../../src/formula/print.ts';
import { expectFault, modelOf, withChange } from '../../support/definitions.ts';

const ledighed = 'kpi-definitions/sources/star.ledighed.yaml';

describe('a source', () => {
  it('has all its defaults written out', () => {
    const { columns, contract, ...rest } = modelOf().sources['dst.folketal'] ?? { columns: [], contract: '' };
    expect(rest).toEqual({
      id: 'dst.folketal',
      label: { da: 'Folketal', en: 'Population' },
      supplier: 'DST',
      origin: null,
      frequency: 'Å_Primo',
      delivery: 'periods',
      file: {
        names: ['folketal_*.csv'],
        format: 'csv',
        encoding: 'utf-8',
        delimiter: ',',
        decimal: '.',
        header: ['KOMMUNE', 'AAR', 'PERSONER'],
        rows: null,
        synthetic: null,
      },
      key: ['kommune', 'aar'],
      absence: 'missing',
      deliveredBy: null,
      derivation: null,
    });
    expect(columns).toEqual([
      {
        kind: 'code',
        name: 'kommune',
        from: 'KOMMUNE',
        dimension: 'kommune',
        levels: ['kommune'],
        role: null,
        match: 'code',
        emptyIsUnknown: false,
        unknown: 'refuse',
        expect: 'all',
      },
      { kind: 'period', name: 'aar', from: 'AAR', constant: null },
      { kind: 'number', name: 'personer', from: 'PERSONER', decimals: 0, empty: [], min: 0, max: null },
    ]);
    expect(contract).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has its conditions read', () => {
    const source = modelOf().sources['star.ledighed'];
    expect(source?.file.rows && printFormula(source.file.rows)).toBe('Ydelse != "I alt"');
    const number = source?.columns.find(({ kind }) => kind === 'number');
    const rules = number?.kind === 'number' ? number.empty : [];
    expect(rules.map(({ when, means }) => [when && printFormula(when), means])).toEqual([
      ['ydelse == "dagpenge"', 'suppressed'],
      [null, 'not_applicable'],
    ]);
  });

  it('has the same contract as long as nothing but a comment changes', () => {
    const contract = (text: string) =>
      modelOf(withChange(ledighed, 'supplier: STAR', text)).sources['star.ledighed']?.contract;
    expect(contract('supplier: STAR # Jobindsats')).toBe(contract('supplier: STAR'));
    expect(contract('supplier: Jobindsats')).not.toBe(contract('supplier: STAR'));
  });

  it('has conditions marked where they stand', () => {
    expectFault(
      'formula-logic-sign',
      ledighed,
      'rows: Ydelse != "I alt"',
      'rows: Ydelse != "I alt" ⟦&&⟧ Koen != ""',
    );
    expectFault('formula-assignment', ledighed, 'when: ydelse == "dagpenge"', 'when: ydelse ⟦=⟧ "dagpenge"');
  });
});
