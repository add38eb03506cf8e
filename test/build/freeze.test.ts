import { describe, expect, it } from 'vitest';
import { freezeModel } from '../../src/build/freeze.ts';
import type { SemanticModel } from '../../src/model/types.ts';
import { miniWorkspace, modelOf, withChange } from '../support/definitions.ts';

function frozen(model: SemanticModel): SemanticModel {
  const cube = model.cubes.arbejde;
  if (!cube) throw new Error('the mini workspace has a cube');
  return JSON.parse(new TextDecoder().decode(freezeModel(model, cube)));
}

describe('freezeModel', () => {
  it('keeps what the cube stands on, and no places', () => {
    const kept = frozen(modelOf());
    expect(Object.keys(kept.sources)).toEqual(['dst.folketal', 'star.ledighed']);
    expect(kept.dimensions).toEqual(modelOf().dimensions);
    expect(JSON.stringify(kept)).not.toMatch(/"(span|nameSpan)"/);
  });

  it('does not change when a formula moves to another line', () => {
    const file = 'kpi-definitions/sources/star.ledighed.yaml';
    const moved = withChange(file, 'supplier: STAR', '# A comment.\nsupplier: STAR');
    expect(frozen(modelOf(moved))).toEqual(frozen(modelOf()));
  });

  it('keeps a classification that is called span', () => {
    const files = miniWorkspace.map(({ file, text }) => ({
      file,
      text: text.replaceAll(/\bkoen\b(?=[:\],]| }|\n)/g, 'span'),
    }));
    const kept = frozen(modelOf(files));
    expect(kept.classifications.span?.members.map(({ code }) => code)).toEqual(['1', '2']);
    expect(kept.dimensions.span?.levels).toEqual(['span']);
  });
});
