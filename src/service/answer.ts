import type { Table } from '../catalog/types.ts';
import type { ResultTable } from '../engine/engine.ts';
import { arrowTable, writeArrow } from '../export/arrow.ts';
import { sheetOf } from '../export/sheet.ts';
import { type TableOptions, tableOf } from '../export/table.ts';
import type { Answer } from '../query/answer.ts';

/** An answer, and the same as Arrow for programs; the latter is made when it is asked for. */
export interface ServiceAnswer extends Answer {
  /** Levels, then for each column its value, status, coverage and flags. */
  readonly arrow: (options?: Partial<TableOptions>) => ResultTable;
  /** The same as the bytes of an Arrow IPC stream. */
  readonly arrowBytes: (options?: Partial<TableOptions>) => Uint8Array;
}

/** Decimals as the command line has them in files. */
const everything: TableOptions = {
  members: 'codes',
  language: 'da',
  coverage: true,
  flags: true,
  decimals: 6,
};

export function serviceAnswer(answer: Answer): ServiceAnswer {
  const table = (options: Partial<TableOptions> = {}): Table =>
    tableOf(answer, sheetOf(answer, null), { ...everything, ...options });
  return {
    ...answer,
    arrow: (options) => arrowTable(answer, table(options)),
    arrowBytes: (options) => writeArrow(answer, table(options)),
  };
}

export const cellsOf = ({ rows, total, columns }: Answer): number =>
  (rows.length + (total === null ? 0 : 1)) * columns.length;

/** An answer in parts of so many rows; the row over everything comes with the last. */
export function* batchesOf(answer: Answer, size: number): Iterable<ServiceAnswer> {
  const { rows, total } = answer;
  for (let from = 0; from === 0 || from < rows.length; from += size) {
    const isLast = from + size >= rows.length;
    yield serviceAnswer({ ...answer, rows: rows.slice(from, from + size), total: isLast ? total : null });
  }
}
