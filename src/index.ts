/**
 * The library: what the command line does, as functions. Everything that a run needs of the outside is
 * handed in as `Outside`; everything that comes back is an `Outcome` with its diagnostics.
 */
import { onDemand } from './pipeline/onDemand.ts';

export type { Retraction } from './catalog/retractions.ts';
export type { EditionManifest, Receipt, ReconciliationResult } from './catalog/types.ts';
export type { WhichEdition } from './catalog/visible.ts';
export type { Diagnostic } from './diagnostics/diagnostic.ts';
export { printTerminal } from './diagnostics/printTerminal.ts';
export type { LedgerReport } from './ledger/report.ts';
export type { Cause, Entry, Ledger, LedgerColumn, LedgerQuestion } from './ledger/types.ts';
export type { Rational } from './model/rational.ts';
export { toFixed, toPlain } from './model/rational.ts';
export type { Flag, Status } from './model/status.ts';
export { flags, statuses } from './model/status.ts';

export {
  approve,
  check,
  diff,
  editions,
  explain,
  explainBeside,
  fsck,
  gc,
  ingest,
  ledger,
  ledgerReport,
  listKeys,
  newKey,
  type Outcome,
  type Outside,
  type Past,
  publish,
  query,
  type RevisionQuestion,
  retract,
  revisions,
  revokeKey,
  rotateKey,
  sql,
  synthesize,
  synthesizeNational,
  verify,
} from './pipeline.ts';
export type { Answer, AnswerColumn, AnswerRow, Cell, Change, Coverage, Validity } from './query/answer.ts';
export type { Request } from './query/request.ts';
export type { Triangle, TriangleEdition, TriangleRow } from './serve/triangle.ts';
export type { ServiceAnswer } from './service/answer.ts';
export type { ArrowAnswer } from './service/columns.ts';
export type { CubeRequest, OpenCube, QueryOptions } from './service/cube.ts';
export type { Limits } from './service/limits.ts';
export type { QueryService, ServiceOptions, ServiceStatistics } from './service/service.ts';

export const openService = onDemand(() => import('./service/service.ts'), 'openService');
