import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const kommune = 'data/classifications/kommune.yaml';
const landsdel = 'data/classifications/landsdel.yaml';
const region = 'data/classifications/region.yaml';
const east = 'Østjylland, en: East Jutland }, parents: { region: "082" }';

describe('parents of members', () => {
  it('are at levels that there are', () => {
    const { hint } = expectFault(
      'unknown-level',
      kommune,
      'Aarhus }, parents: { landsdel: "09" }',
      'Aarhus }, parents: { landsdel: "09", ⟦regio⟧: "082" }',
    );
    expect(hint).toBe('did you mean "region"?');
  });

  it('are members of that level', () => {
    const { hint } = expectFault(
      'unknown-code',
      kommune,
      'Aarhus }, parents: { landsdel: "09" }',
      'Aarhus }, parents: { landsdel: "⟦9⟧" }',
    );
    expect(hint).toBeUndefined();
    expectFault(
      'unknown-code',
      landsdel,
      east,
      'Østjylland, en: East Jutland }, parents: { region: [{ code: "⟦083⟧" }] }',
    );
  });

  it('are one at a time', () => {
    expectFault(
      'overlapping-validity',
      landsdel,
      east,
      'Østjylland, en: East Jutland }, parents: { region: [{ code: "082", valid_to: 2020-01-01 }, { code: "⟦081⟧", valid_from: 2020-01-01 }] }',
    );
  });

  it('end no earlier than they begin', () => {
    expectFault(
      'empty-validity',
      landsdel,
      east,
      'Østjylland, en: East Jutland }, parents: { region: [{ code: "⟦082⟧", valid_from: 2020-01-02, valid_to: 2020-01-01 }] }',
    );
  });

  it('hold as long as they are parents', () => {
    const { message } = expectFault(
      'parent-not-valid',
      landsdel,
      east,
      'Østjylland, en: East Jutland }, parents: { region: "⟦084⟧" }',
    );
    expect(message).toBe('Member "084" of "region" does not hold on 2027-01-01, but is a parent then.');
  });

  it('hold from the first day on', () => {
    const { message } = expectFault(
      'parent-not-valid',
      landsdel,
      east,
      'Østjylland, en: East Jutland }, valid_from: 2020-01-01, parents: { region: [{ code: "⟦086⟧" }] }',
      withChange(kommune, '{ code: "751",', '{ code: "751", valid_from: 2020-01-01,'),
    );
    expect(message).toContain('does not hold on 2020-01-01');
  });

  it('may change their name on the way, as long as some of them holds', () => {
    const north = '{ code: "081", label: { da: Nordjylland, en: North }, parents: { land: "000" }, ';
    const both = `${north}valid_to: 2019-12-31 }
  - ${north}valid_from: 2020-01-01, `;
    expect(diagnosticsOf(withChange(region, north, both))).toEqual([]);
    expectFault(
      'parent-not-valid',
      landsdel,
      'parents: { region: "081" }',
      'parents: { region: "⟦081⟧" }',
      withChange(region, north, both.replace('2020-01-01', '2020-01-02')),
    );
  });

  it('need hold only while their child does', () => {
    const files = withChange(landsdel, east, `${east}, valid_to: 2026-12-31`.replace('082', '084'));
    expect(diagnosticsOf(files).map(({ code, span }) => [code, span?.file])).toEqual([
      // The kommune that goes on is told of; the landsdel that ended is not.
      ['parent-not-valid', kommune],
    ]);
  });
});
