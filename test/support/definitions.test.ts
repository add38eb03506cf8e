import { describe, expect, it } from 'vitest';
import {
  diagnosticsOf,
  expectFault,
  miniText,
  miniWorkspace,
  modelOf,
  withChange,
  withFile,
} from './definitions.ts';

describe('the mini workspace', () => {
  it('compiles without a word', () => {
    expect(diagnosticsOf(miniWorkspace)).toEqual([]);
    expect(Object.keys(modelOf().kpis)).toEqual([
      'befolkning.folketal',
      'beskaeftigelse.ledige',
      'beskaeftigelse.ledige_pr_1000',
    ]);
  });

  it('has a file exchanged, a text changed, and keeps the rest', () => {
    const cube = 'cubes/arbejde.yaml';
    expect(diagnosticsOf(withFile(cube, '')).map(({ code }) => code)).toEqual(['empty-file']);
    const changed = withChange(cube, '[kommune, koen]', '[kommune]');
    expect(modelOf(changed).cubes.arbejde?.dimensions).toEqual(['kommune']);
    expect(changed).toHaveLength(miniWorkspace.length);
    expect(miniText(cube)).toContain('[kommune, koen]');
  });

  it('refuses a change of what is not there, or is there twice', () => {
    expect(() => withChange('cubes/arbejde.yaml', 'nothing of the kind', '')).toThrow('0 times');
    expect(() => withChange('cubes/arbejde.yaml', 'ledige', '')).toThrow('4 times');
  });

  it('tells a fault that is where it should be from one that is not', () => {
    const cube = 'cubes/arbejde.yaml';
    expectFault('unknown-dimension', cube, '[kommune, koen]', '[kommune, ⟦kon⟧]');
    expect(() => expectFault('unknown-dimension', cube, '[kommune, koen]', '[⟦kommune⟧, kon]')).toThrow();
    expect(() => expectFault('unknown-dimension', cube, '[kommune, koen]', '[kom, ⟦kon⟧]')).toThrow();
  });
});
