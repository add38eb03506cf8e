/** The pipeline as commands see it; a test hands in its own. */
export type Pipeline = Omit<typeof import('../pipeline.ts'), 'loadModel'>;

/** How a run tells what it is at. */
export type Progress = import('../pipeline.ts').Outside['progress'];

export type { Collection } from '../catalog/collect.ts';
export type { WhichEdition } from '../catalog/visible.ts';
export type { FlisRecord } from '../definitions/flisRecord.ts';
export type { LedgerReport } from '../ledger/report.ts';
export type { Entry as LedgerEntry } from '../ledger/types.ts';
export type { AccountsReport } from '../pipeline/accounts.ts';
export type { ApprovedKpi } from '../pipeline/define.ts';
export type { CubeImpact } from '../pipeline/impact.ts';
export type { ListedEdition } from '../pipeline/inspect.ts';
export type { ChangedKeys, ListedKey } from '../pipeline/keys.ts';
export type { NewKpi } from '../pipeline/newKpi.ts';
export type { FsckReport } from '../pipeline/storage.ts';
export type {
  CheckReport,
  Difference,
  ExplainQuestion,
  Outcome,
  Outside,
  PublishReport,
  TriedKpi,
} from '../pipeline.ts';
export type { PublishedCube } from '../publish/run.ts';
export type { ExplainedBeside } from '../serve/explain/beside.ts';
export type { Worked } from '../serve/explain/working.ts';
export type { ExplainedComponent, Explanation } from '../serve/explain.ts';
export type { Figure, KpiImpact, MovedFigures, Mover } from '../serve/impact.ts';
export type { Triangle, TriangleEdition, TriangleRow } from '../serve/triangle.ts';
export type { VerifiedEdition } from '../serve/verify.ts';
export type { SynthesizedFile } from '../supply/synthesize/writeDeliveries.ts';
