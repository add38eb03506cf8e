import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange, withFile } from '../../support/definitions.ts';

const kommune = 'kpi-definitions/dimensions/kommune.yaml';
const koen = 'kpi-definitions/dimensions/koen.yaml';
const levels = '[kommune, landsdel, region, land]';

describe('levels of dimensions', () => {
  it('are classifications', () => {
    const { hint } = expectFault('unknown-level', kommune, levels, '[kommune, ⟦landdel⟧, region, land]');
    expect(hint).toBe('did you mean "landsdel"?');
  });

  it('start at the same finest level', () => {
    expectFault('leaf-differs', kommune, levels, `${levels}\n  kort: [⟦koen⟧]`, withoutKoen());
  });

  it.each(['maaned', 'aar', 'dag'])('leave "%s" to time', (level) => {
    expectFault('reserved-code', koen, 'koen: [koen]', `koen: [koen, ⟦${level}⟧]`);
  });

  it.each(['valid_from', 'expected', 'periode', 'weight'])('leave "%s" to the program', (level) => {
    expectFault('reserved-code', koen, 'koen: [koen]', `koen: [koen, ⟦${level}⟧]`);
  });

  it('belong to one dimension', () => {
    const file = 'kpi-definitions/dimensions/sex.yaml';
    const text = 'dimension: sex\nlabel: { da: Køn, en: Sex }\nhierarchies:\n  sex: [koen]\n';
    const { message } = expectFault('ambiguous-name', file, '[koen]', '[⟦koen⟧]', withFile(file, text));
    expect(message).toBe('Level "koen" is already in the dimension "koen".');
  });

  it('stand in one place of their dimension', () => {
    expectFault('named-twice', kommune, levels, `${levels}\n  kort: [kommune, ⟦landsdel⟧]`);
    expectFault('named-twice', kommune, levels, '[kommune, landsdel, region, land, ⟦land⟧]');
  });

  it('may begin several hierarchies', () => {
    const group =
      'classification: gruppe\nlabel: { da: G, en: G }\nmembers:\n  - { code: "1", label: { da: A, en: A } }\n';
    const files = withChange(
      kommune,
      levels,
      `${levels}\n  grupper: [kommune, gruppe]`,
      withChange(
        'data/classifications/kommune.yaml',
        '{ code: "851", label: { da: Aalborg, en: Aalborg }, parents: {',
        '{ code: "851", label: { da: Aalborg, en: Aalborg }, parents: { gruppe: "1",',
        withFile('data/classifications/gruppe.yaml', group),
      ),
    );
    expect(diagnosticsOf(files)).toEqual([]);
  });

  it('are reached from the level below', () => {
    const { message } = expectFault('no-parents', kommune, levels, '[kommune, landsdel, ⟦land⟧]');
    expect(message).toBe('No member of "landsdel" has a parent in "land".');
  });

  it('are one at least', () => {
    const empty = withChange(koen, 'hierarchies:\n  koen: [koen]', 'hierarchies: {}');
    expect(diagnosticsOf(empty).map(({ code, message }) => [code, message])).toContainEqual([
      'missing-key',
      'A dimension has one hierarchy at least.',
    ]);
  });
});

/** The mini workspace in which nothing else is about sex. */
const withoutKoen = () => {
  const source = 'kpi-definitions/sources/star.ledighed.yaml';
  const cube = withChange('cubes/arbejde.yaml', '[kommune, koen]', '[kommune]');
  return withChange(
    source,
    '  koen: { type: code, from: Koen, dimension: koen }\n',
    '',
    withChange(source, '[kommune, maaned, koen, ydelse]', '[kommune, maaned, ydelse]', cube),
  ).filter(({ file }) => file !== koen);
};
