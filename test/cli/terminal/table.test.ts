import { describe, expect, it } from 'vitest';
import { type PrintedColumn, printTable } from '../../../src/cli/terminal/table.ts';

const key = (header: string, ...cells: string[]): PrintedColumn => ({
  header: [header],
  align: 'left',
  cells,
});
const figure = (header: string, ...cells: string[]): PrintedColumn => ({
  header: [header],
  align: 'right',
  cells,
});

describe('printTable', () => {
  it('wraps a long name between words, and a long word where it must', () => {
    const table = {
      keys: [key('name', 'Aktivitetsbestemt medfinansiering', 'Donaudampfschifffahrtsgesellschaft')],
      groups: [[figure('kr.', '1', '2')]],
      footer: 0,
    };
    expect(printTable(table, 25)).toBe(`\
name                  kr.
─────────────────────────
Aktivitetsbestemt       1
medfinansiering
Donaudampfschifffahr    2
tsgesellschaft
`);
  });

  it('keeps the columns of a group in one block', () => {
    const group = (name: string) => [figure(name, '1000'), figure('of', '98/98')];
    const table = { keys: [key('a', 'x')], groups: [group('p'), group('q')], footer: 0 };
    expect(printTable(table, 22)).toBe(`\
a     p     of
──────────────
x  1000  98/98

a     q     of
──────────────
x  1000  98/98
`);
  });

  it('sets a footer under a line of its own', () => {
    const table = { keys: [key('a', 'x', 'all')], groups: [[figure('n', '1', '1')]], footer: 1 };
    expect(printTable(table, 80)).toBe('a    n\n──────\nx    1\n──────\nall  1\n');
  });

  it('lets no text steer the terminal', () => {
    const table = { keys: [key('a\u001b[2J', '\u001b]0;title\u0007')], groups: [], footer: 0 };
    expect(printTable(table, 80)).toBe('a�[2J\n─────────\n�]0;title�\n'.replace('─────────', '─'.repeat(10)));
  });

  it('lines up letters that are written in two characters', () => {
    const table = { keys: [key('a', 'a\u030arhus', 'koge')], groups: [[figure('n', '1', '2')]], footer: 0 };
    expect(printTable(table, 80)).toBe('a      n\n────────\na\u030arhus  1\nkoge   2\n');
  });
});
