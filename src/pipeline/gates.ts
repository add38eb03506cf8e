import { readReceipts } from '../catalog/receipts.ts';
import type { EditionManifest, GateResult, Snapshot } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Cube } from '../model/types.ts';
import type { Version } from '../publish/gates/gate.ts';
import { runGates } from '../publish/gates/index.ts';
import type { Answer } from '../query/answer.ts';
import { bindQuery } from '../query/bindQuery.ts';
import type { Request } from '../query/request.ts';
import { type AskContext, ask, scopeOf } from '../serve/ask.ts';
import { openEdition } from '../serve/openEdition.ts';

/** The gates of a version that is built and not yet published, beside the edition before it. */
export async function askGates(
  draft: EditionManifest,
  before: EditionManifest | null,
  wanted: Cube,
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
  context: AskContext,
): Promise<Checked<readonly GateResult[]>> {
  const own = await versionOf(draft, context);
  const last = before && (await versionOf(before, context));
  const receipts = await readReceipts(context.stores.snapshotStore);
  if (!own.value || (last && !last.value) || !receipts.value)
    return { diagnostics: [...own.diagnostics, ...(last?.diagnostics ?? []), ...receipts.diagnostics] };
  const gates = await runGates({
    draft: own.value,
    before: last?.value ?? null,
    snapshots,
    receipts: receipts.value,
    wanted,
  });
  return { value: gates, diagnostics: [] };
}

/** Gates ask much the same, so that an answer is kept as long as they run. */
async function versionOf(manifest: EditionManifest, context: AskContext): Promise<Checked<Version>> {
  const opened = await openEdition(manifest, context.stores);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  const edition = opened.value;
  const asked = new Map<string, Promise<Checked<Answer>>>();
  const { model, cube } = edition;
  return {
    value: {
      manifest,
      model,
      cube,
      bind: (request: Request) => bindQuery(request, scopeOf(edition, null)),
      ask: (request: Request) => {
        const key = JSON.stringify(request);
        const known = asked.get(key) ?? ask(edition, request, context);
        asked.set(key, known);
        return known;
      },
    },
    diagnostics: [],
  };
}
