import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const koen = 'data/classifications/koen.yaml';

describe('members of a classification', () => {
  it('end no earlier than they begin', () => {
    expectFault(
      'empty-validity',
      koen,
      '{ code: "2",',
      '{ code: "2", valid_from: 2020-01-02, valid_to: ⟦2020-01-01⟧,',
    );
  });

  it('leave the code of the unknown member to the program', () => {
    expectFault('reserved-code', koen, '{ code: "2",', '{ code: "⟦uoplyst⟧",');
    expectFault('reserved-code', koen, '{ code: "2",', '{ code: "⟦total⟧",');
  });

  it('have one meaning of a code on one day', () => {
    expectFault('overlapping-validity', koen, '{ code: "2",', '{ code: "⟦1⟧", valid_from: 2020-01-01,');
  });

  it('may mean another thing by the same code later on', () => {
    const label = '{ da: Mænd, en: Men }';
    const files = withChange(
      koen,
      `{ code: "1", label: ${label} }`,
      `{ code: "1", label: ${label}, valid_to: 2019-12-31 }
  - { code: "1", label: { da: Hankøn, en: Male }, valid_from: 2020-01-01 }`,
    );
    expect(diagnosticsOf(files)).toEqual([]);
  });

  it('share no alias', () => {
    expectFault('ambiguous-alias', koen, '{ code: "2",', '{ code: "2", aliases: ["F", "⟦1⟧"],');
  });
});
