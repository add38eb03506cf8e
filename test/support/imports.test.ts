import { describe, expect, it } from 'vitest';
import { importsOf } from './imports.ts';

describe('importsOf', () => {
  it('finds every form of an import', () => {
    const text = `
import a, { b } from 'one';
import type { C } from './two.ts';
import {
  d,
  type E,
} from '../three.ts';
import 'four';
export { f } from './five.ts';
export * from 'node:six';
const g = await import('seven/part');
type H = import('./eight.ts').H;
// This comment is not from 'nine'.
`;
    expect(
      importsOf('src/room/file.ts', text)
        .map(({ target }) => target)
        .sort(),
    ).toEqual([
      'four',
      'node:six',
      'one',
      'seven/part',
      'src/room/eight.ts',
      'src/room/five.ts',
      'src/room/two.ts',
      'src/three.ts',
    ]);
  });

  it('tells types alone from values', () => {
    const text = "import type { A } from './a.ts';\nimport { type B, c } from './b.ts';\n";
    expect(importsOf('src/file.ts', text).map(({ typesOnly }) => typesOnly)).toEqual([true, false]);
  });
});
