import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../../src/definitions/definition.ts';
import { miniText, miniWorkspace, modelOf, withChange, withFile } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';

/** A KPI over the unemployed with this measure; its cells are of the one source. */
function withKpi(
  id: string,
  measure: string,
  where: string | null,
  files = miniWorkspace,
): readonly DefinitionFile[] {
  const condition = where === null ? '' : `    where: ${where}\n`;
  const text = miniText(ledige)
    .replace('beskaeftigelse.ledige', id)
    .replace('formula: ledige', `formula: ${measure}`)
    .replace('  ledige:\n', `  ${measure}:\n`)
    .replace('    unit: person', `${condition}    unit: person`);
  return withFile(`kpi-definitions/${id}.yaml`, text, files);
}

const states = (files: readonly DefinitionFile[]) =>
  Object.fromEntries(Object.values(modelOf(files).measures).map(({ id, state }) => [id, state]));

describe('states of measures', () => {
  it('have the name of their measure', () => {
    expect(states(miniWorkspace)).toEqual({
      'befolkning.folketal.folketal': 'folketal',
      'beskaeftigelse.ledige.ledige': 'ledige',
      'beskaeftigelse.ledige_pr_1000.folketal': 'folketal',
    });
  });

  it('are shared by equal measures, wherever they stand in their files', () => {
    const files = withKpi('x.to', 'kvinder', 'koen   == "2"', withKpi('x.en', 'kvinder', 'koen == "2"'));
    expect(states(files)).toMatchObject({ 'x.en.kvinder': 'kvinder', 'x.to.kvinder': 'kvinder' });
  });

  it('have the name of their KPI too where measures of one name differ', () => {
    const files = withKpi('x.en', 'ledige', 'koen == "1"');
    expect(states(files)).toMatchObject({
      'beskaeftigelse.ledige.ledige': 'ledige_ledige',
      'x.en.ledige': 'en_ledige',
    });
  });

  it('differ even for KPIs of one name in two domains', () => {
    const cube = 'cubes/arbejde.yaml';
    const files = withChange(
      'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml',
      'formula: ledige',
      'formula: x.ledige',
      withChange(cube, '[ledige,', '[x.ledige,', withChange(cube, 'kpi: ledige', 'kpi: x.ledige')),
    );
    expect(states(withKpi('x.ledige', 'ledige', 'koen == "1"', files))).toMatchObject({
      'beskaeftigelse.ledige.ledige': 'ledige_ledige',
      'x.ledige.ledige': 'x_ledige_ledige',
    });
  });

  it('are shared by equal measures beside a different one', () => {
    const files = withKpi('x.en', 'ledige', 'koen == "1"', withKpi('x.to', 'ledige', 'koen == "1"'));
    const found = states(files);
    expect(found['x.en.ledige']).toBe(found['x.to.ledige']);
    expect(found['x.en.ledige']).not.toBe(found['beskaeftigelse.ledige.ledige']);
  });

  it.each([
    ['a name in other case', 'Ledige'],
    ['what a state needs beside it', 'ledige_known'],
    ['what its rule over time may make of it', 'ledige_mean'],
    ['a level', 'landsdel'],
    ['a column of codes', 'koen'],
    ['the level of a code', 'kommune_level'],
    ['a name of the program', 'expected'],
  ])('need no column twice: %s', (_, measure) => {
    const found = states(withKpi('x.en', measure, 'koen == "1"'));
    const needed = [found[`x.en.${measure}`] ?? '', found['beskaeftigelse.ledige.ledige'] ?? ''];
    expect(needed.map((state) => state.toLowerCase())).not.toContain(measure.toLowerCase());
    expect(new Set(needed.map((state) => state.toLowerCase())).size).toBe(2);
  });
});
