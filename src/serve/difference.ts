import { verifiedPath } from '../catalog/objects.ts';
import type { CellTable } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { ResultTable } from '../engine/engine.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { type Rational, scaled } from '../model/rational.ts';
import type { Status } from '../model/status.ts';
import { unknownMember } from '../model/types.ts';
import { periodColumn } from '../sql/lowerCells.ts';
import { differenceColumns, lowerDifference } from '../sql/lowerDifference.ts';
import type { AskContext } from './ask.ts';
import { batchesOf, type Comparison, comparisonsOf, type State, sideOf } from './comparison.ts';
import { decimalAt } from './components.ts';
import type { OpenEdition } from './openEdition.ts';

/** What a measure says in one cell: a figure, or why there is none. */
export interface Said {
  readonly value: Rational | null;
  readonly status: Status;
}

/** One cell that is not the same in two editions; null where an edition has no such cell. */
export interface DifferentCell {
  readonly measure: string;
  readonly kind: 'changed' | 'added' | 'removed';
  /** Level to code, the finest level that the row stands at. */
  readonly members: Readonly<Record<string, string>>;
  readonly period: string;
  readonly before: Said | null;
  readonly after: Said | null;
  /** The other edition holds nothing of the period in this source: the window moved. */
  readonly windowMoved: boolean;
}

/** Compares the cells of two editions: all that differs, in the order of measures and places. */
export async function differentCells(
  from: OpenEdition,
  to: OpenEdition,
  context: AskContext,
): Promise<Checked<readonly DifferentCell[]>> {
  const cells: DifferentCell[] = [];
  for await (const { value, diagnostics } of differences(from, to, context)) {
    if (!value) return { diagnostics };
    for (const cell of value) cells.push(cell);
  }
  return { value: cells.sort(byMeasureThenPlace), diagnostics: [] };
}

/**
 * The same a piece at a time and in no order, so that two editions of any size can be gone through. Equal files
 * hold equal cells and are not opened; of the others the engine finds what differs, and nothing else comes here.
 */
export async function* differences(
  from: OpenEdition,
  to: OpenEdition,
  context: AskContext,
): AsyncGenerator<Checked<readonly DifferentCell[]>> {
  const tables = [...from.manifest.tables, ...to.manifest.tables];
  for (const source of [...new Set(tables.map((table) => table.source))].sort()) {
    const sides = [sideOf(from, source), sideOf(to, source)] as const;
    for (const compared of comparisonsOf(sides))
      for (const batch of batchesOf(compared)) {
        const before = await pathsOf(batch.before, context);
        const after = await pathsOf(batch.after, context);
        if (!before.value || !after.value) {
          yield { diagnostics: [...before.diagnostics, ...after.diagnostics] };
          return;
        }
        const statement = lowerDifference({
          before: { files: before.value, constants: compared.constants.before },
          after: { files: after.value, constants: compared.constants.after },
          keys: compared.keys,
          states: compared.measures.map(({ states }) => ({
            before: states.before?.state ?? null,
            after: states.after?.state ?? null,
          })),
        });
        const engine = await context.engine();
        for await (const rows of engine.stream(statement))
          yield { value: cellsIn(rows, compared), diagnostics: [] };
      }
  }
}

async function pathsOf(
  parts: CellTable['parts'],
  { stores }: AskContext,
): Promise<Checked<readonly string[]>> {
  const files: string[] = [];
  for (const { file } of parts) {
    const path = await verifiedPath(stores.editionStore, file, stores.verified);
    if (path.value === undefined) return { diagnostics: path.diagnostics };
    files.push(path.value);
  }
  return { value: files, diagnostics: [] };
}

