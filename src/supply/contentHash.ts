import { createHash } from 'node:crypto';
import type { Table } from '../catalog/types.ts';

/**
 * SHA-256 of what a snapshot's rows say. `_row` stands outside: where the supplier puts other rows before
 * them, the same figures come from other lines, and that is nothing new.
 */
export function contentHash({ rows, columns }: Table): string {
  const hash = createHash('sha256').update(`${rows}\n`);
  for (const column of columns) {
    if (column.name === '_row') continue;
    const decimals = column.type === 'decimal' ? column.decimals : '';
    hash.update(`${JSON.stringify(column.name)} ${column.type} ${decimals}\n`);
    // Control characters divide, so that no two columns of values run together to the same text.
    hash.update(column.values.map((value) => (value === null ? '\u0001' : String(value))).join('\u0000'));
  }
  return hash.digest('hex');
}
