import type { Source, SourceColumn } from './types.ts';

/** Names of the columns in a table that a column of a relation stands for. */
export function tableColumns(column: SourceColumn): string[] {
  if (column.kind === 'code' && column.levels.length > 1) return [`${column.name}_level`, column.name];
  return column.kind === 'number' ? [column.name, `${column.name}_status`] : [column.name];
}

/** The period column of a relation. */
export function periodColumnOf(columns: readonly SourceColumn[]): SourceColumn | undefined {
  return columns.find(({ kind }) => kind === 'period');
}

/** Every relation that a source's rows are made of, itself first, each once; the delivered ones have no derivation. */
export function relationsBeneath(
  id: string,
  sources: Readonly<Record<string, Source>>,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  if (seen.has(id) || !Object.hasOwn(sources, id)) return [];
  // Editions of before there were rows have no word of it.
  const derivation = sources[id]?.derivation ?? null;
  const reads = derivation
    ? [derivation.from, ...derivation.steps.flatMap(({ step }) => (step.kind === 'match' ? [step.rows] : []))]
    : [];
  const below = reads.flatMap((read) => relationsBeneath(read, sources, new Set([...seen, id])));
  return [...new Set([id, ...below])];
}

/** Whether a source comes in files; if not, its rows are made of another's. */
export const isDelivered = ({ derivation }: Source): boolean => !derivation;

/** The delivered sources that a source's rows come from; itself where it is delivered. */
export function deliveredBeneath(id: string, sources: Readonly<Record<string, Source>>): string[] {
  return relationsBeneath(id, sources).filter((each) => !sources[each]?.derivation);
}
