import type { CellTable } from '../catalog/types.ts';
import { groupBy } from '../model/groupBy.ts';
import type { SemanticModel } from '../model/types.ts';
import { kpiOfName } from '../model/versions.ts';
import { periodColumn } from '../sql/lowerCells.ts';
import type { OpenEdition } from './openEdition.ts';

/** What one edition has of a source, and how its columns are to be read. */
export interface Side {
  readonly model: SemanticModel;
  readonly source: string;
  readonly table: CellTable | null;
}

export const sideOf = ({ manifest, model }: OpenEdition, source: string): Side => ({
  model,
  source,
  table: manifest.tables.find((table) => table.source === source) ?? null,
});

export type State = CellTable['states'][number];

/** Files of two sides that are of the same cells, and what their columns mean. */
export interface Comparison {
  readonly before: CellTable['parts'];
  readonly after: CellTable['parts'];
  readonly keys: readonly string[];
  readonly constants: Readonly<Record<'before' | 'after', Readonly<Record<string, string>>>>;
  /** Dimension columns in the order of a cell's members, with the level of those that have no column for it. */
  readonly dimensions: readonly {
    readonly name: string;
    readonly level: string;
    readonly leveled: boolean;
  }[];
  readonly measures: readonly {
    readonly name: string;
    readonly states: { readonly before: State | null; readonly after: State | null };
  }[];
  readonly held: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> };
}

/** One comparison, or one each side where cells stand at other dimensions, so that none has its like. */
export function comparisonsOf([before, after]: readonly [Side, Side]): readonly Comparison[] {
  const held = { before: new Set(before.table?.periods), after: new Set(after.table?.periods) };
  const dimensions = ({ table }: Side) => [...(table?.dimensions ?? [])].sort().join();
  const sides =
    before.table && after.table && dimensions(before) !== dimensions(after)
      ? [
          [before, { ...after, table: null }],
          [{ ...before, table: null }, after],
        ]
      : [[before, after]];
  return sides.flatMap(([left, right]) => (left && right ? comparisonOf(left, right, held) : []));
}

function comparisonOf(before: Side, after: Side, held: Comparison['held']): readonly Comparison[] {
  const shape = after.table ? after : before;
  if (!shape.table) return [];
  const leveled = new Set([...(before.table?.levelColumns ?? []), ...(after.table?.levelColumns ?? [])]);
  const dimensions = shape.table.dimensions.map((name) => ({
    name,
    level: leafOf(shape.model, shape.source, name),
    leveled: leveled.has(name),
  }));
  const constants = (side: Side) =>
    Object.fromEntries(
      [...leveled]
        .filter((name) => side.table && !side.table.levelColumns.includes(name))
        .map((name) => [`${name}_level`, leafOf(side.model, side.source, name)]),
    );
  return [
    {
      before: partsOnlyIn(before.table, after.table),
      after: partsOnlyIn(after.table, before.table),
      keys: [
        periodColumn,
        ...dimensions.flatMap(({ name, leveled }) => (leveled ? [`${name}_level`, name] : [name])),
      ],
      constants: { before: constants(before), after: constants(after) },
      dimensions,
      measures: measuresOf(before, after),
      held,
    },
  ];
}

/** Equal files hold equal cells, where their columns mean the same. */
function partsOnlyIn(table: CellTable | null, other: CellTable | null): CellTable['parts'] {
  const shared = new Set(other?.parts.map(({ file }) => file.sha256));
  const sameStates = JSON.stringify(table?.states) === JSON.stringify(other?.states);
  return (table?.parts ?? []).filter(({ file }) => !sameStates || !shared.has(file.sha256));
}

/** States of both sides paired by the name that people know them by. */
function measuresOf(before: Side, after: Side): Comparison['measures'] {
  const named = (side: Side) =>
    groupBy(side.table?.states ?? [], ({ state }) => measureName(side.model, side.source, state));
  const [then, now] = [named(before), named(after)];
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((name) => {
    const [left, right] = [then.get(name) ?? [], now.get(name) ?? []];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => ({
      name,
      states: { before: left[at] ?? null, after: right[at] ?? null },
    }));
  });
}

/** Rows that one statement reads at most of each side, where its parts are smaller: memory is for that many. */
const rowsOfBatch = 1_000_000;

interface PlacedPart {
  readonly part: CellTable['parts'][number];
  readonly side: 'before' | 'after';
}

/**
 * Parts of the same periods together, as many as one statement takes. Parts are of months or of years, and an
 * edition of years beside one of months is compared year by year.
 */
export function batchesOf({ before, after }: Comparison): readonly Pick<Comparison, 'before' | 'after'>[] {
  const placed: readonly PlacedPart[] = [
    ...before.map((part) => ({ part, side: 'before' as const })),
    ...after.map((part) => ({ part, side: 'after' as const })),
  ];
  const years = groupBy(placed, ({ part }) => part.partition.slice(0, 4));
  const groups = [...years.keys()].sort().flatMap((year) => {
    const own = years.get(year) ?? [];
    const alike = new Set(own.map(({ part }) => part.partition.length)).size === 1;
    return alike ? [...groupBy(own, ({ part }) => part.partition).values()] : [own];
  });
  const batches: { readonly parts: PlacedPart[]; rows: number }[] = [];
  for (const group of groups) {
    const rows = Math.max(rowsIn(group, 'before'), rowsIn(group, 'after'));
    const last = batches.at(-1);
    if (last && last.rows + rows <= rowsOfBatch) {
      last.parts.push(...group);
      last.rows += rows;
    } else batches.push({ parts: [...group], rows });
  }
  const partsOf = (parts: readonly PlacedPart[], wanted: PlacedPart['side']) =>
    parts.flatMap(({ part, side }) => (side === wanted ? [part] : []));
  return batches.map(({ parts }) => ({ before: partsOf(parts, 'before'), after: partsOf(parts, 'after') }));
}

const rowsIn = (group: readonly PlacedPart[], wanted: PlacedPart['side']): number =>
  group.reduce((sum, { part, side }) => sum + (side === wanted ? part.rows : 0), 0);

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
