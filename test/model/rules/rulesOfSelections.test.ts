import { describe, expect, it } from 'vitest';
import { accountWorkspace, selectionFile } from '../../support/accounts.ts';
import { diagnosticsOf, expectFault } from '../../support/definitions.ts';

const drift = selectionFile(
  'oekonomi.drift',
  `rules:
  - codes: { dranst: ["1", "2"] }
    except:
      - codes: { funktion: "0.22.*" }
      - codes: { funktion: "5.32.30" }
        except:
          - codes: { dranst: "1", gruppering: "005" }
  - codes: { dranst: "7", hovedkonto: "7" }`,
);
const files = [...accountWorkspace, drift];
const faultIn = (code: Parameters<typeof expectFault>[0], before: string, after: string) =>
  expectFault(code, drift.file, before, after, files);

describe('rules of a selection', () => {
  it('are fine where each does something', () => {
    expect(diagnosticsOf(files)).toEqual([]);
  });

  it('select something', () => {
    faultIn(
      'rule-selects-nothing',
      'codes: { dranst: "7", hovedkonto: "7" }',
      '⟦codes⟧: { hovedkonto: "7", funktion: "0.*" }',
    );
  });

  it('are left something by their exceptions', () => {
    faultIn(
      'rule-selects-nothing',
      'codes: { dranst: "7", hovedkonto: "7" }',
      '⟦codes⟧: { dranst: "7" }\n    except: [{ codes: { dranst: ["4", "7"] } }]',
    );
  });

  it('select something on their side', () => {
    const side = selectionFile(
      'oekonomi.udgifter',
      'defines_side: expenditure\nrules: [{ codes: { hovedart: "1..6" } }]',
    );
    const gross = selectionFile(
      'oekonomi.brutto',
      'side: expenditure\nrules: [{ codes: { dranst: "1", hovedart: "7" } }]',
    );
    const found = diagnosticsOf([...accountWorkspace, side, gross]);
    expect(found.map(({ code }) => code)).toEqual(['rule-selects-nothing']);
  });

  it('do not select the same, by the first account that they share', () => {
    const found = faultIn(
      'overlapping-rules',
      'codes: { dranst: "7", hovedkonto: "7" }',
      '⟦codes⟧: { dranst: ["2", "7"], hovedkonto: "7" }',
    );
    expect(found.message).toBe('Rule 1 selects dranst 2, funktion 75877 already.');
  });

  it('have exceptions that take something out', () => {
    faultIn('dead-exception', 'codes: { funktion: "0.22.*" }', '⟦codes⟧: { dranst: "7" }');
  });

  it('have exceptions that take out more than those before them', () => {
    faultIn(
      'dead-exception',
      '{ funktion: "0.22.*" }\n',
      '{ funktion: "0.22.*" }\n      - ⟦codes⟧: { funktion: "0.22.01" }\n',
    );
  });

  it('have exceptions in exceptions that give something back', () => {
    faultIn(
      'dead-exception',
      'codes: { dranst: "1", gruppering: "005" }',
      '⟦codes⟧: { funktion: "5.32.28" }',
    );
  });

  it('stand on selections that have a list in their years', () => {
    const old = selectionFile(
      'oekonomi.gammel',
      'lists: [{ valid_to: "2017", rules: [{ codes: { dranst: "4" } }] }]',
    );
    const found = diagnosticsOf([
      ...files,
      old,
      selectionFile('oekonomi.ny', 'rules: [{ selection: gammel }]'),
    ]);
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      [
        'selection-gap',
        '"oekonomi.ny" has a list for 2018, and "oekonomi.gammel", which it stands on, has none.',
      ],
    ]);
  });

  it('are told of where they stand, whatever the order of the lists', () => {
    const dated = selectionFile(
      'oekonomi.datert',
      'lists:\n  - { valid_from: "2018", rules: [{ codes: { dranst: "1" } }] }\n  - { valid_to: "2017", rules: [{ codes: { dranst: "2" } }] }',
    );
    expectFault(
      'rule-selects-nothing',
      dated.file,
      'codes: { dranst: "2" }',
      '⟦codes⟧: { hovedkonto: "7", funktion: "0.*" }',
      [...accountWorkspace, dated],
    );
  });
});