/** Rows that differ in a state or a count; of them the measures that say something else. */
function cellsIn(rows: ResultTable, compared: Comparison): readonly DifferentCell[] {
  const { dimensions, measures, held } = compared;
  const of = (name: string) => rows.getChild(name);
  const period = of(periodColumn);
  const codes = dimensions.map(({ name, level, leveled }) => ({
    level,
    levels: leveled ? of(`${name}_level`) : null,
    code: of(name),
  }));
  const columns = measures.map((_, at) => ({
    before: differenceColumns('before', at).map(of),
    after: differenceColumns('after', at).map(of),
  }));
  const said = (state: State | null, [value, ...counts]: ReturnType<typeof of>[], row: number) =>
    state &&
    saidBy(
      decimalAt(value?.get(row)),
      state.decimals,
      counts.map((count) => Number(count?.get(row) ?? 0n)),
    );
  const cells: DifferentCell[] = [];
  for (let row = 0; row < rows.numRows; row++) {
    const code = String(period?.get(row));
    let members: Record<string, string> | null = null;
    for (const [at, { name, states }] of measures.entries()) {
      const before = said(states.before, columns[at]?.before ?? [], row);
      const after = said(states.after, columns[at]?.after ?? [], row);
      if (before && after ? sameSaid(before, after) : before === after) continue;
      members ??= Object.fromEntries(
        codes.map(({ level, levels, code }) => [String(levels?.get(row) ?? level), String(code?.get(row))]),
      );
      cells.push({
        windowMoved: !held.before.has(code) || !held.after.has(code),
        measure: name,
        kind: !before ? 'added' : !after ? 'removed' : 'changed',
        members,
        period: code,
        before,
        after,
      });
    }
  }
  return cells;
}

/** Null where no row of the measure fell into the cell: then there is nothing to compare. */
function saidBy(
  value: bigint | null,
  decimals: number,
  [known = 0, suppressed = 0, notApplicable = 0]: readonly number[],
): Said | null {
  if (suppressed > 0) return { value: null, status: 'suppressed' };
  if (known > 0 && value !== null) return { value: scaled(value, decimals), status: 'ok' };
  return notApplicable > 0 ? { value: null, status: 'not_applicable' } : null;
}

function sameSaid(a: Said, b: Said): boolean {
  return (
    a.status === b.status &&
    a.value?.numerator === b.value?.numerator &&
    a.value?.denominator === b.value?.denominator
  );
}

function byMeasureThenPlace(a: DifferentCell, b: DifferentCell): number {
  if (a.measure !== b.measure) return a.measure < b.measure ? -1 : 1;
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  const [left, right] = [Object.entries(a.members), Object.entries(b.members)];
  for (const [position, [level, code]] of left.entries()) {
    const [otherLevel, otherCode] = right[position] ?? ['', ''];
    if (level !== otherLevel) return level < otherLevel ? -1 : 1;
    if (code !== otherCode) return compareCodes(code, otherCode);
  }
  return 0;
}

/** How many cells of a measure differ at each level; the unknown member counts by itself. */
export interface DifferenceCount {
  readonly measure: string;
  readonly level: string;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly addedPeriods: readonly string[];
  readonly removedPeriods: readonly string[];
}

export function countDifferences(cells: readonly DifferentCell[]): DifferenceCount[] {
  const groups = new Map<string, DifferentCell[]>();
  for (const cell of cells) {
    const key = `${cell.measure}\u0000${levelOf(cell)}`;
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return [...groups.entries()].map(([key, group]) => {
    const [measure = '', level = ''] = key.split('\u0000');
    const of = (kind: DifferentCell['kind']) => group.filter((cell) => cell.kind === kind);
    const periods = (kind: DifferentCell['kind']) =>
      [...new Set(of(kind).flatMap(({ period, windowMoved }) => (windowMoved ? [period] : [])))].sort();
    return {
      measure,
      level,
      changed: of('changed').length,
      added: of('added').length,
      removed: of('removed').length,
      addedPeriods: periods('added'),
      removedPeriods: periods('removed'),
    };
  });
}

function levelOf({ members }: DifferentCell): string {
  return Object.values(members).includes(unknownMember) ? unknownMember : Object.keys(members).join(' x ');
}
