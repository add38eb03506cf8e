import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReceipts } from '../catalog/receipts.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Ledger, LedgerQuestion } from '../ledger/types.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import { openWorkspace, type Workspace } from '../serve/workspace.ts';
import { editionsOf, openNamed, textsOf } from './opened.ts';
import { type Outcome, type Outside, snapshotsOf, withWorkspace } from './outside.ts';

/**
 * What moved between two editions of a cube and why. Without `to` it is the newest; without `from` the one
 * before that.
 */
export async function ledger(
  outside: Outside,
  cube: string,
  from: string | null,
  to: string | null,
  question: LedgerQuestion = {},
): Promise<Outcome<Ledger>> {
  return withWorkspace(outside, async (published) => {
    const textsWith = (edition: string | null) => textsOf({ cube, kpis: [], by: [] }, edition);
    const right = await openNamed(published, cube, to);
    if (!right.value) return { diagnostics: right.diagnostics, texts: textsWith(to) };
    const left = await openFirst(published, cube, from, right.value);
    if (!left.value) return { diagnostics: left.diagnostics, texts: textsWith(from) };
    const [first, second] = [left.value, right.value];
    const compared = await withScratch(outside, published, (scratch) =>
      between(first, second, question, published, scratch, outside),
    );
    return { ...compared, texts: textsWith(to) };
  });
}

async function openFirst(
  workspace: Workspace,
  cube: string,
  name: string | null,
  to: OpenEdition,
): Promise<Checked<OpenEdition>> {
  if (name !== null) return openNamed(workspace, cube, name);
  const editions = await editionsOf(workspace, cube);
  const before = editions.value?.filter(({ number }) => number < to.manifest.number).at(-1);
  if (before) return openNamed(workspace, cube, before.id);
  if (hasErrors(editions.diagnostics)) return { diagnostics: editions.diagnostics };
  return {
    diagnostics: [
      diagnostic('unknown-edition', `There is no edition of "${cube}" before ${to.manifest.id}.`, {
        hint: 'a ledger is between two editions',
      }),
    ],
  };
}

/** A workspace for what is only made to be compared; nothing of it is left. */
async function withScratch<T>(
  outside: Outside,
  published: Workspace,
  work: (scratch: Workspace) => Promise<T>,
): Promise<T> {
  const { id, isAlive } = outside.process;
  const folder = await mkdtemp(join(tmpdir(), 'flis-ledger-'));
  const scratch = openWorkspace(
    published.root,
    { own: id, isAlive, now: outside.now },
    {
      editionRoot: folder,
      readable: [join(published.root, 'cubes', 'published')],
      ...(outside.memory === undefined ? {} : { memory: outside.memory }),
    },
  );
  try {
    return await work(scratch);
  } finally {
    await scratch.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function between(
  from: OpenEdition,
  to: OpenEdition,
  question: LedgerQuestion,
  published: Workspace,
  scratch: Workspace,
  outside: Outside,
): Promise<Checked<Ledger>> {
  const { buildLedger } = await import('../ledger/buildLedger.ts');
  const { overlayStore } = await import('../ledger/overlayStore.ts');
  const receipts = await readReceipts(published.snapshotStore);
  const sources = new Set([...from.cube.sources, ...to.cube.sources]);
  const snapshots = await snapshotsOf(published, [...sources]);
  if (!snapshots.value) return { diagnostics: snapshots.diagnostics };
  const engine = await scratch.engine('build');
  const stores = {
    snapshotStore: overlayStore(scratch.editionStore, published.snapshotStore),
    editionStore: overlayStore(scratch.editionStore, published.editionStore),
    verified: published.verified,
  };
  const { builder, engine: engineVersion } = from.manifest;
  return buildLedger(from, to, question, {
    snapshots: snapshots.value,
    receipts: receipts.value ?? [],
    // Tables that no cause touches are taken over from the edition, whichever version made them.
    build: { ...stores, engine: { ...engine, version: engineVersion }, builder },
    ask: { stores, engine: async () => engine, parse: null },
    progress: (text) => outside.progress({ text }),
  });
}
