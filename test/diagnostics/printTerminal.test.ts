import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/codes.ts';
import { printTerminal, type TerminalOptions } from '../../src/diagnostics/printTerminal.ts';
import { marked } from '../support/marked.ts';

/** One diagnostic at the marked place of `a.yaml`, as printed. */
function print(markedText: string, options?: TerminalOptions): string {
  const { text, start, end } = marked(markedText);
  const one = diagnostic('unknown-key', 'No.', { span: { file: 'a.yaml', start, end } });
  return printTerminal([one], new Map([['a.yaml', text]]), options);
}

describe('printTerminal', () => {
  it('shows place, code, sentence, the line, carets and what to do', () => {
    const { text, start, end } = marked(`${'\n'.repeat(8)}formula: ⟦ledge⟧ / folketal\n`);
    const file = 'kpi-definitions/beskaeftigelse/ledige.yaml';
    const one = diagnostic('unknown-key', 'There is no measure named "ledge".', {
      span: { file, start, end },
      hint: 'did you mean "ledige"?',
    });
    expect(printTerminal([one], new Map([[file, text]]))).toBe(
      [
        'kpi-definitions/beskaeftigelse/ledige.yaml:9:10 error[unknown-key] There is no measure named "ledge".',
        '    9 | formula: ledge / folketal',
        '      |          ^^^^^',
        '  did you mean "ledige"?',
        '',
      ].join('\n'),
    );
  });

  it('counts æ, ø and å as one column, a wide character as two and an accent as none', () => {
    expect(print('æøå: ⟦å⟧')).toBe('a.yaml:1:6 error[unknown-key] No.\n    1 | æøå: å\n      |      ^\n');
    expect(print('漢: ⟦字字⟧')).toContain('    1 | 漢: 字字\n      |     ^^^^\n');
    expect(print('a\u030a: ⟦x⟧')).toContain('      |    ^\n');
  });

  it('shows a tab as spaces, so that the caret stands below its character', () => {
    expect(print('\ta\t⟦b⟧')).toContain('    1 |     a   b\n      |         ^\n');
  });

  it('shows nothing that a terminal would obey', () => {
    const printed = print('a: \u001b[31m⟦x\u0007⟧\u202e');
    expect(printed).toContain('    1 | a: �[31mx��\n      |         ^^\n');
  });

  it('marks one column if the place is empty, also behind the end of the text', () => {
    expect(print('a: ⟦⟧')).toContain('    1 | a:\n      |    ^\n');
    expect(print('a⟦⟧b')).toContain('      |  ^\n');
  });

  it('marks the first line of a place over several lines', () => {
    expect(print('a: ⟦b\n  c⟧')).toContain('    1 | a: b\n      |    ^\n');
  });

  it('cuts a long line around the place', () => {
    const long = `${'a'.repeat(200)}⟦bad⟧${'c'.repeat(200)}`;
    expect(print(long, { width: 30 })).toContain(
      `    1 | …${'a'.repeat(10)}bad${'c'.repeat(17)}…\n      |  ${' '.repeat(10)}^^^\n`,
    );
    expect(print(`${'a'.repeat(40)}⟦bad⟧c`, { width: 30 })).toContain(`    1 | …${'a'.repeat(26)}badc\n`);
    expect(print(`⟦bad⟧${'c'.repeat(40)}`, { width: 30 })).toContain(
      `    1 | bad${'c'.repeat(27)}…\n      | ^^^\n`,
    );
  });

  it('names row and column of a delivered table, and does not show the row', () => {
    const one = diagnostic('unknown-key', 'No.', { place: { file: 'x.csv', row: 17, column: 'vaerdi' } });
    expect(printTerminal([one], new Map([['x.csv', 'secret']]))).toBe(
      'x.csv:17 vaerdi error[unknown-key] No.\n',
    );
    const whole = diagnostic('unknown-key', 'No.', { place: { file: 'x.csv', row: 1 } });
    expect(printTerminal([whole])).toBe('x.csv:1 error[unknown-key] No.\n');
  });

  it('says what it can without the text, and without a place', () => {
    const span = { file: 'gone.yaml', start: 3, end: 4 };
    expect(printTerminal([diagnostic('unknown-key', 'No.', { span, hint: 'Do.' })])).toBe(
      'gone.yaml error[unknown-key] No.\n  Do.\n',
    );
    expect(printTerminal([diagnostic('unknown-key', 'No.')])).toBe('error[unknown-key] No.\n');
  });

  it('prints all diagnostics in order, and nothing for none', () => {
    const at = (start: number) =>
      diagnostic('unknown-key', `${start}.`, { span: { file: 'gone', start, end: start } });
    expect(printTerminal([at(2), at(1)])).toBe('gone error[unknown-key] 1.\ngone error[unknown-key] 2.\n');
    expect(printTerminal([])).toBe('');
  });

  it('colours only if asked, and only around what is there without colour', () => {
    const coloured = print('a: ⟦b⟧', { colour: true });
    expect(coloured).toContain('\u001b[31merror[unknown-key]\u001b[0m');
    const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    expect(coloured.replace(codes, '')).toBe(print('a: ⟦b⟧'));
  });

  it('puts a caret below every marked letter of a line, wherever it is cut', () => {
    const piece = fc.stringMatching(/^[a-z ]{0,60}$/);
    fc.assert(
      fc.property(
        piece,
        fc.stringMatching(/^[A-Z]{1,12}$/),
        piece,
        fc.integer({ min: 40, max: 90 }),
        (a, bad, c, width) => {
          const [, line = '', carets = ''] = print(`${a}⟦${bad}⟧${c}`, { width }).split('\n');
          expect(line.slice(carets.indexOf('^'), carets.length)).toBe(bad);
          expect(line.length).toBeLessThanOrEqual('    1 | '.length + width + 2);
        },
      ),
    );
  });
});
