import type { EditionManifest, ObjectRef } from './types.ts';

/** A file of an edition by what it is to it: `model`, `cells/star.ledighed/2026`. */
export interface EditionFile {
  readonly name: string;
  readonly file: ObjectRef;
}

/** Every file of an edition, in the order of its manifest. */
export function editionFiles({
  model,
  dimensions,
  tables,
  presence = [],
}: Pick<EditionManifest, 'model' | 'dimensions' | 'tables' | 'presence'>): readonly EditionFile[] {
  return [
    { name: 'model', file: model },
    ...dimensions.map(({ dimension, file }) => ({ name: `structure/${dimension}`, file })),
    ...tables.flatMap(({ source, parts }) =>
      parts.map(({ partition, file }) => ({ name: `cells/${source}/${partition}`, file })),
    ),
    ...presence.map(({ source, file }) => ({ name: `presence/${source}`, file })),
  ];
}
