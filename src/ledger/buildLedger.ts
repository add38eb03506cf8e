import type { Checked } from '../diagnostics/diagnostic.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { add } from '../model/rational.ts';
import { relationsBeneath } from '../model/relations.ts';
import type { AskContext } from '../serve/ask.ts';
import { changedKpis } from '../serve/changedKpis.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import { movedCells, otherGrain } from './cells.ts';
import { type ChainContext, chainBetween } from './chain.ts';
import { type AskedColumn, askedColumns } from './columns.ts';
import { movedFigures } from './figures.ts';
import { gridsOf } from './grids.ts';
import { type FigureChain, namedParts, splitCell, splitFigure } from './split.ts';
import type {
  Cause,
  Entry,
  Grid,
  JointCause,
  Ledger,
  LedgerColumn,
  LedgerEdition,
  LedgerQuestion,
} from './types.ts';

/** What the ledger needs of the outside. Its stores are those of `build`: nothing is written elsewhere. */
export interface LedgerContext extends Omit<ChainContext, 'hierarchy' | 'rows' | 'sameModel'> {
  readonly ask: AskContext;
  readonly progress: (text: string) => void;
}

/**
 * Two editions to their ledger: what moved, at every grid, and how much each cause moved it. The states
 * between are built once, in the order of causes; every figure is asked in each, and the differences from one
 * to the next are its parts.
 */
export async function buildLedger(
  from: OpenEdition,
  to: OpenEdition,
  question: LedgerQuestion,
  context: LedgerContext,
): Promise<Checked<Ledger>> {
  const { hierarchy = 'as-is', figures = true, rows = true } = question;
  context.progress('building what lies between');
  const sameModel = from.manifest.model.sha256 === to.manifest.model.sha256;
  const { states, causes } = await chainBetween(from, to, { ...context, hierarchy, rows, sameModel });
  const redefined = new Set(sameModel ? [] : changedKpis(from, to).map(({ kpi }) => kpi));
  const table = ledgerTable(causes);
  context.progress('comparing cells');
  const cells = await movedCells(states, context.ask);
  if (!cells.value) return { diagnostics: cells.diagnostics };
  for (const { source, measure, levels, members, period, chain } of cells.value) {
    const column = cellColumn(source, measure, from, to);
    const time = to.model.sources[source]?.frequency ?? from.model.sources[source]?.frequency ?? '';
    table.add(column, { levels, time, grain: true }, period, members, chain);
  }
  const columns = figures ? columnsOf(from, to, causes, redefined, question) : [];
  for (const { grid, asked } of byGrid(columns, from, to, question)) {
    context.progress(`asking by ${[...grid.levels, grid.time].join(', ')}`);
    const moved = await movedFigures({ grid, columns: asked }, states, {
      ask: context.ask,
      hierarchy,
      redefined: movesAll(causes) ? null : redefined,
    });
    for (const each of moved) table.add(each.column.column, grid, each.period, each.members, each.chain);
  }
  const notes = otherGrain(from, to).map((source) => ({
    da: `Cellerne i ${source} står ved andre dimensioner end før, så kun tallene sammenlignes.`,
    en: `The cells of ${source} stand at other dimensions than before, so only figures are compared.`,
  }));
  return {
    value: {
      cube: to.cube.id,
      label: to.cube.label,
      from: editionOf(from),
      to: editionOf(to),
      hierarchy,
      ...table.finish(columns.map(({ column }) => column)),
      notes,
    },
    diagnostics: cells.diagnostics,
  };
}

const editionOf = ({ manifest }: OpenEdition): LedgerEdition => {
  const { id, number, publishedAt, period, builder } = manifest;
  return { id, number, publishedAt, period, builder };
};

function cellColumn(source: string, measure: string, from: OpenEdition, to: OpenEdition): LedgerColumn {
  const found = [to, from].flatMap(({ model }) =>
    Object.values(model.measures).filter((each) => each.source === source && each.name === measure),
  )[0];
  const kpi = [to, from]
    .flatMap(({ model }) => Object.values(model.kpis))
    .find(({ name }) => name === measure);
  return {
    kind: 'cell',
    id: `${source}/${measure}`,
    name: measure,
    label: kpi?.label ?? { da: measure, en: measure },
    unit: found?.unit.text ?? '',
    decimals: found?.decimals ?? kpi?.decimals ?? 0,
    versions: null,
  };
}

// --- which figures ---------------------------------------------------------------------------------

/** Of the asked ones those that can have moved: what reads nothing that differs is not asked again. */
function columnsOf(
  from: OpenEdition,
  to: OpenEdition,
  causes: readonly Cause[],
  redefined: ReadonlySet<string>,
  { kpis }: LedgerQuestion,
): readonly AskedColumn[] {
  const everything = movesAll(causes);
  const sources = movedSources(from, to);
  return askedColumns(from, to).filter(
    ({ column, kpis: own, sources: read }) =>
      (!kpis || kpis.includes(column.name) || kpis.includes(column.id)) &&
      (everything || own.some((kpi) => redefined.has(kpi)) || read.some((source) => sources.has(source))),
  );
}

