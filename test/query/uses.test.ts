import { describe, expect, it } from 'vitest';
import { miniWorkspace, withChange } from '../support/definitions.ts';
import { bound, expectRefused, scopeOf, useOf, withLedige, withPrice } from './support.ts';

describe('a measure that adds', () => {
  it('is added from its parts at any level', () => {
    for (const by of ['', 'kommune', 'region', 'land', 'region,koen']) {
      expect(useOf(bound({ kpi: 'ledige', by }), 'ledige')).toMatchObject({
        parts: 'add',
        totalAt: null,
        weight: null,
      });
    }
  });

  it('is bound once though two columns need it', () => {
    const query = bound({ kpi: 'ledige_pr_1000,ledige,beskaeftigelse.ledige.ledige' });
    expect(query.measures.map(({ measure }) => measure.id)).toEqual([
      'beskaeftigelse.ledige.ledige',
      'beskaeftigelse.ledige_pr_1000.folketal',
    ]);
  });

  it('counts coverage over the columns that expect members', () => {
    const source = 'kpi-definitions/sources/star.ledighed.yaml';
    const both = withChange(source, 'dimension: koen }', 'dimension: koen, expect: all }');
    expect(useOf(bound({ kpi: 'ledige' }), 'ledige').coverageDimensions).toEqual(['kommune']);
    expect(useOf(bound({ kpi: 'ledige' }, scopeOf(both)), 'ledige').coverageDimensions).toEqual([
      'kommune',
      'koen',
    ]);
  });
});

describe('a measure that does not add over a dimension', () => {
  const scope = scopeOf(
    withLedige(
      'over: { kommune: none }\n    over_time: mean\n    reason: { da: De flytter., en: They move. }',
    ),
  );

  it("is the source's own total at a level where it gives one", () => {
    expect(useOf(bound({ kpi: 'ledige', by: 'land' }, scope), 'ledige')).toMatchObject({
      parts: 'count',
      totalAt: { kommune: 'land' },
    });
  });

  it("is the source's own total of all, if the dimension is not asked for", () => {
    expect(useOf(bound({ kpi: 'ledige', by: 'koen' }, scope), 'ledige')).toMatchObject({
      parts: 'count',
      totalAt: { kommune: 'land' },
    });
  });

  it('is itself at the finest level, with levels above beside it, or for one member', () => {
    for (const typed of [
      { by: 'kommune' },
      { by: 'region,kommune' },
      { where: 'kommune == "101"' },
      { by: 'region', where: 'kommune == "101"' },
    ]) {
      expect(useOf(bound({ kpi: 'ledige', ...typed }, scope), 'ledige')).toMatchObject({
        parts: 'add',
        totalAt: null,
      });
    }
  });

  it('is refused at a level that the source gives no total of, with the reason', () => {
    const found = expectRefused(
      'does-not-add',
      { kpi: 'folketal,⟦ledige⟧', by: 'region', period: '2026' },
      scope,
    );
    expect(found.message).toBe(
      '"ledige" does not add over kommune, and star.ledighed has no total of its own at region. They move.',
    );
    expect(found.hint).toBe(
      "ask by kommune, or by land without a filter, where the source's own total is given",
    );
  });

  it.each([
    'region == "082" or region == "081"',
    'kommune != "101"',
    'kommune in ["101","400"]',
    'not (kommune == "uoplyst")',
  ])('is refused where a filter leaves out something that the total holds: %s', (where) => {
    expect(expectRefused('does-not-add', { kpi: '⟦ledige⟧', by: 'land', where }, scope).message).toContain(
      'at land for this filter',
    );
    expect(expectRefused('does-not-add', { kpi: '⟦ledige⟧', where }, scope).message).toContain(
      'over all of kommune for this filter',
    );
  });

  it('is the total still where the filter is about the total itself, or about another dimension', () => {
    for (const where of ['land == "000"', 'koen == "1"']) {
      expect(useOf(bound({ kpi: 'ledige', by: 'land', where }, scope), 'ledige')).toMatchObject({
        totalAt: { kommune: 'land' },
      });
    }
  });

  it('is refused at two levels of totals at once', () => {
    const source = 'kpi-definitions/sources/star.ledighed.yaml';
    const regions = withChange(
      source,
      'levels: [kommune, land]',
      'levels: [kommune, region, land]',
      withLedige('over: { kommune: none }\n    over_time: mean'),
    );
    expectRefused('does-not-add', { kpi: '⟦ledige⟧', by: 'region,land' }, scopeOf(regions));
    expect(useOf(bound({ kpi: 'ledige', by: 'region' }, scopeOf(regions)), 'ledige').totalAt).toEqual({
      kommune: 'region',
    });
  });

  it('is refused where the source gives no total at all', () => {
    const koen = scopeOf(withLedige('over: { koen: none }\n    over_time: mean'));
    expect(expectRefused('does-not-add', { kpi: '⟦ledige⟧', by: 'kommune' }, koen).hint).toBe(
      'ask by koen, or for one koen with --where',
    );
    expect(useOf(bound({ kpi: 'ledige', by: 'region,koen' }, koen), 'ledige').parts).toBe('add');
    expect(useOf(bound({ kpi: 'ledige', by: 'region', where: 'koen == "2"' }, koen), 'ledige').parts).toBe(
      'add',
    );
  });

  it('is refused for each column that stands on it, in its own place', () => {
    expectRefused('does-not-add', { kpi: 'folketal,⟦ledige_pr_1000⟧', by: 'region', period: '2026' }, scope);
  });
});

