import { describe, expect, it } from 'vitest';
import { accountWorkspace, partitionFile, selectionFile } from '../../support/accounts.ts';
import { diagnosticsOf, expectFault } from '../../support/definitions.ts';

const files = [
  ...accountWorkspace,
  selectionFile('t.drift', 'rules: [{ codes: { dranst: ["1", "2"] } }]'),
  selectionFile('t.jord', 'rules: [{ codes: { dranst: ["1", "2"], funktion: "0.22.*" } }]'),
  selectionFile('t.rest', 'rules: [{ selection: t.drift, except: [{ selection: t.jord }] }]'),
  partitionFile('t.alt', 'of: t.drift\nparts: [t.jord, t.rest]'),
];
const jord = 'kpi-definitions/selections/t.jord.yaml';
const rest = 'kpi-definitions/selections/t.rest.yaml';
const alt = 'kpi-definitions/partitions/t.alt.yaml';
const change = (file: string, before: string, after: string) =>
  files.map((one) => (one.file === file ? { file, text: one.text.replace(before, after) } : one));
const said = (changed: typeof files) => diagnosticsOf(changed).map(({ code, message }) => [code, message]);

describe('parts of a partition', () => {
  it('are fine where they share nothing and leave nothing out, uoplyst neither', () => {
    expect(diagnosticsOf(files)).toEqual([]);
  });

  it('share nothing', () => {
    expect(
      said(change(rest, 'except: [{ selection: t.jord }]', 'except: [{ codes: { funktion: "0.22.01" } }]')),
    ).toEqual([['parts-overlap', '"t.jord" and "t.rest" both select dranst 1, funktion 02205.']]);
  });

  it('leave nothing out', () => {
    const funktioner = 'codes: { funktion: ["0.25.*..7.*"] }';
    expect(said(change(rest, 'except: [{ selection: t.jord }]', funktioner))).toEqual([
      ['parts-leave-out', 'No part selects dranst 1, funktion uoplyst.'],
    ]);
  });

  it('stay within what is parted', () => {
    expect(said(change(jord, '["1", "2"]', '["1", "2", "3"]'))).toEqual([
      [
        'parts-reach-outside',
        '"t.jord" selects dranst 3, funktion 02201, which is not among what is parted.',
      ],
    ]);
  });

  it('part everything where nothing is said', () => {
    expect(said(change(alt, 'of: t.drift\n', ''))).toEqual([
      ['parts-leave-out', 'No part selects dranst 3.'],
    ]);
  });

  it('are looked at in every stretch of years', () => {
    const dated =
      'lists: [{ valid_to: "2017", rules: [{ codes: { dranst: "1" } }] }, { valid_from: "2018", rules: [{ codes: { dranst: ["1", "2"], funktion: "0.22.*" } }] }]';
    const found = said(change(jord, 'rules: [{ codes: { dranst: ["1", "2"], funktion: "0.22.*" } }]', dated));
    expect(found).toEqual([]);
    const broken = change(
      rest,
      'except: [{ selection: t.jord }]',
      'except: [{ codes: { dranst: "1" } }]',
    ).map((one) => (one.file === jord ? { ...one, text: one.text.replace(/rules:.*/, dated) } : one));
    expect(said(broken)).toEqual([
      ['parts-overlap', '"t.jord" and "t.rest" both select dranst 2, funktion 02201 from 2018.'],
      ['parts-leave-out', 'No part selects dranst 1, funktion 02519 from 2018.'],
    ]);
  });

  it('have a list in every year that is parted', () => {
    const dated =
      'lists: [{ valid_from: "2018", rules: [{ codes: { dranst: ["1", "2"], funktion: "0.22.*" } }] }]';
    const found = said(change(jord, 'rules: [{ codes: { dranst: ["1", "2"], funktion: "0.22.*" } }]', dated));
    expect(found.map(([code]) => code)).toContain('selection-gap');
  });

  it('are selections that are there, each named once', () => {
    expect(expectFault('unknown-selection', alt, 't.rest', '⟦t.rets⟧', files).hint).toBe(
      'did you mean "t.rest"?',
    );
    expectFault('named-twice', alt, 't.rest', '⟦t.jord⟧', files);
  });
});
