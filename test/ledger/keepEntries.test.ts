import { describe, expect, it } from 'vitest';
import { loadParser } from '../../src/formula/parse.ts';
import { keepEntries } from '../../src/ledger/keepEntries.ts';
import { exampleLedger } from './example.ts';

const parse = await loadParser();

function kept(text: string) {
  const { value } = parse(text, { file: '--where', start: 0 });
  if (!value) throw new Error(`"${text}" is no formula`);
  return keepEntries(exampleLedger, value);
}

const told = (text: string) =>
  kept(text).value?.entries.map(({ column, grid, period, members }) =>
    [column, grid, period, ...members].join(' '),
  );

describe('a filter of a ledger', () => {
  it('keeps what stands at the level that it names, and is of the code', () => {
    expect(told('kommune == "751"')).toEqual(['1 2 2026M06 751', '1 2 2026M07 751', '2 2 2026M06 751']);
    expect(told('kommune in ["751", "851"] and maaned < "2026M07"')).toEqual([
      '1 2 2026M06 751',
      '1 2 2026M06 851',
      '2 2 2026M06 751',
    ]);
    expect(told('kvartal == "2026K2"')).toEqual(['1 4 2026K2 101']);
    expect(told('koen == "1" and not maaned == "2026M06"')).toEqual(['0 3 2026M07 101 1']);
  });

  it('is refused where it names no level, or is none', () => {
    const codes = (text: string) => kept(text).diagnostics.map(({ code }) => code);
    expect(codes('komune == "101"')).toEqual(['unknown-level']);
    expect(kept('komune == "101"').diagnostics[0]?.hint).toBe('did you mean "kommune"?');
    expect(codes('kommune')).toEqual(['not-a-condition']);
    expect(codes('kommune == 101')).toEqual(['not-a-condition']);
    expect(codes('kommune + 1 == "101"')).toEqual(['not-a-condition']);
  });
});
