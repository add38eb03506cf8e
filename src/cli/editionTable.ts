import type { Table } from '../catalog/types.ts';
import type { ListedEdition } from './wanted.ts';

/** Editions as flat columns, the id first. */
export function editionTable(editions: readonly ListedEdition[]): Table {
  const text = (name: string, value: (edition: ListedEdition) => string | null) =>
    ({ name, type: 'text', values: editions.map(value) }) as const;
  return {
    rows: editions.length,
    columns: [
      text('edition', ({ id }) => id),
      text('cube', ({ cube }) => cube),
      { name: 'number', type: 'integer', values: editions.map(({ number }) => number) },
      text('period', ({ period }) => period),
      text('published_at', ({ publishedAt }) => publishedAt),
      text('synthetic', ({ synthetic }) => String(synthetic)),
      text('inputs', ({ inputs }) => inputs.map(inputText).join(' ')),
      text('builder', ({ builder }) => builder),
      text('engine', ({ engine }) => engine),
      text('signed_by', ({ signedBy }) => signedBy),
      text('retracted', ({ retraction }) => retraction?.reason ?? null),
    ],
  };
}

/** `star.ledighed:2+3`: a source and the numbers of its snapshots. */
function inputText({ source, snapshots }: ListedEdition['inputs'][number]): string {
  return `${source}:${snapshots.map(({ number }) => number).join('+')}`;
}
