import { describe, expect, it } from 'vitest';
import { measuresOfCube, planCells } from '../../src/plan/planCells.ts';
import { withPrice } from '../query/support.ts';
import { miniWorkspace, modelOf, withChange, withFile } from '../support/definitions.ts';
import { cubeOf, sourceOf } from './support.ts';

const cells = (source: string, files = miniWorkspace) => {
  const model = modelOf([...files]);
  return planCells(model, cubeOf(model), sourceOf(model, source));
};

describe('cells of a source', () => {
  it('keep the dimensions of the cube, and the level beside a code where totals come too', () => {
    expect(cells('star.ledighed').dimensions).toEqual([
      { column: 'kommune', dimension: 'kommune', leaf: 'kommune', leveled: true },
      { column: 'koen', dimension: 'koen', leaf: 'koen', leveled: false },
    ]);
    expect(cells('star.ledighed').periodColumn).toBe('maaned');
    expect(cells('dst.folketal').dimensions).toEqual([
      { column: 'kommune', dimension: 'kommune', leaf: 'kommune', leveled: false },
    ]);
  });

  it('read the finest rows only of a dimension with totals that the cube does not keep', () => {
    const levelled = withChange(
      'kpi-definitions/dimensions/koen.yaml',
      'koen: [koen]',
      'koen: [koen, alle]',
      withFile(
        'data/classifications/alle.yaml',
        'classification: alle\nlabel: { da: Alle, en: All }\nmembers: [{ code: "T", label: { da: Alle, en: All } }]\n',
        withChange(
          'data/classifications/koen.yaml',
          'en: Men } }',
          'en: Men }, parents: { alle: "T" } }',
          withChange(
            'kpi-definitions/sources/star.ledighed.yaml',
            'dimension: koen }',
            'dimension: koen, levels: [koen, alle] }',
            withChange('cubes/arbejde.yaml', '[kommune, koen]', '[kommune]'),
          ),
        ),
      ),
    );
    const plan = cells('star.ledighed', levelled);
    expect(plan.dimensions.map(({ column }) => column)).toEqual(['kommune']);
    expect(plan.dropped).toEqual([{ column: 'koen', dimension: 'koen', leaf: 'koen', leveled: true }]);
  });

  it('hold each state once, in the order of their names, weights among them', () => {
    const states = (source: string) => cells(source, [...withPrice()]).states.map(({ state }) => state);
    expect(states('star.ledighed')).toEqual(['ledige', 'pris']);
    expect(states('dst.folketal')).toEqual(['folketal', 'indbyggere']);
  });

  it('do not depend on the order of the cube', () => {
    const turned = withChange(
      'cubes/arbejde.yaml',
      'kpis: [ledige, ledige_pr_1000, folketal]',
      'kpis: [folketal, ledige_pr_1000, ledige]',
    );
    for (const source of ['star.ledighed', 'dst.folketal'])
      expect(cells(source, [...turned])).toEqual(cells(source));
  });
});

describe('measures of a cube', () => {
  it('are those of its KPIs and the weights of these, each once', () => {
    const model = modelOf([...withPrice()]);
    const ids = measuresOfCube(model, cubeOf(model)).map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toContain('beskaeftigelse.pris.indbyggere');
  });
});
