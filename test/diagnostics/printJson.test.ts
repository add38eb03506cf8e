import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/codes.ts';
import { printJson } from '../../src/diagnostics/printJson.ts';
import { marked } from '../support/marked.ts';

describe('printJson', () => {
  it('gives line and column, sorted, for programs', () => {
    const { text, start, end } = marked('kpi: x\nformula: ⟦ledge⟧\n');
    const inText = diagnostic('unknown-key', 'No.', { span: { file: 'a.yaml', start, end }, hint: 'Do.' });
    const inTable = diagnostic('unknown-key', 'No.', { place: { file: 'b.csv', row: 3, column: 'vaerdi' } });
    const gone = diagnostic('unknown-key', 'No.', { span: { file: 'c.yaml', start: 1, end: 2 } });
    const said = { severity: 'error', code: 'unknown-key', message: 'No.' };
    expect(JSON.parse(printJson([gone, inTable, inText], new Map([['a.yaml', text]])))).toEqual([
      { ...said, file: 'a.yaml', line: 2, column: 10, end_line: 2, end_column: 15, hint: 'Do.' },
      { ...said, file: 'b.csv', row: 3, column_name: 'vaerdi' },
      { ...said, file: 'c.yaml' },
    ]);
  });

  it('is an empty list for none', () => {
    expect(printJson([])).toBe('[]\n');
  });
});
