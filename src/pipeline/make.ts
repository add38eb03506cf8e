import { dirname } from 'node:path';
import type { Table } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { SynthesizedFile } from '../supply/synthesize/writeDeliveries.ts';
import type { NationalRequest } from './national.ts';
import { loadModel, type Outcome, type Outside, withWorkspace } from './outside.ts';

const shapes = ['star'] as const;

/** Writes deliveries of the shape of real ones, every name marked, with a receipt beside each. */
export async function synthesize(
  outside: Outside,
  options: { readonly like: string; readonly releases: number; readonly to: string; readonly seed: number },
): Promise<Outcome<readonly SynthesizedFile[]>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map([['--like', options.like]]);
    if (!(shapes as readonly string[]).includes(options.like)) {
      const span = { file: '--like', start: 0, end: options.like.length };
      const hint = didYouMean(options.like, shapes) ?? `there is ${shapes.join(', ')}`;
      return {
        diagnostics: [
          diagnostic('unknown-shape', `Nothing can be made up like "${options.like}".`, { span, hint }),
        ],
        texts,
      };
    }
    const { value: model, diagnostics, texts: definitions } = await loadModel(workspace);
    if (!model) return { diagnostics, texts: definitions };
    const { writeStarDeliveries } = await import('../supply/synthesize/writeDeliveries.ts');
    const value = await writeStarDeliveries(options, model.classifications.kommune?.members ?? []);
    return { value, diagnostics: [], texts };
  });
}

/** Writes a made-up country at the grain of the sources: one Parquet file for each contract and month. */
export async function synthesizeNational(
  outside: Outside,
  request: NationalRequest,
): Promise<Outcome<readonly SynthesizedFile[]>> {
  const { makeNational } = await import('./national.ts');
  return makeNational(outside, request);
}

/** A table as a Parquet file at a path of the caller's. */
export async function writeParquet(table: Table, path: string): Promise<void> {
  const { openDuckDb } = await import('../engine/duckdb/driver.ts');
  const folder = dirname(path);
  const engine = await openDuckDb({
    folders: [folder],
    writable: [folder],
    temporaryFolder: folder,
    threads: 1,
    memoryLimit: '1GB',
  });
  try {
    await engine.writeTable(table, path);
  } finally {
    engine.close();
  }
}
