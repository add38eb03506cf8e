import { describe, expect, it } from 'vitest';
import { inputsRead } from '../../src/build/inputPlaces.ts';
import type { EditionInput } from '../../src/catalog/types.ts';

const part = (sha256: string): EditionInput['snapshots'][number] => ({
  number: 1,
  receipt: 1,
  received: '2026-08-19T05:03:20.000Z',
  sha256,
  size: 1,
  periods: null,
});
const inputs: readonly EditionInput[] = [
  { source: 'skole.elever', synthetic: false, snapshots: [part('a'), part('b')] },
  { source: 'skole.fravaer', synthetic: false, snapshots: [part('c')] },
];
const holding = new Map([
  [
    'skole.elever',
    new Map([
      ['2025M12', 'a'],
      ['2026M01', 'b'],
    ]),
  ],
]);
const filesFor = (periods: readonly string[] | null) =>
  inputsRead(inputs, holding, new Map([['skole.elever', periods]])).map(({ source, snapshots }) => [
    source,
    snapshots.map(({ sha256 }) => sha256),
  ]);

describe('the snapshots that are read', () => {
  it('are those that hold a wanted period, of the sources that are read', () => {
    expect(filesFor(['2026M01'])).toEqual([['skole.elever', ['b']]]);
    expect(filesFor(['2025M12', '2026M01'])).toEqual([['skole.elever', ['a', 'b']]]);
  });

  it('are all where every period is wanted', () => {
    expect(filesFor(null)).toEqual([['skole.elever', ['a', 'b']]]);
  });

  it('are one, for its columns, where no wanted period has come', () => {
    expect(filesFor(['2030M01'])).toEqual([['skole.elever', ['b']]]);
  });
});
