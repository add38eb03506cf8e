import { createHash } from 'node:crypto';

/** What a contract lets go wrong: who delivers, and columns by what they are. */
export interface FaultyShape {
  readonly deliveredBy: string | null;
  /** The kommuner that may be missing. */
  readonly deliverers: readonly string[];
  /** Code columns in which an unknown code is refused. */
  readonly codes: readonly string[];
  /** Code columns that may be empty. */
  readonly emptyable: readonly string[];
}

export type Fault =
  | { readonly kind: 'missing_kommuner'; readonly column: string; readonly kommuner: readonly string[] }
  | {
      readonly kind: 'unknown_code';
      readonly column: string;
      readonly code: string;
      readonly every: number;
      readonly from: number;
    }
  | { readonly kind: 'empty_role'; readonly column: string; readonly every: number; readonly from: number }
  | { readonly kind: 'duplicate_key'; readonly every: number; readonly from: number };

/** The faults of one file: a function of the seed, the source and the period alone. */
export function faultsOf(seed: number, source: string, period: string, shape: FaultyShape): readonly Fault[] {
  const draw = (purpose: string, count: number): number =>
    drawOf(`${seed}:${source}:${period}:${purpose}`, count);
  const picked = <T>(purpose: string, list: readonly T[]): T | undefined => list[draw(purpose, list.length)];
  const faults: Fault[] = [];
  if (shape.deliveredBy !== null && draw('missing', 5) === 0) {
    const kommuner = [picked('first', shape.deliverers), picked('second', shape.deliverers)];
    const missing = [...new Set(kommuner.flatMap((code) => code ?? []))].sort();
    faults.push({ kind: 'missing_kommuner', column: shape.deliveredBy, kommuner: missing });
  }
  const coded = picked('code column', shape.codes);
  if (coded !== undefined && draw('code', 6) === 0)
    faults.push({ kind: 'unknown_code', column: coded, code: 'X99', ...stride(53, draw('code row', 53)) });
  // One column has one thing wrong with it, so that a row says of itself which.
  const emptied = picked(
    'empty column',
    shape.emptyable.filter((column) => column !== coded),
  );
  if (emptied !== undefined && draw('empty', 4) === 0)
    faults.push({ kind: 'empty_role', column: emptied, ...stride(31, draw('empty row', 31)) });
  if (draw('twice', 8) === 0) faults.push({ kind: 'duplicate_key', ...stride(89, draw('twice row', 89)) });
  return faults;
}

/** One file in twenty comes late, one in fifty never. */
export function arrivalOf(
  seed: number,
  source: string,
  period: string,
): 'in_time' | 'late' | 'not_delivered' {
  const lot = drawOf(`${seed}:${source}:${period}:arrival`, 100);
  if (lot < 2) return 'not_delivered';
  return lot < 7 ? 'late' : 'in_time';
}

const drawOf = (text: string, count: number): number =>
  createHash('sha256').update(text).digest().readUInt32BE() % count;

const stride = (every: number, from: number) => ({ every, from });

const isHit = ({ every, from }: { readonly every: number; readonly from: number }): string =>
  `fault_row % ${every} = ${from}`;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const isMissing = (fault: Extract<Fault, { kind: 'missing_kommuner' }>): string =>
  `${identifier(fault.column)} in (${fault.kommuner.map((code) => `'${code}'`).join(', ')})`;

/** The rows with what is wrong in them; a row that comes twice comes last. */
export function withFaults(rows: string, faults: readonly Fault[]): string {
  if (faults.length === 0) return rows;
  const missing = faults
    .filter((fault) => fault.kind === 'missing_kommuner')
    .map((fault) => `not (${isMissing(fault)})`);
  const replaced = faults.flatMap((fault) => {
    if (fault.kind !== 'unknown_code' && fault.kind !== 'empty_role') return [];
    const column = identifier(fault.column);
    const value = fault.kind === 'unknown_code' ? `'${fault.code}'` : 'null';
    return [`case when ${isHit(fault)} then ${value} else ${column}::varchar end as ${column}`];
  });
  const twice = faults.filter((fault) => fault.kind === 'duplicate_key');
  const changed = `select * ${replaced.length === 0 ? '' : `replace (${replaced.join(', ')})`} from numbered where ${['true', ...missing].join(' and ')}`;
  const again = twice.map((fault) => `union all select * from changed where ${isHit(fault)}`);
  return `with numbered as materialized (select row_number() over () as fault_row, * from (${rows})),
    changed as materialized (${changed})
    select * exclude (fault_row) from (select * from changed ${again.join(' ')})`;
}

/** How many rows each of the faults hits, in their order: one row of counts. */
export function hitsOf(rows: string, faults: readonly Fault[]): string {
  const missing = faults
    .filter((fault) => fault.kind === 'missing_kommuner')
    .map((fault) => `not (${isMissing(fault)})`);
  const there = ['true', ...missing].join(' and ');
  const counts = faults.map((fault) =>
    fault.kind === 'missing_kommuner'
      ? `count(*) filter (where ${isMissing(fault)})`
      : `count(*) filter (where ${isHit(fault)} and ${there})`,
  );
  return `select ${counts.join(', ')} from (select row_number() over () as fault_row, * from (${rows}))`;
}
