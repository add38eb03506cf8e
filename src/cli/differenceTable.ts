import type { Table } from '../catalog/types.ts';
import { toPlain } from '../model/rational.ts';
import type { Difference, DifferentCell } from './wanted.ts';

/** Every figure that differs, one a row, with what it was and what it is. */
export function differenceTable({ cells }: Difference): Table {
  const levels = [...new Set(cells.flatMap(({ members }) => Object.keys(members)))];
  const text = (name: string, value: (cell: DifferentCell) => string | null) =>
    ({ name, type: 'text', values: cells.map(value) }) as const;
  return {
    rows: cells.length,
    columns: [
      text('measure', ({ measure }) => measure),
      text('kind', ({ kind }) => kind),
      ...levels.map((level) => text(level, ({ members }) => members[level] ?? null)),
      text('period', ({ period }) => period),
      text('before', ({ before }) => figure(before)),
      text('before_status', ({ before }) => before?.status ?? null),
      text('after', ({ after }) => figure(after)),
      text('after_status', ({ after }) => after?.status ?? null),
      text('window_moved', ({ windowMoved }) => String(windowMoved)),
    ],
  };
}

const decimals = 6;

function figure(side: DifferentCell['before']): string | null {
  return side?.value ? toPlain(side.value, decimals) : null;
}
