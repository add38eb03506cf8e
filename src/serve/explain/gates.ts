import type { EditionManifest } from '../../catalog/types.ts';

/** What was asked of an edition before it was published, as far as an explanation tells it. */
export interface ExplainedGate {
  readonly id: string;
  readonly gate: string;
  /** Null: of no KPI, or no source, in particular. */
  readonly kpi: string | null;
  readonly source: string | null;
  readonly outcome: 'passed' | 'warned' | 'blocked' | 'not_run';
  readonly text: string;
}

/** Gates that touch a figure: of its KPI, of a source beneath it, or of the edition as a whole. Old editions have none. */
export function gatesTouching(
  manifest: EditionManifest,
  kpi: string,
  sources: ReadonlySet<string>,
): readonly ExplainedGate[] {
  const { gates = [] } = manifest;
  return gates
    .filter(
      (gate) => (gate.kpi === null || gate.kpi === kpi) && (gate.source === null || sources.has(gate.source)),
    )
    .map(({ id, gate, kpi: own, source, outcome, text }) => ({ id, gate, kpi: own, source, outcome, text }));
}
