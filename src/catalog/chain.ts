import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sha256 } from './hash.ts';
import { manifestPath, type Numbered, type Place } from './numbered.ts';
import type { Store } from './store.ts';

/** Manifests whose `previous` is not the hash of the one before them. */
export function brokenLinks<T extends { readonly previous: string | null }>(
  store: Store,
  series: Place,
  manifests: readonly Numbered<T>[],
): readonly Diagnostic[] {
  return manifests.flatMap((manifest, position) => {
    const before = manifests[position - 1];
    // Beside a gap there is nothing to compare with, and the gap has been told of.
    if (manifest.number > 1 && before?.number !== manifest.number - 1) return [];
    return brokenLink(store, series, manifest, before?.bytes ?? null);
  });
}

/** What is wrong where a manifest was not written after the one with these bytes. */
export function brokenLink<T extends { readonly previous: string | null }>(
  store: Store,
  series: Place,
  { number, value }: Numbered<T>,
  before: Uint8Array | null,
): readonly Diagnostic[] {
  if (value.previous === (before && sha256(before))) return [];
  const message = `The manifest ${store.name}/${manifestPath(series, number)} was not written after the one that now lies before it.`;
  return [
    diagnostic('chain-broken', message, {
      hint: `restore ${store.name}/${manifestPath(series, Math.max(1, number - 1))} from a backup`,
    }),
  ];
}
