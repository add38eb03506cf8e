import { describe, expect, it } from 'vitest';
import { accountWorkspace, selectionFile } from '../../support/accounts.ts';
import { diagnosticsOf, expectFault, modelOf, withChange } from '../../support/definitions.ts';

const drift = selectionFile(
  'oekonomi.drift',
  'rules: [{ codes: { dranst: ["1"], funktion: ["0.22.*", "5.32.30"] } }]',
);
const files = [...accountWorkspace, drift];
const list = '[{ codes: { dranst: ["1"], funktion: ["0.22.*", "5.32.30"] } }]';

const faultIn = (code: Parameters<typeof expectFault>[0], before: string, after: string) =>
  expectFault(code, drift.file, before, after, files);

describe('a selection', () => {
  it('is bound with its codes written out, those of a level as the finest ones below', () => {
    const changed = withChange(drift.file, 'funktion: ["0.22.*", "5.32.30"]', 'hovedkonto: "5..6"', files);
    const [bound] = modelOf(changed).selections['oekonomi.drift']?.lists ?? [];
    expect(bound).toEqual({
      validFrom: '0001',
      validTo: '9999',
      rules: [
        {
          codes: {
            dranst: { written: ['1'], codes: ['1'] },
            funktion: { written: ['5..6'], codes: ['53228', '53230', '62571', '65272'] },
          },
          selections: [],
          except: [],
        },
      ],
    });
  });

  it('selects what a level and the finest codes of one dimension have in common', () => {
    const changed = withChange(drift.file, 'dranst: ["1"]', 'hovedkonto: ["0"]', files);
    const [bound] = modelOf(changed).selections['oekonomi.drift']?.lists ?? [];
    expect(bound?.rules[0]?.codes.funktion?.codes).toEqual(['02201', '02205']);
  });

  it('tells of a code that is in no list, with a near one', () => {
    expect(faultIn('unknown-code', '"5.32.30"', '"⟦5.32.31⟧"').hint).toBe('did you mean "53230"?');
  });

  it('tells of a beginning and of a range without codes', () => {
    faultIn('empty-range', '"0.22.*"', '"⟦0.23.*⟧"');
    faultIn('empty-range', '"0.22.*"', '"⟦0.23.01..0.24.99⟧"');
    expect(faultIn('empty-range', '"0.22.*"', '"⟦5.*..0.*⟧"').hint).toBe('write the lesser code first');
  });

  it('tells of codes that leave none in common', () => {
    const before = 'codes: { dranst: ["1"], funktion: ["0.22.*", "5.32.30"]';
    faultIn('rule-selects-nothing', before, '⟦codes⟧: { hovedkonto: ["6"], funktion: ["0.22.*", "5.32.30"]');
  });

  it('tells of a dimension that is not there', () => {
    expect(faultIn('unknown-dimension', 'dranst:', '⟦dranstt⟧:').hint).toBe('did you mean "dranst"?');
  });

  it('tells of a selection that is not there, once', () => {
    const more = [...files, selectionFile('oekonomi.net', 'rules: [{ selection: oekonomi.drift }]')];
    const rule = 'selection: drift';
    const found = expectFault('unknown-selection', drift.file, 'codes:', 'selection: ⟦drfit⟧, codes:', more);
    expect(found.hint).toBe('did you mean "drift"?');
    expect(
      diagnosticsOf(
        withChange('kpi-definitions/selections/oekonomi.net.yaml', 'selection: oekonomi.drift', rule, more),
      ),
    ).toEqual([]);
  });

  it('tells of a name that two selections end in', () => {
    const two = [...files, selectionFile('a.x', `rules: ${list}`), selectionFile('b.x', `rules: ${list}`)];
    expectFault('ambiguous-name', drift.file, 'codes:', 'selection: ⟦x⟧, codes:', two);
  });

  it('tells of selections that come back to themselves', () => {
    const other = selectionFile('oekonomi.net', 'rules: [{ selection: oekonomi.drift }]');
    const found = diagnosticsOf(
      withChange(drift.file, 'codes:', 'selection: net, codes:', [...files, other]),
    );
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      [
        'cyclic-selection',
        'The selection comes back to itself: oekonomi.drift -> oekonomi.net -> oekonomi.drift.',
      ],
      [
        'cyclic-selection',
        'The selection comes back to itself: oekonomi.net -> oekonomi.drift -> oekonomi.net.',
      ],
    ]);
  });

  it('has rules or lists of rules by year, and not both', () => {
    const lists = `lists: [{ rules: ${list} }]`;
    faultIn('rules-or-lists', `rules: ${list}`, `⟦rules⟧: ${list}\n${lists}`);
    const nothing = diagnosticsOf(withChange(drift.file, `rules: ${list}\n`, '', files));
    expect(nothing.map(({ code }) => code)).toEqual(['rules-or-lists']);
  });

  it('has lists whose years are in order and do not overlap', () => {
    const dated = (years: string, more = '') => `lists: [{ ${years}, rules: ${list} }${more}]`;
    faultIn('empty-validity', `rules: ${list}`, dated('valid_from: "2019", valid_to: "⟦2018⟧"'));
    const more = `, { ⟦valid_to⟧: "2025", rules: ${list} }, { valid_to: "2018", rules: ${list} }`;
    const changed = withChange(
      drift.file,
      `rules: ${list}`,
      dated('valid_from: "2026"', more.replace(/[⟦⟧]/g, '')),
      files,
    );
    expect(diagnosticsOf(changed).map(({ code, message }) => [code, message])).toEqual([
      ['overlapping-validity', 'Two lists hold in 0001.'],
    ]);
  });

  it('has rules that say something', () => {
    faultIn('rule-says-nothing', list, '[{ ⟦note⟧: "alt" }]');
  });
});

describe('a side', () => {
  const udgifter = selectionFile(
    'oekonomi.udgifter',
    'defines_side: expenditure\nrules: [{ codes: { hovedart: "1..6" } }]',
  );

  it('is what the selection that defines it selects', () => {
    const gross = withChange(drift.file, 'rules:', 'side: expenditure\nrules:', [...files, udgifter]);
    expect(modelOf(gross).selections['oekonomi.drift']?.within).toBe('oekonomi.udgifter');
  });

  it('must be defined, and once', () => {
    faultIn('side-not-defined', 'rules:', 'side: ⟦expenditure⟧\nrules:');
    const again = selectionFile(
      'oekonomi.udgifter2',
      'defines_side: expenditure\nrules: [{ codes: { hovedart: "1" } }]',
    );
    const found = diagnosticsOf([...files, udgifter, again]);
    expect(found.map(({ code }) => code)).toEqual(['side-defined-twice']);
  });

  it('is of no side itself', () => {
    const file = udgifter.file;
    expectFault('side-of-a-side', file, 'rules:', 'side: ⟦expenditure⟧\nrules:', [...files, udgifter]);
  });
});
