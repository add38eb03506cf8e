import { diagnostic } from '../../diagnostics/codes.ts';
import { shown } from '../personNumber.ts';
import { codeColumns, type KeptCheck, listed, notRun, rowCount } from './check.ts';

/** Codes that are in no list and count as the unknown member: a column where they may, and how many do. */
export const unmappedCodes: KeptCheck = ({ source, file }, facts) => {
  const check = 'unmapped-codes';
  const columns = codeColumns(source).filter(({ unknown }) => unknown === 'uoplyst');
  if (columns.length === 0) return { result: notRun(check, 'Unknown codes are refused.'), warnings: [] };
  const warnings = columns.flatMap((column) => {
    const texts = facts.unmapped.get(column.name) ?? [];
    const [first] = texts;
    if (first === undefined) return [];
    const rows = texts.reduce((sum, text) => sum + text.rows, 0);
    const message = `The code of ${rowCount(rows)} of ${facts.rows} is in no list, and counts as "uoplyst".`;
    const place = { file, row: first.line, column: column.from };
    const hint = `add to the list, or as an alias: ${listed([...new Set(texts.map(({ text }) => `"${shown(text)}"`))])}`;
    return [diagnostic('unmapped-code', message, { place, hint })];
  });
  const text = warnings.map(({ message }) => message).join(' ') || 'Every code is in its list.';
  return { result: { check, outcome: warnings.length === 0 ? 'passed' : 'warned', text }, warnings };
};
