import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { brokenLinks } from './chain.ts';
import { sha256 } from './hash.ts';
import { appendNumbered, readNumbered, type Series } from './numbered.ts';
import { objectRefShape, orNull, type Shape } from './shape.ts';
import type { Store } from './store.ts';
import type { EditionManifest } from './types.ts';

const shape: Shape = {
  format: 'number',
  cube: 'text',
  number: 'number',
  id: 'text',
  previous: orNull('text'),
  publishedAt: 'text',
  period: 'text',
  inputHash: 'text',
  builder: 'text',
  engine: 'text',
  synthetic: 'yes_no',
  inputs: [
    {
      source: 'text',
      synthetic: 'yes_no',
      snapshots: [
        {
          number: 'number',
          receipt: 'number',
          received: 'text',
          sha256: 'text',
          size: 'number',
          periods: orNull(['text']),
        },
      ],
    },
  ],
  model: objectRefShape,
  dimensions: [{ dimension: 'text', file: objectRefShape }],
  tables: [
    {
      source: 'text',
      made: 'text',
      dimensions: ['text'],
      levelColumns: ['text'],
      periods: ['text'],
      states: [{ state: 'text', aggregate: 'text', decimals: 'number' }],
      parts: [{ partition: 'text', rows: 'number', file: objectRefShape }],
    },
  ],
  reconciliations: ['any'],
};

const seriesOf = (cube: string): Series => ({ folder: `${cube}/editions`, digits: 8, shape });

/** The editions of a cube, oldest first; the last one is current. */
export async function readEditions(store: Store, cube: string): Promise<Checked<readonly EditionManifest[]>> {
  const series = seriesOf(cube);
  const read = await readNumbered<EditionManifest>(store, series);
  const editions = read.value ?? [];
  const diagnostics = [...read.diagnostics, ...brokenLinks(store, series, editions)];
  return { value: editions.map(({ value }) => value), diagnostics };
}

/** Cubes that have editions, sorted. */
export async function publishedCubes(store: Store): Promise<readonly string[]> {
  const cubes: string[] = [];
  for (const cube of await store.folders('')) {
    if ((await store.list(seriesOf(cube).folder)).length > 0) cubes.push(cube);
  }
  return cubes;
}

/**
 * Publishes an edition: this write is the commit. `make` gets the number that is free and what `previous`
 * must say; it is asked again where another process was faster, and returns null to give up.
 */
export async function appendEdition(
  store: Store,
  cube: string,
  make: (number: number, previous: string | null) => EditionManifest | null | Promise<EditionManifest | null>,
): Promise<EditionManifest | null> {
  const written = await appendNumbered<EditionManifest>(store, seriesOf(cube), (number, previous) =>
    make(number, previous && sha256(previous)),
  );
  return written?.value ?? null;
}

/** The edition that was asked for by its id, by its number, or by the beginning of one id; null: the current one. */
export function findEdition(
  cube: string,
  editions: readonly EditionManifest[],
  asked: string | null,
): Checked<EditionManifest> {
  const current = editions.at(-1);
  if (current === undefined) {
    const hint = `publish it: flis publish ${cube}`;
    return { diagnostics: [diagnostic('unknown-edition', `The cube "${cube}" has no editions.`, { hint })] };
  }
  if (asked === null) return { value: current, diagnostics: [] };
  const exact = editions.find(({ id, number }) => id === asked || String(number) === asked);
  const begun = editions.filter(({ id }) => asked !== '' && id.startsWith(asked));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  return found === undefined
    ? { diagnostics: [unknownEdition(cube, editions, asked, begun)] }
    : { value: found, diagnostics: [] };
}

function unknownEdition(
  cube: string,
  editions: readonly EditionManifest[],
  asked: string,
  begun: readonly EditionManifest[],
) {
  const ids = (some: readonly EditionManifest[]) => some.map(({ id }) => id);
  const span = { file: '--edition', start: 0, end: asked.length };
  if (begun.length > 1) {
    const message = `Several editions of "${cube}" begin with "${asked}": ${ids(begun).join(', ')}.`;
    return diagnostic('unknown-edition', message, { span, hint: 'write more of the id, or its number' });
  }
  const hint = didYouMean(asked, ids(editions)) ?? `the newest are ${ids(editions.slice(-3)).join(', ')}`;
  return diagnostic('unknown-edition', `The cube "${cube}" has no edition "${asked}".`, { span, hint });
}
