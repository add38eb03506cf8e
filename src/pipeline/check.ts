import { relative } from 'node:path';
import { diagnostic } from '../diagnostics/codes.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { isDelivered } from '../model/relations.ts';
import { hintOf, loadDefinitions, type Outcome, type Outside, withWorkspace } from './outside.ts';

export interface CheckReport {
  readonly counts: Readonly<
    Record<'classification' | 'dimension' | 'source' | 'selection' | 'partition' | 'kpi' | 'cube', number>
  >;
}

/** All definitions checked; `paths` limits what is told to files at or below them, not what is read. */
export async function check(outside: Outside, paths: readonly string[]): Promise<Outcome<CheckReport>> {
  return withWorkspace(outside, async (workspace) => {
    const loaded = await loadDefinitions(workspace);
    const { texts } = loaded;
    const value = hasErrors(loaded.diagnostics) ? null : loaded.model;
    // What the code lists allow is proved by now; what is held is another proof.
    const hasPartitions = Object.keys(value?.partitions ?? {}).length > 0;
    const { checkHeldAccounts } = hasPartitions ? await import('./accounts.ts') : {};
    const diagnostics = [...loaded.diagnostics, ...((await checkHeldAccounts?.(workspace, loaded)) ?? [])];
    const wanted = paths.map((path) => relative(outside.root, path).replaceAll('\\', '/'));
    const told = diagnostics.filter(
      ({ span }) =>
        wanted.length === 0 ||
        wanted.some((path) => path === '' || span?.file === path || span?.file.startsWith(`${path}/`)),
    );
    const unknown = wanted.filter(
      (path) =>
        path !== '' && ![...texts.keys()].some((file) => file === path || file.startsWith(`${path}/`)),
    );
    const missing = unknown.map((path) =>
      diagnostic(
        'no-such-file',
        `There is no definition at "${path}".`,
        hintOf(didYouMean(path, texts.keys())),
      ),
    );
    const counts = {
      classification: Object.keys(value?.classifications ?? {}).length,
      dimension: Object.keys(value?.dimensions ?? {}).length,
      source: Object.values(value?.sources ?? {}).filter(isDelivered).length,
      selection: Object.keys(value?.selections ?? {}).length,
      partition: Object.keys(value?.partitions ?? {}).length,
      kpi: Object.keys(value?.kpis ?? {}).length,
      cube: Object.keys(value?.cubes ?? {}).length,
    };
    return {
      ...(hasErrors([...told, ...missing]) ? {} : { value: { counts } }),
      diagnostics: [...told, ...missing],
      texts,
    };
  });
}
