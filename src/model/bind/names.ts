import { didYouMean } from '../../diagnostics/nearName.ts';

/** What a name stands for, or why it stands for nothing. */
export type Resolved<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly kind: 'unknown'; readonly hint: string | undefined };

/** Finds by full id, else by the name alone where only one id ends in it. */
export function resolveId<T>(written: string, all: Readonly<Record<string, T>>): Resolved<T> {
  const exact = Object.hasOwn(all, written) ? all[written] : undefined;
  if (exact !== undefined) return { kind: 'found', value: exact };
  const keys = Object.keys(all);
  const ids = keys.filter((id) => id.endsWith(`.${written}`));
  const only = ids[0];
  if (ids.length > 1) return { kind: 'ambiguous', candidates: ids };
  if (only !== undefined) return { kind: 'found', value: all[only] as T };
  const names = new Set([...keys, ...keys.map((id) => id.split('.').at(-1) ?? id)]);
  return { kind: 'unknown', hint: didYouMean(written, names) };
}
