import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../src/formula/expression.ts';
import { printFormula } from '../../../src/formula/print.ts';
import { expectFault, miniWorkspace, modelOf, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';

const measure = (files = miniWorkspace, id = 'beskaeftigelse.ledige.ledige') => modelOf(files).measures[id];
const where = (condition: string) =>
  withChange(ledige, 'unit: person\n    over', `where: ${condition}\n    unit: person\n    over`);
const printed = (condition: Expression | null | undefined) => condition && printFormula(condition);

describe('a measure', () => {
  it('has all its defaults written out', () => {
    expect(measure()).toEqual({
      id: 'beskaeftigelse.ledige.ledige',
      name: 'ledige',
      kpi: 'beskaeftigelse.ledige',
      source: 'star.ledighed',
      aggregate: 'sum',
      column: 'fuldtidspersoner',
      key: [],
      share: null,
      decimals: 1,
      where: null,
      unit: { text: 'person', base: { person: 1 }, numerator: '1', denominator: '1' },
      over: {},
      overTime: 'mean',
      alignment: { kind: 'same' },
      reason: null,
      state: 'ledige',
    });
  });

  it('has the decimals of its column, and none where it counts', () => {
    expect(measure(miniWorkspace, 'befolkning.folketal.folketal')?.decimals).toBe(0);
    const counted = measure(withChange(ledige, 'sum: fuldtidspersoner', 'count: rows'));
    expect(counted).toMatchObject({ aggregate: 'count', column: null, decimals: 0 });
    const least = measure(withChange(ledige, 'sum: fuldtidspersoner', 'min: fuldtidspersoner'));
    expect(least).toMatchObject({ aggregate: 'min', column: 'fuldtidspersoner', decimals: 1 });
  });

  it('knows which period of its source goes with one of the answer', () => {
    const id = 'beskaeftigelse.ledige_pr_1000.folketal';
    expect(measure(miniWorkspace, id)?.alignment).toEqual({ kind: 'primo' });
    const fixed = withChange(pr1000, 'period: Å_Primo', 'period: "2026"');
    expect(measure(fixed, id)?.alignment).toEqual({ kind: 'fixed', period: '2026' });
  });

  it('has its weights by their ids', () => {
    const files = withChange(
      ledige,
      'unit: person\n    over',
      'unit: person\n    over: { koen: none, kommune: { weighted_by: vægt } }\n    over',
      withChange(
        ledige,
        'measures:\n',
        'measures:\n  vægt: { source: dst.folketal, sum: personer, unit: borger, over_time: last }\n',
      ),
    );
    expect(measure(files)?.over).toEqual({
      koen: { kind: 'none' },
      kommune: { kind: 'weighted_by', measure: 'beskaeftigelse.ledige.vægt' },
    });
    expect(modelOf(files).cubes.arbejde?.sources).toEqual(['dst.folketal', 'star.ledighed']);
  });

  it('has ranges of codes written out, over all levels that its column holds', () => {
    expect(printed(measure(where('koen > "1" and kommune <= "101"'))?.where)).toBe(
      'koen in ["2"] and kommune in ["101", "000"]',
    );
  });

  it('has ranges of other columns left as they are', () => {
    const condition = 'fuldtidspersoner > 5 and ydelse > "k"';
    expect(printed(measure(where(condition))?.where)).toBe(condition);
  });

  it('has its condition marked where it stands', () => {
    expectFault(
      'formula-chained-comparison',
      ledige,
      'unit: person\n    over',
      'where: 1 < fuldtidspersoner ⟦<⟧ 3\n    unit: person\n    over',
    );
  });
});
