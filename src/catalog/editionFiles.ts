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
      parts.flatMap(({ partition, file, block }) => [
        { name: `cells/${source}/${partition}`, file },
        ...(block ? [{ name: `blocks/${source}/${partition}`, file: block.file }] : []),
      ]),
    ),
    ...presence.map(({ source, file }) => ({ name: `presence/${source}`, file })),
  ];
}

/** Every file of its restricted part, which lies in a store of its own. */
export function restrictedFiles({ tables }: Pick<EditionManifest, 'tables'>): readonly EditionFile[] {
  return tables.flatMap(({ source, sets = [] }) =>
    sets.flatMap(({ key, parts }) =>
      parts.flatMap(({ partition, sets: file, people, link }) =>
        Object.entries({ sets: file, people, link }).map(([kind, ref]) => ({
          name: `${kind}/${source}/${key.join('+')}/${partition}`,
          file: ref,
        })),
      ),
    ),
  );
}
