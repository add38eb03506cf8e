import { toFixed } from '../../src/model/rational.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { HotAnswer } from '../../src/serve/hot/answer.ts';
import { statusOf } from '../../src/serve/hot/statusCode.ts';

/** A row in words: its members, and of each figure value, status, coverage and flags. */
export function rowsOfAnswer({ rows }: Answer): string[] {
  return rows.map(({ members, cells }) =>
    [
      ...members,
      ...cells.map(({ status, value, coverage, flags }) =>
        [
          status,
          value === null ? null : toFixed(value, 6).replace('.', ''),
          coverage.delivered,
          coverage.expected,
          flags.join(' '),
        ].join('|'),
      ),
    ].join(' / '),
  );
}

export function rowsOfHot({ rows, levels, columns }: HotAnswer): string[] {
  return Array.from({ length: rows }, (_, row) =>
    [
      ...levels.map(({ codes, ordinals }) => codes[ordinals[row] ?? -1]),
      ...columns.map(({ values, status, delivered, expected, flags, flagSets }) => {
        const own = statusOf[status[row] ?? 0];
        const text = own === 'ok' ? digits(values, row) : null;
        return [own, text, delivered[row], expected[row], flagSets[flags[row] ?? 0]].join('|');
      }),
    ].join(' / '),
  );
}

function digits(words: Int32Array, row: number): string {
  let value = 0n;
  for (let word = 3; word >= 0; word -= 1)
    value = (value << 32n) | BigInt((words[row * 4 + word] ?? 0) >>> 0);
  const signed = BigInt.asIntN(128, value);
  const text = (signed < 0n ? -signed : signed).toString().padStart(7, '0');
  return signed < 0n ? `-${text}` : text;
}
