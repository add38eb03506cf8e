import type { Block, Counts, Grain, Numbers, Ordinals } from '../catalog/block.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { compareCodes } from '../model/codeOrder.ts';

/** The cells of one source of an edition in memory, at several grains. */
export interface TableInMemory {
  readonly source: string;
  /** Column to the codes that occur in it, in the order of codes; ordinals of all grains are places in them. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
  /** In order of rows, the one that is quickest to go through first; the last is the finest. */
  readonly grains: readonly GrainInMemory[];
  /** States of which some sum could be more than a double keeps: they are added as integers of any size. */
  readonly large: ReadonlySet<string>;
}

export interface GrainInMemory {
  /** Those of codes, and `<column>_level` beside those that have rows of several levels. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Period of the source to where its rows lie. */
  readonly runs: ReadonlyMap<string, Run>;
}

/** Rows of one period. */
export interface Run {
  readonly columns: RunColumns;
  readonly from: number;
  readonly to: number;
  /** Row at which each ordinal of the first column begins, and the end of the last. */
  readonly lead: () => Uint32Array;
}

export interface RunColumns {
  readonly ordinals: Readonly<Record<string, Ordinals>>;
  readonly states: Readonly<Record<string, StateInMemory>>;
}

export interface StateInMemory {
  readonly values: Numbers;
  readonly known: Counts;
  readonly suppressed: Counts | null;
  readonly notApplicable: Counts | null;
  readonly squares: BigInt64Array | null;
}

/** Blocks of a table put together: every part's own codes become places in those of the whole table. */
export function tableInMemory(
  source: string,
  blocks: readonly Block[],
  large: ReadonlySet<string>,
): TableInMemory {
  const codes = unionOfCodes(blocks);
  const shapes = new Map<string, { columns: readonly string[]; rows: number; runs: Map<string, Run> }>();
  const remap = remapping(codes);
  for (const { grains } of blocks)
    for (const grain of grains) {
      const columns = grain.dimensions.map(({ column }) => column);
      const known = shapes.get(columns.join()) ?? { columns, rows: 0, runs: new Map<string, Run>() };
      shapes.set(columns.join(), known);
      known.rows += grain.rows;
      for (const [period, run] of runsOf(grain, codes, remap)) known.runs.set(period, run);
    }
  const periods = Math.max(0, ...[...shapes.values()].map(({ runs }) => runs.size));
  // A grain that some part lacks cannot answer for all of them.
  const whole = [...shapes.values()].filter(({ runs }) => runs.size === periods);
  return {
    source,
    codes,
    grains: whole.sort((a, b) => a.rows - b.rows || a.columns.length - b.columns.length),
    large,
  };
}

function unionOfCodes(blocks: readonly Block[]): Record<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  // Most parts have the very same codes, and so have the grains of one part.
  const seen = new Set<string>();
  for (const { grains } of blocks)
    for (const { dimensions } of grains)
      for (const { column, codes } of dimensions) {
        const key = `${column}\n${codes.join('\n')}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const own = found.get(column) ?? new Set();
        for (const code of codes) own.add(code);
        found.set(column, own);
      }
  return Object.fromEntries([...found].map(([column, own]) => [column, [...own].sort(compareCodes)]));
}

type Remap = (column: string, codes: readonly string[], ordinals: Ordinals) => Ordinals;

function remapping(all: Readonly<Record<string, readonly string[]>>): Remap {
  const places = new Map<string, ReadonlyMap<string, number>>();
  const placesIn = (column: string) => {
    const known = places.get(column) ?? new Map((all[column] ?? []).map((code, at) => [code, at]));
    places.set(column, known);
    return known;
  };
  return (column, codes, ordinals) => {
    const whole = all[column] ?? [];
    if (codes.length === whole.length) return ordinals;
    const place = Uint32Array.from(codes, (code) => placesIn(column).get(code) ?? 0);
    const wide = whole.length <= 2 ** 8 ? Uint8Array : whole.length <= 2 ** 16 ? Uint16Array : Uint32Array;
    const moved = new wide(ordinals.length);
    for (let row = 0; row < ordinals.length; row += 1) moved[row] = place[ordinals[row] ?? 0] ?? 0;
    return moved;
  };
}

function runsOf(
  grain: Grain,
  codes: Readonly<Record<string, readonly string[]>>,
  remap: Remap,
): [string, Run][] {
  const columns: RunColumns = {
    ordinals: Object.fromEntries(
      grain.dimensions.map(({ column, codes: own, ordinals }) => [column, remap(column, own, ordinals)]),
    ),
    states: Object.fromEntries(
      grain.states.map(({ state, values, known, suppressed, notApplicable, squares }) => [
        state,
        { values, known, suppressed, notApplicable, squares },
      ]),
    ),
  };
  const first = grain.dimensions[0]?.column;
  return grain.periods.map((period, at) => {
    const [from, to] = [grain.starts[at], grain.starts[at + 1]];
    invariant(from !== undefined && to !== undefined, 'a period begins and ends at rows');
    let lead: Uint32Array | null = null;
    const run: Run = {
      columns,
      from,
      to,
      lead: () => {
        lead ??= leadOf(
          first === undefined ? null : columns.ordinals[first],
          from,
          to,
          codes[first ?? '']?.length ?? 0,
        );
        return lead;
      },
    };
    return [period, run];
  });
}

function leadOf(ordinals: Ordinals | null | undefined, from: number, to: number, codes: number): Uint32Array {
  const begins = new Uint32Array(codes + 1).fill(to);
  if (!ordinals) return begins;
  let next = 0;
  for (let row = from; row < to; row += 1) {
    const own = ordinals[row] ?? 0;
    while (next <= own) begins[next++] = row;
  }
  return begins;
}
