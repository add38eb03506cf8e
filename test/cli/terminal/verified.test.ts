import { describe, expect, it } from 'vitest';
import { printVerified } from '../../../src/cli/terminal/verified.ts';
import type { VerifiedEdition } from '../../../src/cli/wanted.ts';

const sound: VerifiedEdition = {
  cube: 'befolkning',
  edition: '2026-1-3fa9c1d2',
  objects: 7,
  problems: [],
  rebuilt: 'not_run',
  signedBy: 'publisher-3fa9c1d2',
  chain: 'holds',
};

describe('printVerified', () => {
  it('names what is damaged, under the table', () => {
    const damaged: VerifiedEdition = {
      ...sound,
      signedBy: null,
      chain: 'broken',
      edition: '2026-2-0badcafe',
      problems: ['objects/ab/abc is not what its name says'],
    };
    expect(printVerified([sound, damaged], 80)).toBe(`\
edition          cube        objects  hashes   signed by           chain
─────────────────────────────────────────────────────────────────────────
2026-1-3fa9c1d2  befolkning        7  sound    publisher-3fa9c1d2  holds
2026-2-0badcafe  befolkning        7  DAMAGED  NOBODY              BROKEN

2026-2-0badcafe: objects/ab/abc is not what its name says
`);
  });

  it('says whether inputs gave an edition again, where that was tried', () => {
    expect(printVerified([{ ...sound, rebuilt: 'same' }], 80)).toContain('gives the same again');
    expect(printVerified([{ ...sound, rebuilt: 'different' }], 80)).toContain('GIVES OTHER FIGURES');
  });
});
