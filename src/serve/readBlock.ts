import { type Block, decodeBlock } from '../catalog/block.ts';
import { certifies } from '../catalog/certify.ts';
import { readObject } from '../catalog/objects.ts';
import type { Store } from '../catalog/store.ts';
import type { CellPart } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';

/**
 * The cells of a part as they lie in memory, and their rollups. A hash says that the file is the one that was written;
 * the certificate, that every grain in it adds up to what the finest cells did.
 */
export async function readBlock(
  store: Store,
  source: string,
  partition: string,
  { file, certificate }: NonNullable<CellPart['block']>,
): Promise<Checked<Block>> {
  const { value: bytes, diagnostics } = await readObject(store, file);
  if (!bytes) return { diagnostics };
  const block = decodeBlock(bytes);
  const fault = block ? certifies(block, certificate) : 'the file holds no cells';
  if (block && fault === null) return { value: block, diagnostics };
  const message = `The cells of ${source} in ${partition} do not add up to their certificate: ${fault}.`;
  const hint = 'nothing is read from this edition; publish again and retract it';
  return { diagnostics: [...diagnostics, diagnostic('totals-differ', message, { hint })] };
}
