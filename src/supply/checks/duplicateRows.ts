import { groupBy } from '../../model/groupBy.ts';
import type { Source } from '../../model/types.ts';
import type { ParsedColumn } from '../columns/parsedColumn.ts';
import { type ParsedRows, type Refusal, type RowCheck, refusalResult } from './check.ts';

/**
 * A key names one row. Where it names several all of them are refused, also when one of them has been for
 * another reason: nobody knows which is right, and to take any of them is to guess.
 */
export const duplicateRows: RowCheck = (rows) => {
  const keyed = rows.lines.flatMap((line, row) => {
    const key = keyOf(rows, row);
    return key === null ? [] : [{ key, line }];
  });
  const refusals = [...groupBy(keyed, ({ key }) => key).values()].flatMap((same) =>
    same.length === 1
      ? []
      : same.map(({ line }, at) => refusal(rows, line, same[at === 0 ? 1 : 0]?.line ?? line)),
  );
  refusals.sort((a, b) => a.row - b.row);
  return { result: refusalResult('keys', refusals, everyKeyNamesOne), refusals };
};

export const everyKeyNamesOne = 'Every key names one row.';

const refusal = ({ source }: ParsedRows, row: number, other: number): Refusal => ({
  row,
  ...sameKey(source, other),
});

/** What is wrong with a row that has the key of another one. */
export const sameKey = (source: Source, other: number): Omit<Refusal, 'row'> => ({
  column: null,
  code: 'duplicate-row',
  reason: `The row has the same ${source.key.join(', ')} as the row in line ${other}.`,
  hint: 'the supplier must send one of them',
});

/** Null where a part of the key was refused. */
function keyOf({ source, columns }: ParsedRows, row: number): string | null {
  const parts: string[] = [];
  for (const name of source.key) {
    const part = partOf(
      columns.find((column) => column.column.name === name),
      row,
    );
    if (part === null) return null;
    parts.push(part);
  }
  return parts.join('\u0000');
}

function partOf(parsed: ParsedColumn | undefined, row: number): string | null {
  switch (parsed?.kind) {
    case 'code': {
      const key = parsed.keys[row] ?? null;
      return key === null ? null : `${parsed.levels[row] ?? ''} ${key}`;
    }
    case 'period':
      return parsed.codes[row] ?? null;
    case 'text':
    case 'date':
    case 'time':
    case 'key':
      return parsed.values[row] ?? '';
    case 'number':
      return String(parsed.values[row] ?? '');
    case undefined:
      return '';
  }
}
