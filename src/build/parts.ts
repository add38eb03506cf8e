import { canonicalJson } from '../catalog/canonicalJson.ts';
import { sha256 } from '../catalog/hash.ts';
import type { CellPart, CellTable, EditionInput, Snapshot } from '../catalog/types.ts';
import { isPlace } from '../formula/isPlace.ts';
import { groupBy } from '../model/groupBy.ts';
import { partitionOf } from '../model/periods.ts';
import { type PeriodsRead, periodsRead } from '../plan/periodsRead.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { holdingOf } from './inputs.ts';

/** Of each source the hash of the snapshot that holds each of its periods. */
export type Holding = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function holdingOfAll(
  inputs: readonly EditionInput[],
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
): Holding {
  return new Map(inputs.map((input) => [input.source, holdingOf(input, snapshots.get(input.source) ?? [])]));
}

/** A part of a table of cells as it should be. */
export interface WantedPart {
  readonly partition: string;
  readonly periods: readonly string[];
  readonly read: PeriodsRead;
  readonly made: string;
  /** The very same part of the edition before; null where it has to be made. */
  readonly kept: CellPart | null;
}

export interface WantedTable {
  readonly made: string;
  readonly parts: readonly WantedPart[];
}

/** Parts of before there were blocks are made again. */
const blockFormat = 1;

/** Which parts a table has, what each is made of, and which of them the edition before has already. */
export function wantedTable(
  plan: CellsPlan,
  periods: readonly string[],
  holding: Holding,
  maker: { readonly builder: string; readonly engine: string },
  before: CellTable | undefined,
): WantedTable {
  const made = hashOf({ plan: JSON.stringify(plan, withoutSpans), blocks: blockFormat, ...maker });
  const parts = [...groupBy(periods, partitionOf)].map(([partition, of]): WantedPart => {
    const read = periodsRead(plan, of);
    const madeOf = hashOf({ table: made, periods: of, inputs: filesOf(read, holding) });
    const old = before?.parts.find((part) => part.partition === partition);
    return { partition, periods: of, read, made: madeOf, kept: old?.made === madeOf ? old : null };
  });
  return { made, parts };
}

/** What is read of each source: period and snapshot, sorted by source. */
function filesOf(read: PeriodsRead, holding: Holding) {
  return [...read.keys()].sort().map((source) => {
    const files = holding.get(source) ?? new Map<string, string>();
    const periods = read.get(source) ?? [...files.keys()];
    return {
      source,
      periods: [...periods]
        .sort()
        .flatMap((period) => (files.has(period) ? [[period, files.get(period) ?? '']] : [])),
    };
  });
}

/** Bytes of snapshots that a statement reads at most, if it can be made smaller: what it groups lies in memory. */
const mostBytes = 16 * 1024 * 1024;

/**
 * Parts that are made in one statement: those of a year, or as many of them as do not read too much; all at once where
 * each of them reads all there is anyway. Many small statements cost more than a large one, and a large one more memory.
 */
export function batchesOf(
  parts: readonly WantedPart[],
  inputs: readonly EditionInput[],
  holding: Holding,
): readonly (readonly WantedPart[])[] {
  const readsAll = parts.some(({ read }) => [...read.values()].includes(null));
  if (readsAll) return [parts];
  const sizes = new Map(
    inputs.flatMap(({ snapshots }) => snapshots.map(({ sha256, size }) => [sha256, size])),
  );
  const bytesOf = (batch: readonly WantedPart[]) => {
    const files = new Set(batch.flatMap(({ read }) => filesOf(read, holding).flatMap(filesIn)));
    return [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  };
  return [...groupBy(parts, ({ partition }) => partition.slice(0, 4)).values()].flatMap((ofYear) =>
    ofYear.reduce<WantedPart[][]>((batches, part) => {
      const last = batches.at(-1);
      if (last && bytesOf([...last, part]) <= mostBytes) last.push(part);
      else batches.push([part]);
      return batches;
    }, []),
  );
}

const filesIn = ({ periods }: { readonly periods: readonly (readonly string[])[] }): string[] =>
  periods.flatMap(([, file]) => file ?? []);

/** What several parts read together. */
export function readOfParts(parts: readonly WantedPart[]): PeriodsRead {
  const sources = new Set(parts.flatMap(({ read }) => [...read.keys()]));
  return new Map(
    [...sources].map((source) => {
      const periods = parts.flatMap(({ read }) => (read.has(source) ? [read.get(source) ?? null] : []));
      return [source, periods.includes(null) ? null : [...new Set(periods.flatMap((each) => each ?? []))]];
    }),
  );
}

const hashOf = (value: unknown): string => sha256(new TextEncoder().encode(canonicalJson(value)));

const withoutSpans = (key: string, value: unknown): unknown => (isPlace(key, value) ? undefined : value);
