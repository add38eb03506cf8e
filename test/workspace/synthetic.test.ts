import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../src/formula/compile.ts';
import { synthesizeStar } from '../../src/supply/synthesize/star.ts';
import { kommuner } from '../supply/synthesize/kommuner.ts';
import { bundledModel } from './bundled.ts';

const { value: model } = await bundledModel();
const star = Object.values(model?.sources ?? {}).filter((source) => source.id.startsWith('star.'));
const deliveries = synthesizeStar({ releases: 3, kommuner: kommuner().slice(0, 10) });

const header = ['kommune_kode', 'kommune_navn', 'datasaet', 'maaletal', 'periode', 'vaerdi'];
const columns = new Map(
  header.map((name, index) => [
    name,
    { type: 'text' as const, read: (row: readonly string[]) => row[index] ?? null },
  ]),
);

describe('the contracts of STAR', () => {
  it('take every row of the made-up deliveries, each by one of them', () => {
    const rowsOf = star.map(({ id, file }) => ({
      id,
      takes: file.rows && compileCondition(file.rows, columns),
    }));
    const takers = new Set<string>();
    for (const { text } of deliveries) {
      for (const line of text.trimEnd().split('\n').slice(1)) {
        const taking = rowsOf.filter(({ takes }) => takes?.(line.split(';')) === true).map(({ id }) => id);
        expect(taking, line).toHaveLength(1);
        takers.add(taking.join());
      }
    }
    expect([...takers].sort()).toEqual(star.map(({ id }) => id).sort());
  });

  it('see the mark of made-up figures', () => {
    for (const source of star) {
      expect(source.file.synthetic).toEqual({ column: 'kommune_navn', contains: '(syntetisk)' });
    }
  });
});
