import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/codes.ts';
import { sortDiagnostics } from '../../src/diagnostics/sort.ts';

const at = (file: string, start: number, message = 'x') =>
  diagnostic('yaml-syntax', message, { span: { file, start, end: start + 1 } });

describe('sortDiagnostics', () => {
  it('goes by file, then by offset or row, and what has no place comes first', () => {
    const row = diagnostic('yaml-syntax', 'row', { place: { file: 'b.csv', row: 3 } });
    const nowhere = diagnostic('yaml-syntax', 'nowhere');
    const sorted = sortDiagnostics([at('c', 1), at('a', 20), row, at('a', 3), nowhere]);
    expect(sorted).toEqual([nowhere, at('a', 3), at('a', 20), row, at('c', 1)]);
  });

  it('gives the same list whatever the order was', () => {
    const one = fc.record({
      file: fc.constantFrom('a', 'b'),
      start: fc.nat(3),
      message: fc.constantFrom('x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(one), (list) => {
        const diagnostics = list.map(({ file, start, message }) => at(file, start, message));
        expect(sortDiagnostics([...diagnostics].reverse())).toEqual(sortDiagnostics(diagnostics));
      }),
    );
  });
});
