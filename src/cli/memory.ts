import { UseError } from './useError.ts';

/** How much memory the engine may use, as `FLIS_MEMORY` says it; null where it says nothing. */
export function memoryOf(environment: Readonly<Record<string, string | undefined>>): string | null {
  const said = environment.FLIS_MEMORY?.trim() ?? '';
  if (said === '') return null;
  if (!/^[1-9]\d*(MB|GB|MiB|GiB)$/.test(said))
    throw new UseError(`FLIS_MEMORY is "${said}", which is no size. Write it like 4GB or 512MB.`);
  return said;
}
