import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Work } from './worker.ts';

/** Where the bundled worker lies, and a folder for what is thrown away. */
export interface Tools {
  readonly worker: string;
  readonly scratch: string;
}

export interface WorkerRun {
  /** What it said after "ready". */
  readonly said: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** System calls since it was let go, one a line; empty where nobody looked. */
  readonly trace: readonly string[];
}

export interface RunningWorker {
  readonly process: ChildProcess;
  readonly finished: Promise<Omit<WorkerRun, 'trace'>>;
  readonly go: () => void;
}

let count = 0;

/** A worker that has loaded and waits. One thread does all its file calls, so that they come in one order. */
export async function startWorker(
  { worker }: Tools,
  work: Work,
  { before = [], environment = {} }: { before?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
): Promise<RunningWorker> {
  const [program = process.execPath, ...rest] = [
    ...before,
    process.execPath,
    '--v8-pool-size=1',
    worker,
    JSON.stringify(work),
  ];
  const child = spawn(program, rest, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0', ...environment },
  });
  child.stdin.on('error', () => undefined);
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => (line === 'ready' ? resolve() : said.push(line)));
    child.on('exit', () => reject(new Error('the worker ended before it was ready')));
  });
  const finished = once(child, 'close').then(([exitCode, signal]) => ({
    said,
    exitCode: exitCode as number | null,
    signal: signal as string | null,
  }));
  await ready;
  return { process: child, finished, go: () => child.stdin.end('\n') };
}

/** Lets a waiting worker go under strace, which fails or kills it as `injected` says. */
export async function traced(
  tools: Tools,
  work: Work,
  injected: readonly string[],
  calls = 'all',
): Promise<WorkerRun> {
  count += 1;
  const log = `${tools.scratch}/trace-${count}`;
  const running = await startWorker(tools, work);
  const strace = spawn(
    'strace',
    [
      ...['-f', '-y', '-s', '0', '-o', log, '-p', String(running.process.pid), '-e', `trace=${calls}`],
      ...injected.flatMap((what) => ['-e', `inject=${what}`]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const closed = once(strace, 'close');
  let told = '';
  const attached = new Promise<void>((resolve, reject) => {
    strace.stderr.on('data', (piece: Buffer) => {
      told += piece.toString();
      if (told.includes('attached')) resolve();
    });
    strace.on('error', reject);
    strace.on('exit', () => reject(new Error(`strace did not attach: ${told}`)));
  });
  await attached.catch((error: unknown) => {
    running.process.kill('SIGKILL');
    throw error;
  });
  running.go();
  const result = await running.finished;
  await closed;
  const trace = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  rmSync(log, { force: true });
  return { ...result, trace };
}

/** How often the busiest thread made each call. */
export function callsIn(trace: readonly string[]): ReadonlyMap<string, number> {
  const perThread = new Map<string, Map<string, number>>();
  for (const line of trace) {
    const [, thread = '', call = ''] = /^(\d+) +([a-z_0-9]+)\(/.exec(line) ?? [];
    if (call === '') continue;
    const counts = perThread.get(call) ?? new Map<string, number>();
    counts.set(thread, (counts.get(thread) ?? 0) + 1);
    perThread.set(call, counts);
  }
  return new Map([...perThread].map(([call, counts]) => [call, Math.max(...counts.values())]));
}

/** Every call by its name and its number within its thread, once, with the line that shows it. */
export function callSites(
  trace: readonly string[],
): readonly { readonly call: string; readonly nth: number; readonly line: string }[] {
  const counts = new Map<string, number>();
  const sites = new Map<string, { call: string; nth: number; line: string }>();
  for (const line of trace) {
    const [, thread = '', call = ''] = /^(\d+) +([a-z_0-9]+)\(/.exec(line) ?? [];
    if (call === '') continue;
    const nth = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, nth);
    const before = sites.get(`${call} ${nth}`);
    // Of several threads the one that has something to say of a file.
    if (!before || line.includes('/')) sites.set(`${call} ${nth}`, { call, nth, line });
  }
  return [...sites.values()];
}

/** The calls that were made to fail. */
export const injectedIn = (trace: readonly string[]): readonly string[] =>
  trace.filter((line) => line.includes('(INJECTED)'));

/** Does some work on each, several at a time. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