/** Code lists, on which every figure stands, or another program. */
const movesAll = (causes: readonly Cause[]): boolean =>
  causes.flatMap(simple).some(({ kind }) => kind === 'structure' || kind === 'program');

const simple = (cause: Cause): readonly Exclude<Cause, JointCause>[] =>
  cause.kind === 'joint' ? cause.of : [cause];

/** Sources whose cells, periods or deliverers are not the same files. */
function movedSources(from: OpenEdition, to: OpenEdition): ReadonlySet<string> {
  const all = new Set([...from.manifest.tables, ...to.manifest.tables].map(({ source }) => source));
  const said = ({ manifest, model }: OpenEdition, id: string): string => {
    const table = manifest.tables.find(({ source }) => source === id);
    const beneath = relationsBeneath(id, model.sources);
    const presence = (manifest.presence ?? []).filter(({ source }) => beneath.includes(source));
    // Rows may be asked again of the snapshots themselves.
    const inputs = manifest.inputs.filter(({ source }) => beneath.includes(source));
    return JSON.stringify([
      table?.parts.map(({ file }) => file.sha256),
      table?.periods,
      presence.map(({ file }) => file.sha256),
      inputs.map(({ snapshots }) => snapshots.map(({ sha256, periods }) => [sha256, periods])),
    ]);
  };
  return new Set([...all].filter((id) => said(from, id) !== said(to, id)));
}

/** Columns that are looked at together, in the order of grids. */
function byGrid(
  columns: readonly AskedColumn[],
  from: OpenEdition,
  to: OpenEdition,
  question: LedgerQuestion,
): readonly { readonly grid: Grid; readonly asked: readonly AskedColumn[] }[] {
  const grids = new Map<string, { grid: Grid; asked: AskedColumn[] }>();
  for (const column of columns) {
    for (const grid of gridsOf(column, from, to, question)) {
      const key = JSON.stringify(grid);
      const known = grids.get(key);
      if (known) known.asked.push(column);
      else grids.set(key, { grid, asked: [column] });
    }
  }
  return [...grids.values()];
}

// --- entries ---------------------------------------------------------------------------------------

/** Entries as they are found, names of columns, grids and causes as positions. */
function ledgerTable(steps: readonly Cause[]) {
  const causes: Cause[] = [...steps];
  const columns = new Map<string, LedgerColumn>();
  const grids = new Map<string, { readonly at: number; readonly grid: Grid }>();
  const entries: { column: string; entry: Omit<Entry, 'column'> }[] = [];
  const joint = new Map<string, number>();
  const causeOf = (first: number, last: number): number => {
    if (first === last) return first;
    const key = `${first}..${last}`;
    const known = joint.get(key);
    if (known !== undefined) return known;
    const of = steps.slice(first, last + 1).flatMap(simple);
    const reason = 'Between them the figure is no number, so that there is nothing to split.';
    joint.set(key, causes.length);
    causes.push({ kind: 'joint', id: of.map(({ id }) => id).join('+'), of, reason });
    return causes.length - 1;
  };
  const enter = (
    column: LedgerColumn,
    grid: Grid,
    period: string,
    members: readonly string[],
    chain: FigureChain,
  ): void => {
    const split = column.kind === 'cell' ? splitCell(chain) : splitFigure(chain);
    if (!split) return;
    const columnKey = `${column.kind} ${column.id}`;
    if (!columns.has(columnKey)) columns.set(columnKey, column);
    const gridKey = JSON.stringify(grid);
    const known = grids.get(gridKey) ?? { at: grids.size, grid };
    grids.set(gridKey, known);
    const parts = namedParts(split.parts, causeOf, add);
    entries.push({
      column: columnKey,
      entry: {
        grid: known.at,
        period,
        members,
        before: chain[0] ?? null,
        after: chain.at(-1) ?? null,
        change: split.change,
        parts,
        causes: split.status
          ? [causeOf(split.status.first, split.status.last)]
          : parts.map(({ cause }) => cause),
      },
    });
  };
  /** Cells as they came, then what is asked in the order of the cube. */
  const finish = (
    asked: readonly LedgerColumn[],
  ): Pick<Ledger, 'causes' | 'columns' | 'grids' | 'entries'> => {
    const order = [
      ...[...columns.values()].filter(({ kind }) => kind === 'cell'),
      ...asked.filter(({ kind, id }) => columns.has(`${kind} ${id}`)),
    ];
    const position = new Map(order.map(({ kind, id }, at) => [`${kind} ${id}`, at]));
    const all = entries.map(({ column, entry }): Entry => ({ column: position.get(column) ?? 0, ...entry }));
    return {
      causes,
      columns: order,
      grids: [...grids.values()].map(({ grid }) => grid),
      entries: all.sort(byPlace),
    };
  };
  return { add: enter, finish };
}

function byPlace(a: Entry, b: Entry): number {
  if (a.column !== b.column) return a.column - b.column;
  if (a.grid !== b.grid) return a.grid - b.grid;
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  for (const [at, code] of a.members.entries()) {
    const other = b.members[at] ?? '';
    if (code !== other) return compareCodes(code, other);
  }
  return 0;
}
