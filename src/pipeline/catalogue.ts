import { type ApprovedVersion, approvedVersion } from '../catalog/approvals.ts';
import type { KpiRecord } from '../definitions/schema.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { SemanticModel } from '../model/types.ts';
import { loadDefinitions, type Outcome, type Outside, withWorkspace } from './outside.ts';

/** Everything that is defined, for whoever wants to read about it. */
export interface Catalogue {
  readonly model: SemanticModel;
  /** All versions of all KPIs, by id, newest first. */
  readonly versions: readonly CatalogueVersion[];
}

export interface CatalogueVersion {
  readonly record: KpiRecord;
  readonly file: string;
  readonly approved: ApprovedVersion | null;
}

/** The definitions of a workspace; there is no catalogue of definitions with errors. */
export async function catalogue(outside: Outside): Promise<Outcome<Catalogue>> {
  return withWorkspace(outside, async (workspace) => {
    const { definitions, approvals, model, diagnostics, texts } = await loadDefinitions(workspace);
    if (!model || hasErrors(diagnostics)) return { diagnostics, texts };
    const versions = definitions.kpis
      .map(({ record, file }) => ({ record, file, approved: approvedVersion(approvals, record) ?? null }))
      .sort((one, other) =>
        one.record.kpi === other.record.kpi
          ? other.record.version - one.record.version
          : one.record.kpi < other.record.kpi
            ? -1
            : 1,
      );
    return { value: { model, versions }, diagnostics, texts };
  });
}
