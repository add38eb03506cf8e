import { createHash } from 'node:crypto';
import type { ObjectRef } from './types.ts';

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Size and SHA-256 of bytes that come piece by piece. */
export async function hashStream(pieces: AsyncIterable<Uint8Array>): Promise<ObjectRef> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += piece.length;
  }
  return { sha256: hash.digest('hex'), size };
}
