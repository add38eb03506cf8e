import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Approval,
  type ApprovedVersion,
  approvalHash,
  approvedVersion,
  withApproved,
} from '../catalog/approvals.ts';
import type { DefinitionFile, KpiDefinition } from '../definitions/definition.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { resolveId } from '../model/bind/names.ts';
import {
  hintOf,
  type LoadedDefinitions,
  loadDefinitions,
  type Outcome,
  type Outside,
  withWorkspace,
} from './outside.ts';

/** What became of one version of a KPI that was to be approved. */
export interface ApprovedKpi {
  readonly kpi: string;
  readonly version: number;
  readonly outcome: 'approved' | 'approved_before';
  readonly file: string;
}

/**
 * Puts definitions into force: their status becomes approved, and the hash of what they say is kept. Nothing
 * is written unless everything named can be approved and the whole workspace is without errors.
 */
export async function approve(
  outside: Outside,
  options: { readonly kpis: readonly string[]; readonly all: boolean },
): Promise<Outcome<readonly ApprovedKpi[]>> {
  return withWorkspace(outside, async (workspace) => {
    const loaded = await loadDefinitions(workspace);
    const named = options.kpis.map((name) => namedKpi(name, loaded));
    const texts = new Map([...loaded.texts, ...options.kpis.map((name) => [kpiText(name), name] as const)]);
    const wanted = [
      ...new Set([
        ...named.flatMap(({ found }) => toApprove(found)),
        ...(options.all ? loaded.definitions.kpis.filter(({ record }) => record.status === 'approved') : []),
      ]),
    ];
    const diagnostics = [
      ...named.flatMap((each) => each.diagnostics),
      ...loaded.diagnostics.filter(({ code }) => code !== 'approval-missing'),
      ...wanted.flatMap((definition) => cannotBeApproved(definition, loaded.approvals)),
    ];
    if (hasErrors(diagnostics)) return { diagnostics, texts };
    const value: ApprovedKpi[] = [];
    const approvals = new Map(loaded.approvals.map((approval) => [approval.kpi, approval]));
    for (const definition of wanted) {
      const { kpi, version } = definition.record;
      const before = approvedVersion(loaded.approvals, definition.record);
      if (!before) {
        const approved: ApprovedVersion = {
          sha256: approvalHash(definition.record),
          approved: outside.now().toISOString().slice(0, 10),
        };
        await replaceFile(outside.root, { file: definition.file, text: withStatusApproved(definition) });
        const file = withApproved(approvals.get(kpi), kpi, { [version]: approved });
        approvals.set(kpi, {
          ...file,
          kpi,
          versions: { ...approvals.get(kpi)?.versions, [version]: approved },
        });
        await replaceFile(outside.root, file);
      }
      value.push({
        kpi,
        version,
        outcome: before ? 'approved_before' : 'approved',
        file: definition.file,
      });
    }
    return { value, diagnostics, texts };
  });
}

/** The name of the text that a KPI named on the command line stands in. */
export const kpiText = (name: string): string => `KPI ${name}`;

/** All versions of the KPI that a person means by an id, or by the name alone where that is enough. */
export function namedKpi(
  name: string,
  { definitions }: Pick<LoadedDefinitions, 'definitions'>,
): { readonly found: readonly KpiDefinition[]; readonly diagnostics: readonly Diagnostic[] } {
  const byId: Record<string, readonly KpiDefinition[]> = {};
  for (const definition of definitions.kpis) {
    const { kpi } = definition.record;
    byId[kpi] = [...(byId[kpi] ?? []), definition];
  }
  const resolved = resolveId(name, byId);
  const span = { file: kpiText(name), start: 0, end: name.length };
  switch (resolved.kind) {
    case 'found':
      return { found: resolved.value, diagnostics: [] };
    case 'ambiguous': {
      const hint = `write ${resolved.candidates.join(' or ')}`;
      const message = `There are several KPIs named "${name}".`;
      return { found: [], diagnostics: [diagnostic('ambiguous-name', message, { span, hint })] };
    }
    case 'unknown': {
      const hint = resolved.hint ?? didYouMean(name, Object.keys(byId));
      const message = `There is no KPI named "${name}".`;
      return { found: [], diagnostics: [diagnostic('unknown-kpi', message, { span, ...hintOf(hint) })] };
    }
  }
}

/** Versions that may be approved; the newest alone, to be refused, where all are retired. */
function toApprove(versions: readonly KpiDefinition[]): readonly KpiDefinition[] {
  const living = versions.filter(({ record }) => record.status !== 'retired');
  return living.length > 0 ? living : versions.slice(-1);
}

function cannotBeApproved(definition: KpiDefinition, approvals: readonly Approval[]): readonly Diagnostic[] {
  const { record } = definition;
  if (record.status !== 'retired' || approvedVersion(approvals, record)) return [];
  const span = definition.spanOf(['status']);
  const message = `Version ${record.version} of "${record.kpi}" is retired and cannot be approved.`;
  const hint = 'write what takes its place as a KPI, or a version, of its own';
  return [diagnostic('not-to-approve', message, { span, hint })];
}

/** The file as it stands, but for the word behind `status:`. */
function withStatusApproved({ text, spanOf }: KpiDefinition): string {
  const { start, end } = spanOf(['status']);
  return `${text.slice(0, start)}approved${text.slice(end)}`;
}

/** A reader sees the whole old file or the whole new one. */
async function replaceFile(root: string, { file, text }: DefinitionFile): Promise<void> {
  const path = join(root, file);
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${text.length}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
