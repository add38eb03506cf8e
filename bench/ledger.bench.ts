import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import { sha256 } from '../src/catalog/hash.ts';
import { objectPath } from '../src/catalog/objects.ts';
import { posixStore } from '../src/catalog/posixStore.ts';
import type { CellTable } from '../src/catalog/types.ts';
import { openDuckDb } from '../src/engine/duckdb/driver.ts';
import type { AskContext } from '../src/serve/ask.ts';
import { differences } from '../src/serve/difference.ts';
import type { OpenEdition } from '../src/serve/openEdition.ts';
import { keep } from './support.ts';

/**
 * How long does it take to find what differs between two editions of ten million cells, hashes checked, where
 * every month has a hundredth of its cells changed and one place gone? Beside one full outer join of all files
 * in SQL by hand. Both answers are compared before anything is timed. Each runs in a process of its own.
 *
 * node scripts/bench.mjs ledger
 */
const months = 60;
const engineMemory = '1GB';

interface Found {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  /** Sum of after less before over all that changed. */
  readonly difference: number;
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flis-bench-'));
  try {
    const cells = await makeEditions(folder);
    const runs: Record<'ours' | 'byHand', Run[]> = { ours: [], byHand: [] };
    for (let run = 0; run < (process.env.RUNS === undefined ? 3 : Number(process.env.RUNS)); run += 1) {
      runs.ours.push(inProcess(folder, false));
      runs.byHand.push(inProcess(folder, true));
    }
    const answers = new Set([...runs.ours, ...runs.byHand].map(({ found }) => JSON.stringify(found)));
    if (answers.size !== 1) throw new Error(`the answers differ: ${[...answers].join(' ')}`);
    const median = (of: readonly Run[], name: 'clock' | 'processor' | 'megabytes') =>
      Math.round([...of].map((run) => run[name]).sort((a, b) => a - b)[of.length >> 1] ?? 0);
    const told = (of: readonly Run[]) => ({
      milliseconds: median(of, 'clock'),
      processorMilliseconds: median(of, 'processor'),
      megabytes: median(of, 'megabytes'),
    });
    keep('ledger', 'How long does it take to find what differs between two editions of ten million cells?', {
      cellsOfEach: cells,
      months,
      found: runs.ours[0]?.found,
      ours: told(runs.ours),
      fullOuterJoinByHand: told(runs.byHand),
      loadAverage: loadavg()[0],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly found: Found;
  readonly clock: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** What a process of its own says at its end. */
function inProcess(folder: string, byHand: boolean): Run {
  const { stdout, stderr, status } = spawnSync(process.execPath, [process.argv[1] ?? '', 'ledger'], {
    encoding: 'utf8',
    env: { ...process.env, LEDGER_BENCH: folder, LEDGER_RIVAL: byHand ? '1' : '0' },
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Run;
}

const columns = `periode, kommune, koen, alder, ydelse, antal, antal_known, antal_suppressed, antal_not_applicable`;

/** Ten million cells a side, a part for each month, under `objects/` by their hashes. */
async function makeEditions(folder: string): Promise<number> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const parts: Record<'before' | 'after', CellTable['parts'][number][]> = { before: [], after: [] };
  let cells = 0;
  for (let month = 0; month < months; month += 1) {
    const period = `${2021 + Math.floor(month / 12)}M${String((month % 12) + 1).padStart(2, '0')}`;
    for (const side of ['before', 'after'] as const) {
      const isAfter = side === 'after';
      const change = isAfter ? `case when (k * 126 + a * 7 + y + ${month}) % 100 = 0 then 1 else 0 end` : '0';
      const path = join(folder, 'making.parquet');
      const result = await connection.run(`copy (
        select '${period}' as periode, lpad((101 + k * 7)::varchar, 3, '0') as kommune, (s + 1)::varchar as koen,
          lpad(a::varchar, 3, '0') as alder, 'y' || y as ydelse,
          (hash(k, s, a, y, ${month}) % 100000 + ${change})::decimal(18, 0) as antal,
          1::bigint as antal_known, 0::bigint as antal_suppressed, 0::bigint as antal_not_applicable
        from range(98) as k (k), range(2) as s (s), range(126) as a (a), range(7) as y (y)
        ${isAfter ? 'where not (k = 5 and a = 7)' : ''}
        order by all
      ) to '${path}' (format parquet, compression zstd)`);
      const bytes = readFileSync(path);
      const file = { sha256: sha256(bytes), size: bytes.length };
      const target = join(folder, objectPath(file));
      mkdirSync(dirname(target), { recursive: true });
      renameSync(path, target);
      parts[side].push({ partition: period, rows: result.rowsChanged, file });
      if (side === 'before') cells += result.rowsChanged;
    }
  }
  writeFileSync(join(folder, 'parts.json'), JSON.stringify(parts));
  return cells;
}

type Parts = Record<'before' | 'after', CellTable['parts']>;

const partsIn = (folder: string): Parts =>
  JSON.parse(readFileSync(join(folder, 'parts.json'), 'utf8')) as Parts;

async function ours(folder: string): Promise<void> {
  const parts = partsIn(folder);
  const engine = await openDuckDb({
    folders: [folder],
    temporaryFolder: join(folder, `temporary-${process.pid}`),
    threads: 2,
    memoryLimit: engineMemory,
  });
  const store = posixStore(folder, 'bench', { own: process.pid, isAlive: () => true, now: () => new Date() });
  const context: AskContext = {
    stores: { snapshotStore: store, editionStore: store, verified: new Set() },
    engine: async () => engine,
    parse: null,
  };
  const editionOf = (side: 'before' | 'after') =>
    ({
      manifest: {
        tables: [
          {
            source: 'bench',
            made: side,
            dimensions: ['kommune', 'koen', 'alder', 'ydelse'],
            levelColumns: [],
            periods: parts[side].map(({ partition }) => partition),
            states: [{ state: 'antal', aggregate: 'sum', decimals: 0 }],
            parts: parts[side],
          },
        ],
      },
      model: { measures: {}, kpis: {}, sources: {}, dimensions: {} },
    }) as unknown as OpenEdition;
  const started = performance.now();
  const used = process.cpuUsage();
  const counts = { changed: 0, added: 0, removed: 0 };
  let difference = 0n;
  for await (const { value } of differences(editionOf('before'), editionOf('after'), context)) {
    if (!value) throw new Error('a file is damaged');
    for (const { kind, before, after } of value) {
      counts[kind] += 1;
      if (kind === 'changed')
        difference += (after?.value?.numerator ?? 0n) - (before?.value?.numerator ?? 0n);
    }
  }
  say({ ...counts, difference: Number(difference) }, started, used);
  engine.close();
}

async function rival(folder: string): Promise<void> {
  const parts = partsIn(folder);
  const filesOf = (side: 'before' | 'after') =>
    `[${parts[side].map(({ file }) => `'${join(folder, objectPath(file))}'`).join(', ')}]`;
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const started = performance.now();
  const used = process.cpuUsage();
  const side = (name: 'before' | 'after') =>
    `(select ${columns} from read_parquet(${filesOf(name)})) as ${name}`;
  const keys = ['periode', 'kommune', 'koen', 'alder', 'ydelse'];
  const states = ['antal', 'antal_known', 'antal_suppressed', 'antal_not_applicable'];
  const reader = await connection.runAndReadAll(`
    select
      count(*) filter (before.periode is not null and after.periode is not null),
      count(*) filter (before.periode is null),
      count(*) filter (after.periode is null),
      sum(after.antal - before.antal) filter (before.periode is not null and after.periode is not null)
    from ${side('before')} full outer join ${side('after')}
      on ${keys.map((key) => `before.${key} = after.${key}`).join(' and ')}
    where before.periode is null or after.periode is null
      or ${states.map((state) => `before.${state} is distinct from after.${state}`).join(' or ')}`);
  const [changed, added, removed, difference] = (reader.getRows()[0] ?? []).map((value) =>
    Number(String(value)),
  );
  const found = {
    changed: changed ?? 0,
    added: added ?? 0,
    removed: removed ?? 0,
    difference: difference ?? 0,
  };
  say(found, started, used);
}

function say(found: Found, started: number, used: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(used);
  const run: Run = {
    found,
    clock: performance.now() - started,
    processor: (user + system) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(run));
}

const made = process.env.LEDGER_BENCH;
if (made === undefined) await measure();
else if (process.env.LEDGER_RIVAL === '1') await rival(made);
else await ours(made);
