import type {
  EditionInput,
  EditionManifest,
  Receipt,
  ReconciliationResult,
  Table,
} from '../catalog/types.ts';
import type { Label } from '../definitions/schema.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Rational } from '../model/rational.ts';
import type { Flag, Status } from '../model/status.ts';
import type { Answer, Coverage } from '../query/answer.ts';
import type { Request } from '../query/request.ts';

export interface Outside {
  readonly root: string;
  readonly now: () => Date;
  readonly progress: Progress;
}

export type Progress = (step: {
  readonly text: string;
  readonly done?: number;
  readonly of?: number;
}) => void;

export interface Outcome<T> extends Checked<T> {
  readonly texts: ReadonlyMap<string, string>;
}

export interface Pipeline {
  readonly check: (outside: Outside, paths: readonly string[]) => Promise<Outcome<CheckReport>>;
  readonly ingest: (
    outside: Outside,
    files: readonly string[],
    options: { readonly source: string | null; readonly received: string | null },
  ) => Promise<Outcome<readonly Receipt[]>>;
  readonly publish: (
    outside: Outside,
    options: { readonly cubes: readonly string[]; readonly period: string | null; readonly dryRun: boolean },
  ) => Promise<Outcome<PublishReport>>;
  readonly editions: (outside: Outside, cube: string | null) => Promise<Outcome<readonly EditionManifest[]>>;
  readonly query: (outside: Outside, request: Request, edition: string | null) => Promise<Outcome<Answer>>;
  readonly sql: (
    outside: Outside,
    request: Request,
    options: { readonly edition: string | null; readonly dialect: string },
  ) => Promise<Outcome<string>>;
  readonly explain: (
    outside: Outside,
    question: {
      readonly cube: string;
      readonly kpi: string;
      readonly where: string | null;
      readonly period: string | null;
      readonly hierarchy: string | null;
      readonly edition: string | null;
    },
  ) => Promise<Outcome<Explanation>>;
  readonly diff: (
    outside: Outside,
    cube: string,
    from: string,
    to: string | null,
  ) => Promise<Outcome<Difference>>;
  readonly verify: (
    outside: Outside,
    options: { readonly cube: string | null; readonly edition: string | null; readonly rebuild: boolean },
  ) => Promise<Outcome<readonly VerifiedEdition[]>>;
  readonly synthesize: (
    outside: Outside,
    options: { readonly like: string; readonly releases: number; readonly to: string; readonly seed: number },
  ) => Promise<Outcome<readonly SynthesizedFile[]>>;
  readonly writeParquet: (table: Table, path: string) => Promise<void>;
}

export interface CheckReport {
  readonly counts: Readonly<Record<'classification' | 'dimension' | 'source' | 'kpi' | 'cube', number>>;
}

export interface PublishReport {
  readonly dryRun: boolean;
  readonly receipts: readonly Receipt[];
  readonly cubes: readonly PublishedCube[];
}

export interface PublishedCube {
  readonly cube: string;
  readonly label: Label;
  readonly outcome: 'published' | 'unchanged' | 'waiting';
  readonly editions: readonly EditionManifest[];
  readonly current: string | null;
  readonly waitingFor: readonly string[];
}

export interface Explanation {
  readonly answer: Answer;
  readonly formula: string;
  readonly components: readonly ExplainedComponent[];
  readonly plan: readonly string[];
  readonly sql: string;
  readonly inputs: readonly EditionInput[];
  readonly reconciliations: readonly ReconciliationResult[];
}

export interface ExplainedComponent {
  readonly measure: string;
  readonly aggregate: string;
  readonly source: string;
  readonly period: string;
  readonly unit: string;
  readonly value: Rational | null;
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly coverage: Coverage;
}

export interface Difference {
  readonly cube: string;
  readonly from: string;
  readonly to: string;
  readonly summary: readonly DifferenceCount[];
  readonly cells: readonly DifferentCell[];
}

export interface DifferenceCount {
  readonly measure: string;
  readonly level: string;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly addedPeriods: readonly string[];
  readonly removedPeriods: readonly string[];
}

export interface DifferentCell {
  readonly measure: string;
  readonly kind: 'changed' | 'added' | 'removed';
  readonly members: Readonly<Record<string, string>>;
  readonly period: string;
  readonly before: { readonly value: Rational | null; readonly status: Status } | null;
  readonly after: { readonly value: Rational | null; readonly status: Status } | null;
}

export interface VerifiedEdition {
  readonly cube: string;
  readonly edition: string;
  readonly objects: number;
  readonly problems: readonly string[];
  readonly rebuilt: 'same' | 'different' | 'not_run';
}

export interface SynthesizedFile {
  readonly file: string;
  readonly received: string;
  readonly rows: number;
}
