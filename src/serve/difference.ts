import { verifiedPath } from '../catalog/objects.ts';
import type { CellTable, EditionManifest } from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { type Rational, scaled } from '../model/rational.ts';
import type { Status } from '../model/status.ts';
import { type SemanticModel, unknownMember } from '../model/types.ts';
import { kpiOfName } from '../model/versions.ts';
import { periodColumn } from '../sql/lowerCells.ts';
import { column, output, parquet, query, select } from '../sql/make.ts';
import type { AskContext } from './ask.ts';
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

/** Compares the cells of two editions, table by table, reading only files that differ. */
export async function differentCells(
  from: OpenEdition,
  to: OpenEdition,
  context: AskContext,
): Promise<Checked<readonly DifferentCell[]>> {
  const sources = [
    ...new Set([...from.manifest.tables, ...to.manifest.tables].map(({ source }) => source)),
  ].sort();
  const cells: DifferentCell[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const before = tableOf(from.manifest, source);
    const after = tableOf(to.manifest, source);
    const left = await readTable(from, before, filesOnlyIn(before, after), context);
    const right = await readTable(to, after, filesOnlyIn(after, before), context);
    diagnostics.push(...left.diagnostics, ...right.diagnostics);
    if (left.value && right.value)
      cells.push(
        ...compareTables(left.value, right.value, {
          before: new Set(before?.periods),
          after: new Set(after?.periods),
        }),
      );
  }
  return hasErrors(diagnostics) ? { diagnostics } : { value: cells, diagnostics };
}

const tableOf = (manifest: EditionManifest, source: string): CellTable | undefined =>
  manifest.tables.find((table) => table.source === source);

/** Equal files hold equal cells; only the others are opened. */
function filesOnlyIn(table: CellTable | undefined, other: CellTable | undefined): CellTable['parts'] {
  const shared = new Set(other?.parts.map(({ file }) => file.sha256));
  const sameStates = JSON.stringify(table?.states) === JSON.stringify(other?.states);
  return (table?.parts ?? []).filter(({ file }) => !sameStates || !shared.has(file.sha256));
}

/** Measure and cell key to what is said there. */
type SaidCells = Map<
  string,
  {
    readonly measure: string;
    readonly members: Record<string, string>;
    readonly period: string;
    readonly said: Said;
  }
>;

async function readTable(
  edition: OpenEdition,
  table: CellTable | undefined,
  parts: CellTable['parts'],
  context: AskContext,
): Promise<Checked<SaidCells>> {
  const cells: SaidCells = new Map();
  if (!table || parts.length === 0) return { value: cells, diagnostics: [] };
  const files: string[] = [];
  for (const { file } of parts) {
    const path = await verifiedPath(context.stores.editionStore, file, context.stores.verified);
    if (path.value === undefined) return { diagnostics: path.diagnostics };
    files.push(path.value);
  }
  const names = [
    periodColumn,
    ...table.dimensions,
    ...table.levelColumns.map((name) => `${name}_level`),
    ...table.states.flatMap(({ state }) => [
      state,
      `${state}_known`,
      `${state}_suppressed`,
      `${state}_not_applicable`,
    ]),
  ];
  const engine = await context.engine();
  const result = await engine.query(
    query(
      select({
        select: names.map((name) => output(column('cell', name), name)),
        from: parquet(files),
        alias: 'cell',
      }),
    ),
  );
  const of = (name: string) => result.getChild(name);
  const measures = table.states.map(({ state, decimals }) => ({
    name: measureName(edition.model, table.source, state),
    state,
    decimals,
  }));
  const columns = measures.map(({ state }) =>
    [state, `${state}_known`, `${state}_suppressed`, `${state}_not_applicable`].map(of),
  );
  const dimensions = table.dimensions.map((name) => ({
    name,
    leaf: leafOf(edition.model, table.source, name),
    code: of(name),
    level: of(`${name}_level`),
  }));
  for (let row = 0; row < result.numRows; row++) {
    const period = String(of(periodColumn)?.get(row));
    const members = Object.fromEntries(
      dimensions.map(({ leaf, code, level }) => [String(level?.get(row) ?? leaf), String(code?.get(row))]),
    );
    const key = JSON.stringify([period, members]);
    for (const [position, { name, decimals }] of measures.entries()) {
      const [value, ...counts] = columns[position] ?? [];
      const said = saidBy(
        decimalAt(value?.get(row)),
        decimals,
        counts.map((count) => Number(count?.get(row) ?? 0n)),
      );
      if (said) cells.set(`${name} ${key}`, { measure: name, members, period, said });
    }
  }
  return { value: cells, diagnostics: [] };
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

/** The name that people know a state by: that of a KPI which is nothing but it, else the measure's. */
function measureName(model: SemanticModel, source: string, state: string): string {
  const measures = Object.values(model.measures).filter(
    (measure) => measure.source === source && measure.state === state,
  );
  const single = Object.values(model.kpis).find(
    ({ expression }) => expression.kind === 'measure' && measures.some(({ id }) => id === expression.measure),
  );
  const [first] = measures;
  const name = single?.name ?? first?.name ?? state;
  // Two versions may call what is not the same by one name.
  const version = first?.kpi.split('@')[1];
  const isEarlier = version !== undefined && measures.every(({ kpi }) => kpi !== kpiOfName(kpi));
  return isEarlier ? `${name} (version ${version})` : name;
}

function leafOf(model: SemanticModel, source: string, name: string): string {
  const found = model.sources[source]?.columns.find((each) => each.name === name);
  return found?.kind === 'code' ? (model.dimensions[found.dimension]?.leaf ?? name) : name;
}

function compareTables(
  before: SaidCells,
  after: SaidCells,
  held: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> },
): DifferentCell[] {
  const cells: DifferentCell[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const left = before.get(key);
    const right = after.get(key);
    const place = right ?? left;
    if (!place || (left && right && sameSaid(left.said, right.said))) continue;
    const kind = !left ? 'added' : !right ? 'removed' : 'changed';
    const windowMoved = !held.before.has(place.period) || !held.after.has(place.period);
    cells.push({
      windowMoved,
      measure: place.measure,
      kind,
      members: place.members,
      period: place.period,
      before: left?.said ?? null,
      after: right?.said ?? null,
    });
  }
  return cells.sort(byMeasureThenPlace);
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
