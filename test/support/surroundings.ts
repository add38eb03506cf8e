import type { Asking } from '../../src/cli/asking.ts';
import { run } from '../../src/cli/run.ts';
import type { Output, Surroundings } from '../../src/cli/surroundings.ts';
import type { Outcome, Pipeline } from '../../src/cli/wanted.ts';

/** A run of the command line, and all that it wrote. */
export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface Stage {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Columns of the terminal that the output goes to; left out: it goes to a file. */
  readonly columns?: number;
  readonly pipeline?: Partial<Pipeline>;
  /** Tells of changes until it is done, as whoever sits there would stop it. */
  readonly watch?: Surroundings['watch'];
  /** Left out: nothing ever happens in time. */
  readonly every?: Surroundings['every'];
  /** Beginning of a question to the answer of whoever sits there; left out: nobody does. A list: one a time. */
  readonly answers?: Readonly<Record<string, string | readonly string[]>>;
}

/** Runs one command line in a made-up place with a made-up pipeline. */
export async function ran(args: readonly string[], stage: Stage = {}): Promise<Ran> {
  const output = collector(stage.columns ?? null);
  const errors = collector(null);
  const code = await run(args, {
    folder: stage.folder ?? '/',
    environment: stage.environment ?? {},
    now: () => new Date('2026-08-19T12:00:00Z'),
    process: { id: 1, isAlive: (id) => id === 1 },
    every: stage.every ?? (() => () => {}),
    watch: stage.watch ?? (() => Promise.resolve()),
    ask: stage.answers === undefined ? null : async () => answering(stage.answers ?? {}, output),
    output,
    errors,
    pipeline: async () => pipelineOf(stage.pipeline ?? {}),
    checking: async () => pipelineOf(stage.pipeline ?? {}),
  });
  return { code, output: output.text(), errors: errors.text() };
}

function answering(answers: NonNullable<Stage['answers']>, output: Output): Asking {
  const given = new Map<string, number>();
  return {
    question: async (text, suggestion) => {
      output.write(`${text}\n`);
      const key = Object.keys(answers).find((beginning) => text.startsWith(beginning)) ?? '';
      const all = answers[key] ?? [];
      const at = given.get(key) ?? 0;
      given.set(key, at + 1);
      return (typeof all === 'string' ? all : all[at]) ?? suggestion;
    },
    close: () => undefined,
  };
}

/** An outcome with nothing to say. */
export function sound<T>(value: T): Outcome<T> {
  return { value, diagnostics: [], texts: new Map() };
}

export function collector(columns: number | null): Output & { readonly text: () => string } {
  const written: string[] = [];
  return {
    columns,
    write: (data) =>
      void written.push(typeof data === 'string' ? data : Buffer.from(data).toString('latin1')),
    text: () => written.join(''),
  };
}

function pipelineOf(given: Partial<Pipeline>): Pipeline {
  const absent = async (): Promise<never> => {
    throw new Error('this test has no such line');
  };
  return {
    accounts: absent,
    approve: absent,
    catalogue: absent,
    impact: absent,
    tryKpi: absent,
    newKpi: absent,
    readRecord: absent,
    flisRecords: absent,
    check: absent,
    ingest: absent,
    publish: absent,
    editions: absent,
    query: absent,
    sql: absent,
    explain: absent,
    explainBeside: absent,
    diff: absent,
    listKeys: absent,
    newKey: absent,
    rotateKey: absent,
    revokeKey: absent,
    retract: absent,
    ledger: absent,
    revisions: absent,
    ledgerReport: absent,
    verify: absent,
    fsck: absent,
    gc: absent,
    synthesize: absent,
    synthesizeNational: absent,
    writeParquet: absent,
    ...given,
  };
}