describe('a measure that is weighed over a dimension', () => {
  const scope = scopeOf(withPrice());

  it('is weighed above the finest level, by the weight of its own year', () => {
    const use = useOf(bound({ kpi: 'pris', by: 'region', period: '2026M07' }, scope), 'pris');
    expect(use).toMatchObject({
      parts: 'weigh',
      totalAt: null,
      pairs: [{ source: '2026M07', weight: '2026' }],
    });
    expect(use.weight?.measure.id).toBe('beskaeftigelse.pris.indbyggere');
  });

  it("is weighed beside the source's own total, where there is one", () => {
    expect(useOf(bound({ kpi: 'pris', by: 'land', period: '2026M07' }, scope), 'pris')).toMatchObject({
      parts: 'weigh',
      totalAt: { kommune: 'land' },
    });
  });

  it('is itself at the finest level and for one member', () => {
    expect(useOf(bound({ kpi: 'pris', by: 'kommune' }, scope), 'pris').parts).toBe('add');
    expect(useOf(bound({ kpi: 'pris', where: 'kommune == "101"' }, scope), 'pris').parts).toBe('add');
  });

  it('is refused over several periods, whatever it does over time', () => {
    for (const overTime of ['mean', 'sum', 'none']) {
      const found = expectRefused(
        'does-not-add',
        { kpi: '⟦pris⟧', by: 'region', period: '2026K2' },
        scopeOf(withPrice({ overTime })),
      );
      expect(found.message).toContain('over time, and 2026K2 holds several maaned figures.');
    }
    expect(useOf(bound({ kpi: 'pris', by: 'kommune', period: '2026K2' }, scope), 'pris').pairs).toHaveLength(
      3,
    );
    expect(bound({ kpi: 'pris', by: 'region,maaned', period: '2026K2' }, scope).periods).toHaveLength(3);
  });

  it('counts the weighed dimension among its parts, though nobody says whom to expect', () => {
    const source = 'kpi-definitions/sources/star.ledighed.yaml';
    const open = withChange(source, 'empty: uoplyst, expect: all }', 'empty: uoplyst }', withPrice());
    const other = withChange(source, 'dimension: koen }', 'dimension: koen, expect: all }', open);
    expect(useOf(bound({ kpi: 'pris', by: 'region' }, scopeOf(other)), 'pris').coverageDimensions).toEqual([
      'koen',
      'kommune',
    ]);
  });

  it('is not summed unweighed where another dimension can only be answered by totals', () => {
    const source = 'kpi-definitions/sources/star.ledighed.yaml';
    const levelled = withChange(
      'kpi-definitions/dimensions/koen.yaml',
      'koen: [koen]',
      'koen: [koen, alle]',
      withAlle(),
    );
    const files = withChange(
      source,
      'dimension: koen }',
      'dimension: koen, levels: [koen, alle] }',
      levelled,
    );
    const own = scopeOf(files);
    expect(
      expectRefused('does-not-add', { kpi: '⟦pris⟧', by: 'region', period: '2026M07' }, own).message,
    ).toContain('over kommune');
    expect(useOf(bound({ kpi: 'pris', by: 'land', period: '2026M07' }, own), 'pris')).toMatchObject({
      parts: 'count',
      weight: null,
      totalAt: { kommune: 'land', koen: 'alle' },
    });
    expect(useOf(bound({ kpi: 'pris', by: 'region,koen', period: '2026M07' }, own), 'pris')).toMatchObject({
      parts: 'weigh',
      totalAt: null,
    });
  });
});

/** A price that adds over neither kommune nor sex, and a level above sex. */
function withAlle() {
  const price = withPrice({ over: '{ kommune: { weighted_by: indbyggere }, koen: none }' });
  const koen = miniWorkspace.find(({ file }) => file === 'data/classifications/koen.yaml')?.text ?? '';
  const parents = koen.replaceAll(' } }', ' }, parents: { alle: "T" } }');
  return [
    ...price.filter(({ file }) => file !== 'data/classifications/koen.yaml'),
    { file: 'data/classifications/koen.yaml', text: parents },
    {
      file: 'data/classifications/alle.yaml',
      text: 'classification: alle\nlabel: { da: Alle, en: All }\nmembers: [{ code: "T", label: { da: Alle, en: All } }]\n',
    },
  ];
}
