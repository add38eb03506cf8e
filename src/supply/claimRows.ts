import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Condition, compileCondition } from '../formula/compile.ts';
import { namesIn } from '../formula/walk.ts';
import type { Source } from '../model/types.ts';
import { hidden } from './columns/keys.ts';
import { shown } from './personNumber.ts';
import type { TextTable } from './textTable.ts';

/** The rows of a table that belong to a source, as positions in `table.rows`. */
export interface Claim {
  readonly source: Source;
  readonly rows: readonly number[];
}

export interface Claims {
  readonly claims: readonly Claim[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Rows to be claimed; `weights` where a row stands for several that say the same, of which its line is the first. */
export type ClaimedTable = Pick<TextTable, 'file' | 'header' | 'rows' | 'lines'> & {
  readonly weights?: readonly number[];
};

/** Gives every row to the sources whose contract says that it is theirs. */
export function claimRows(table: ClaimedTable, sources: readonly Source[]): Claims {
  const claims = sources.map((source) => ({ source, rows: rowsOf(table, source) }));
  return {
    claims,
    diagnostics: [...claimedTwice(table, claims), ...unclaimed(table, claims), ...without(table, claims)],
  };
}

function rowsOf(table: ClaimedTable, { file }: Source): readonly number[] {
  const positions = table.rows.map((_, position) => position);
  const { rows } = file;
  if (rows === null) return positions;
  const condition: Condition<readonly string[]> = compileCondition(
    rows,
    new Map(table.header.map((name, at) => [name, { type: 'text', read: (row) => row[at] || null }])),
  );
  return positions.filter((position) => condition(table.rows[position] ?? []) === true);
}

/** Two sources may share a row, as long as no value of it is counted by both. */
function claimedTwice(table: ClaimedTable, claims: readonly Claim[]): readonly Diagnostic[] {
  return claims.flatMap((claim, position) =>
    claims.slice(position + 1).flatMap((other) => {
      const column = sharedValue(claim.source, other.source);
      if (column === undefined) return [];
      const rows = new Set(claim.rows);
      const shared = other.rows.filter((row) => rows.has(row));
      const [first] = shared;
      if (first === undefined) return [];
      const message = `${claim.source.id} and ${other.source.id} both claim the value in ${count(weigh(table, shared))}.`;
      const place = { file: table.file, row: table.lines[first] ?? 0, column };
      return [
        diagnostic('rows-claimed-twice', message, {
          place,
          hint: 'the "rows" of the two contracts must not overlap',
        }),
      ];
    }),
  );
}

function sharedValue(a: Source, b: Source): string | undefined {
  const valuesOf = ({ columns }: Source) =>
    columns.flatMap((column) => (column.kind === 'number' ? [column.from] : []));
  const others = valuesOf(b);
  return valuesOf(a).find((column) => others.includes(column));
}

const examples = 5;

function unclaimed(table: ClaimedTable, claims: readonly Claim[]): readonly Diagnostic[] {
  const claimed = new Uint8Array(table.rows.length);
  for (const { rows } of claims) for (const row of rows) claimed[row] = 1;
  const left = table.rows.flatMap((_, position) => (claimed[position] === 0 ? [position] : []));
  const [first] = left;
  if (first === undefined) return [];
  const deciding = [...new Set(claims.flatMap(({ source }) => decidingColumns(source)))];
  const personal = new Set(claims.flatMap(({ source }) => personalColumns(source)));
  const values = new Map<string, number>();
  for (const position of left) {
    const row = table.rows[position] ?? [];
    const text = deciding
      .map((name) =>
        personal.has(name)
          ? `${name} ${hidden}`
          : `${name} "${shown(row[table.header.indexOf(name)] ?? '')}"`,
      )
      .join(', ');
    values.set(text, (values.get(text) ?? 0) + weigh(table, [position]));
  }
  const said = [...values].slice(0, examples).map(([text, rows]) => `${text} (${count(rows)})`);
  const more = values.size > examples ? `; and ${values.size - examples} more` : '';
  return [
    diagnostic(
      'unclaimed-rows',
      `${weigh(table, left)} of ${count(weigh(table, table.rows.keys()))} belong to no source contract.`,
      {
        place: { file: table.file, row: table.lines[first] ?? 0 },
        hint: `${said.join('; ')}${more}`,
      },
    ),
  ];
}

const personalColumns = ({ columns }: Source): readonly string[] =>
  columns.flatMap((column) => (column.kind === 'key' && column.personal ? [column.from] : []));

/** Columns of the file by which a contract knows its rows. */
export const decidingColumns = ({ file }: Source): readonly string[] =>
  file.rows === null ? [] : namesIn(file.rows).map(({ name }) => name);

function without(table: ClaimedTable, claims: readonly Claim[]): readonly Diagnostic[] {
  const empty = claims.filter(({ rows }) => rows.length === 0).map(({ source }) => source.id);
  if (empty.length === 0) return [];
  const message = `No row of the file belongs to ${empty.join(', ')}.`;
  return [diagnostic('no-rows-claimed', message, { place: { file: table.file, row: 1 } })];
}

const weigh = ({ weights }: ClaimedTable, rows: Iterable<number>): number => {
  let sum = 0;
  for (const row of rows) sum += weights?.[row] ?? 1;
  return sum;
};

const count = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`);
