import type { Table, TableColumn } from '../catalog/types.ts';
import type { LedgerReport } from '../ledger/report.ts';
import { roundedParts } from '../ledger/roundedParts.ts';
import { differenceOf } from '../ledger/summary.ts';
import type { Entry } from '../ledger/types.ts';
import { causeLabel } from '../ledger/words.ts';
import { type Rational, toFixed } from '../model/rational.ts';
import { exactly, printExactJson } from './exactJson.ts';

/**
 * A ledger as flat columns, a row for each figure that is not the same: what it is of, what it was and is, the
 * difference, and for each cause a column with its part, which add up to the difference.
 */
export function ledgerTable({ ledger }: LedgerReport, decimals: number): Table {
  const { entries, columns, grids, causes } = ledger;
  const levels = [...new Set(grids.flatMap((grid) => grid.levels))];
  const parts = new Map(entries.map((entry) => [entry, roundedParts(entry, decimals)]));
  const partsOf = (entry: Entry) => parts.get(entry) ?? [];
  const text = (name: string, of: (entry: Entry) => string | null): TableColumn => ({
    name,
    type: 'text',
    values: entries.map(of),
  });
  const decimal = (name: string, of: (entry: Entry) => Rational | null): TableColumn => ({
    name,
    type: 'decimal',
    decimals,
    values: entries.map((entry) => scaledTo(of(entry), decimals)),
  });
  return {
    rows: entries.length,
    columns: [
      text('kind', ({ column }) => columns[column]?.kind ?? null),
      text('id', ({ column }) => columns[column]?.id ?? null),
      text('name', ({ column }) => columns[column]?.name ?? null),
      text('unit', ({ column }) => columns[column]?.unit ?? null),
      text('by', ({ grid }) => grids[grid]?.levels.join(' x ') ?? null),
      text('time', ({ grid }) => grids[grid]?.time ?? null),
      text('period', ({ period }) => period),
      ...levels.map((level) =>
        text(level, ({ grid, members }) => members[grids[grid]?.levels.indexOf(level) ?? -1] ?? null),
      ),
      text('change', ({ change }) => change),
      decimal('before', ({ before }) => before?.value ?? null),
      text('before_status', ({ before }) => before?.status ?? null),
      decimal('after', ({ after }) => after?.value ?? null),
      text('after_status', ({ after }) => after?.status ?? null),
      decimal('difference', differenceOf),
      text('causes', (entry) => entry.causes.map((cause) => causes[cause]?.id ?? '').join(' ')),
      ...causes.map(({ id }, cause) =>
        decimal(`part_${id}`, (entry) => partsOf(entry).find((part) => part.cause === cause)?.value ?? null),
      ),
    ],
  };
}

const scaledTo = (value: Rational | null, decimals: number): bigint | null =>
  value === null ? null : BigInt(toFixed(value, decimals).replace('.', ''));

/** The same as JSON, with the summary and the causes in words. */
export function printLedgerJson({ ledger, summary, level, where }: LedgerReport, decimals: number): string {
  const { columns, grids, causes } = ledger;
  const number = (value: Rational | null | undefined) => (value ? exactly(value, decimals) : null);
  const entryOf = (entry: Entry) => ({
    id: columns[entry.column]?.id,
    by: grids[entry.grid]?.levels,
    time: grids[entry.grid]?.time,
    period: entry.period,
    members: entry.members,
    change: entry.change,
    before: entry.before && { status: entry.before.status, value: number(entry.before.value) },
    after: entry.after && { status: entry.after.status, value: number(entry.after.value) },
    difference: number(differenceOf(entry)),
    parts: roundedParts(entry, decimals).map((part) => ({
      cause: causes[part.cause]?.id,
      value: number(part.value),
    })),
    causes: entry.causes.map((cause) => causes[cause]?.id),
  });
  const idOf = (column: number) => columns[column]?.id;
  return printExactJson({
    cube: ledger.cube,
    from: ledger.from,
    to: ledger.to,
    hierarchy: ledger.hierarchy,
    where,
    causes: causes.map((cause) => ({ ...cause, label: causeLabel(cause) })),
    columns,
    summary: {
      level,
      kpis: summary.kpis.map(({ column, counts, country }) => ({
        id: idOf(column),
        ...counts,
        country: country && entryOf(country),
      })),
      places: summary.places.map(({ member, counts, kpis }) => ({ member, ...counts, kpis })),
      causes: summary.causes.map(({ cause, counts, kpis }) => ({ id: causes[cause]?.id, ...counts, kpis })),
      statuses: summary.statuses.map(({ column, causes: own, ...rest }) => ({
        id: idOf(column),
        ...rest,
        causes: own.map((cause) => causes[cause]?.id),
      })),
      cells: summary.cells.map(({ column, counts }) => ({ id: idOf(column), ...counts })),
    },
    entries: ledger.entries.map(entryOf),
    notes: ledger.notes,
  });
}
