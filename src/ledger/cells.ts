import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { AskContext } from '../serve/ask.ts';
import { type DifferentCell, differentCells, type Said } from '../serve/difference.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { FigureChain } from './split.ts';

/** One component of a cell in every state. */
export interface CellAt {
  readonly source: string;
  readonly measure: string;
  readonly levels: readonly string[];
  readonly members: readonly string[];
  readonly period: string;
  readonly chain: FigureChain;
}

/** Sources whose cells stand at other dimensions in the one edition than in the other: no cell has its like. */
export function otherGrain(from: OpenEdition, to: OpenEdition): readonly string[] {
  return to.manifest.tables.flatMap(({ source, dimensions }) => {
    const before = from.manifest.tables.find((table) => table.source === source);
    return before && JSON.stringify(before.dimensions) !== JSON.stringify(dimensions) ? [source] : [];
  });
}

/** Components that are not the same in both editions, followed through the states between, source by source. */
export async function movedCells(
  states: readonly OpenEdition[],
  context: AskContext,
): Promise<Checked<readonly CellAt[]>> {
  const [from, to] = [states[0], states.at(-1)];
  if (!from || !to) return { value: [], diagnostics: [] };
  const left = new Set(otherGrain(from, to));
  const sources = new Set([...from.manifest.tables, ...to.manifest.tables].map(({ source }) => source));
  const cells: CellAt[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of [...sources].filter((each) => !left.has(each)).sort()) {
    const own = states.map((state) => onlySource(state, source));
    const ends = await differentCells(own[0] ?? from, own.at(-1) ?? to, context);
    diagnostics.push(...ends.diagnostics);
    const between = ends.value?.length ? await stepsOf(own, ends.value, context) : [];
    for (const cell of ends.value ?? []) {
      const key = keyOf(cell);
      cells.push({
        source,
        measure: cell.measure,
        levels: Object.keys(cell.members),
        members: Object.values(cell.members),
        period: cell.period,
        chain: chainOf(
          cell,
          between.map((step) => step.get(key)),
        ),
      });
    }
  }
  return hasErrors(diagnostics) ? { diagnostics } : { value: cells, diagnostics };
}

const onlySource = (state: OpenEdition, source: string): OpenEdition => ({
  ...state,
  manifest: { ...state.manifest, tables: state.manifest.tables.filter((table) => table.source === source) },
});

const keyOf = ({ measure, period, members }: DifferentCell): string =>
  JSON.stringify([measure, period, members]);

type Moves = ReadonlyMap<string, Pick<DifferentCell, 'before' | 'after'>>;

/** What each step but the last moved, of the cells that moved between the ends. */
async function stepsOf(
  states: readonly OpenEdition[],
  ends: readonly DifferentCell[],
  context: AskContext,
): Promise<readonly Moves[]> {
  const wanted = new Set(ends.map(keyOf));
  const steps: Moves[] = [];
  for (const [at, state] of states.slice(0, -2).entries()) {
    const next = states[at + 1];
    const moved = next ? await differentCells(state, next, context) : { value: [] };
    const own = (moved.value ?? []).map((cell) => [keyOf(cell), cell] as const);
    steps.push(new Map(own.filter(([key]) => wanted.has(key))));
  }
  return steps;
}

function chainOf(
  { before, after }: DifferentCell,
  steps: readonly (Pick<DifferentCell, 'before' | 'after'> | undefined)[],
): FigureChain {
  let last: Said | null = before;
  const between = steps.map((moved) => {
    if (moved) last = moved.after;
    return last;
  });
  return [before, ...between, after];
}
