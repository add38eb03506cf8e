import type {
  EditionManifest,
  GateName,
  GateNumber,
  GateResult,
  Receipt,
  Snapshot,
} from '../../catalog/types.ts';
import type { GateAction } from '../../definitions/schema.ts';
import type { Checked } from '../../diagnostics/diagnostic.ts';
import type { Cube, SemanticModel } from '../../model/types.ts';
import type { Answer } from '../../query/answer.ts';
import type { BoundQuery } from '../../query/bound.ts';
import type { Request } from '../../query/request.ts';

/** One version of a cube that questions can be put to: it need not be an edition yet. */
export interface Version {
  readonly manifest: EditionManifest;
  readonly model: SemanticModel;
  readonly cube: Cube;
  /** Asking the same twice costs once. */
  readonly ask: (request: Request) => Promise<Checked<Answer>>;
  /** What a question would be made of; nothing is read. */
  readonly bind: (request: Request) => Checked<BoundQuery>;
}

/** What gates look at. */
export interface GateContext {
  /** What would be published. */
  readonly draft: Version;
  /** The newest edition there is; null where the cube has none. */
  readonly before: Version | null;
  /** Source to its snapshots, by number. */
  readonly snapshots: ReadonlyMap<string, readonly Snapshot[]>;
  readonly receipts: readonly Receipt[];
  /** The gates as this cube wants them; a draft is opened from its frozen definitions, which have none. */
  readonly wanted: Cube;
}

/** Asks one thing of an edition before it is published. A gate that is off says nothing. */
export type Gate = (context: GateContext) => Promise<readonly GateResult[]>;

/** What is told of a failure. */
const outcomes = { block: 'blocked', warn: 'warned' } as const;

interface Said {
  readonly gate: GateName;
  readonly action: Exclude<GateAction, 'off'>;
  /** What it is about, where a gate says several things: the name of a KPI, a source, an id. */
  readonly about?: string | null;
  readonly kpi?: string | null;
  readonly source?: string | null;
  readonly level?: string | null;
  readonly text: string;
  readonly compared: number;
  readonly failed?: number;
  readonly numbers?: readonly GateNumber[];
}

/** How many figures a result keeps. */
const mostNumbers = 10;

/** A result: nothing compared is not run, nothing failed is passed. */
export function said({ gate, action, about, kpi, source, level, ...rest }: Said): GateResult {
  const { text, compared, failed = 0, numbers = [] } = rest;
  return {
    gate,
    id: about ? `${gate}:${about}` : gate,
    kpi: kpi ?? null,
    source: source ?? null,
    level: level ?? null,
    outcome: failed > 0 ? outcomes[action] : compared > 0 ? 'passed' : 'not_run',
    text,
    counts: { compared, failed },
    numbers: numbers.slice(0, mostNumbers),
  };
}

/** What an approval calls a KPI at a level: `ledige`, `ledige/kommune`. */
export const at = (name: string, level: string | null): string =>
  level === null ? name : `${name}/${level}`;

/** `1 figure`, `2 figures`. */
export const counted = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`;

/** `a, b, c and 4 more`. */
export function listed(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
