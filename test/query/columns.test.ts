import { describe, expect, it } from 'vitest';
import { miniWorkspace, withChange, withFile } from '../support/definitions.ts';
import { bind, bound, expectRefused, scopeOf } from './support.ts';

const columns = (kpi: string, scope = scopeOf()) =>
  bound({ kpi, period: '2026' }, scope).columns.map(({ name, kind, id }) => [name, kind, id]);

describe('columns', () => {
  it('are KPIs by name or by id, called as they were asked for', () => {
    expect(columns('ledige')).toEqual([['ledige', 'kpi', 'beskaeftigelse.ledige']]);
    expect(columns('beskaeftigelse.ledige,befolkning.folketal')).toEqual([
      ['beskaeftigelse.ledige', 'kpi', 'beskaeftigelse.ledige'],
      ['befolkning.folketal', 'kpi', 'befolkning.folketal'],
    ]);
  });

  it('are measures by id, and a KPI goes before a measure of its name', () => {
    expect(columns('beskaeftigelse.ledige_pr_1000.folketal,folketal')).toEqual([
      ['beskaeftigelse.ledige_pr_1000.folketal', 'measure', 'beskaeftigelse.ledige_pr_1000.folketal'],
      ['folketal', 'kpi', 'befolkning.folketal'],
    ]);
  });

  it('show a measure in its own unit, not in that of its KPI', () => {
    const [column] = bound({ kpi: 'beskaeftigelse.ledige_pr_1000.folketal', period: '2026' }).columns;
    expect(column?.unit.text).toBe('borger');
  });

  it('must be asked for', () => {
    const { value, diagnostics } = bind({ kpi: '' });
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: 'nothing-asked', hint: 'this cube has ledige, ledige_pr_1000, folketal' },
    ]);
  });

  it('are not asked for twice', () => {
    expectRefused('asked-twice', { kpi: 'ledige,folketal,⟦ledige⟧' });
  });

  it('that nobody knows come with a near name', () => {
    expect(expectRefused('unknown-kpi', { kpi: 'folketal,⟦ledge⟧' }).hint).toBe('did you mean "ledige"?');
  });

  it('of another cube are told of as such', () => {
    const files = withFile(
      'cubes/andet.yaml',
      'cube: andet\nlabel: { da: Andet, en: Other }\nkpis: [folketal]\ndimensions: [kommune]\nwait_for: [dst.folketal]\n',
      withChange('cubes/arbejde.yaml', ', folketal]', ']'),
    );
    expect(expectRefused('not-in-cube', { kpi: '⟦befolkning.folketal⟧' }, scopeOf(files)).hint).toBe(
      'it is in the cube andet',
    );
  });

  it('by a name of several KPIs are ambiguous', () => {
    const text = miniWorkspace.find(({ file }) => file.endsWith('befolkning/folketal.yaml'))?.text ?? '';
    const second = text.replace('kpi: befolkning.folketal', 'kpi: beskaeftigelse.folketal');
    const files = withChange(
      'cubes/arbejde.yaml',
      ', folketal]',
      ', befolkning.folketal, beskaeftigelse.folketal]',
      withFile('kpi-definitions/beskaeftigelse/folketal.yaml', second),
    );
    expect(expectRefused('ambiguous-name', { kpi: 'ledige,⟦folketal⟧' }, scopeOf(files)).hint).toBe(
      'write one of befolkning.folketal, beskaeftigelse.folketal',
    );
  });

  describe('by the name of a measure that several KPIs have', () => {
    const kpi = (name: string, parts: string) => `kpi: test.${name}
version: 1
status: approved
valid_from: "2020"
label: { da: ${name}, en: ${name} }
unit: borger
decimals: 0
direction: neutral
formula: indbyggere
missing: { parts: ${parts}, operand: require_all }
measures:
  indbyggere: { source: dst.folketal, sum: personer, unit: borger, over_time: last }
`;
    const files = (second: string) =>
      withChange(
        'cubes/arbejde.yaml',
        ', folketal]',
        ', folketal, en, to]',
        withFile(
          'kpi-definitions/test/en.yaml',
          kpi('en', 'require_all'),
          withFile('kpi-definitions/test/to.yaml', kpi('to', second)),
        ),
      );

    it('are that measure where all mean the same', () => {
      expect(columns('indbyggere', scopeOf(files('require_all')))).toEqual([
        ['indbyggere', 'measure', 'test.en.indbyggere'],
      ]);
    });

    it('are ambiguous where one of them takes what is missing as zero', () => {
      expect(expectRefused('ambiguous-name', { kpi: '⟦indbyggere⟧' }, scopeOf(files('as_zero'))).hint).toBe(
        'write one of test.en.indbyggere, test.to.indbyggere',
      );
    });
  });
});
