import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const folketal = 'kpi-definitions/sources/dst.folketal.yaml';
const ledighed = 'kpi-definitions/sources/star.ledighed.yaml';

describe('names of columns', () => {
  it('differ in more than case, which engines do not see', () => {
    const { message } = expectFault(
      'named-twice',
      folketal,
      'key: [',
      '  ⟦PERSONER⟧: { type: integer, from: PERSONER }\nkey: [',
    );
    expect(message).toBe('This column and "personer" both need the name "personer" in a snapshot.');
  });

  it('leave room for the reason beside a number', () => {
    expectFault(
      'named-twice',
      folketal,
      'key: [',
      '  ⟦personer_status⟧: { type: text, from: KOMMUNE }\nkey: [',
    );
  });

  it('leave room for the level beside a code of several levels', () => {
    const text = '  ⟦kommune_level⟧: { type: text, from: Ydelse }\nkey: [';
    expectFault('named-twice', ledighed, 'key: [', text);
    expect(
      diagnosticsOf(withChange(folketal, 'key: [', text.replace(/[⟦⟧]/g, '').replace('Ydelse', 'AAR'))),
    ).toEqual([]);
  });

  it('are not those of the program', () => {
    expectFault('reserved-code', folketal, 'key: [', '  ⟦_row⟧: { type: text, from: AAR }\nkey: [');
    expectFault(
      'reserved-code',
      ledighed,
      '  koen: {',
      '  ⟦periode⟧: {',
      withChange(ledighed, 'maaned, koen,', 'maaned, periode,'),
    );
  });

  it('may be those of the program where they end in the snapshot', () => {
    const files = withChange(
      folketal,
      '  aar: {',
      '  periode: {',
      withChange(folketal, '[kommune, aar]', '[kommune, periode]'),
    );
    expect(diagnosticsOf(files)).toEqual([]);
  });

  it('have one role of a dimension each', () => {
    const { hint } = expectFault(
      'named-twice',
      folketal,
      'key: [',
      '  skolekommune: { type: code, from: KOMMUNE, dimension: ⟦kommune⟧ }\nkey: [',
    );
    expect(hint).toBe('give each of them a "role" of its own');
    const roles = withChange(
      folketal,
      'dimension: kommune, expect',
      'dimension: kommune, role: bopaelskommune, expect',
      withChange(
        folketal,
        'key: [',
        '  skolekommune: { type: code, from: KOMMUNE, dimension: kommune, role: skoleejerkommune }\nkey: [',
      ),
    );
    expect(diagnosticsOf(roles).filter(({ code }) => code === 'named-twice')).toEqual([]);
  });

  it('stand once in the header', () => {
    expectFault('named-twice', folketal, '[KOMMUNE, AAR, PERSONER]', '[KOMMUNE, AAR, PERSONER, ⟦AAR⟧]');
  });
});
