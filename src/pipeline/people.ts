import type { BuildContext } from '../build/buildCube.ts';
import { peopleKey, readPeopleKey } from '../catalog/peopleKey.ts';
import type { Workspace } from '../serve/workspace.ts';

type Sets = NonNullable<BuildContext['sets']>;

/** Keeps who is counted in each cell; a cube that has no key for it gets one. */
export const newSets =
  ({ restrictedStore: store }: Workspace): Sets =>
  async (cube) => {
    const key = await peopleKey(store, cube);
    return key && { store, key };
  };

/** The same with the key that there is, so that what was made is made again and nothing else. */
export const keptSets =
  ({ restrictedStore: store }: Workspace): Sets =>
  async (cube) => {
    const key = await readPeopleKey(store, cube);
    return key && { store, key };
  };
