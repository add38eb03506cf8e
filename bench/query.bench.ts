import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type ChartSeries, drawChart } from './query/chart.ts';
import { measureCurve } from './query/curve.ts';
import { chosen, type Entrant } from './query/entrants.ts';
import { makeFacts, samplePersons } from './query/facts.ts';
import { draws, families, sqlOf } from './query/families.ts';
import { raceKuber } from './query/kuber.ts';
import { openRaw, type Raw } from './query/raw.ts';
import type { Reference, Task, Timed } from './query/rivals/harness.mjs';
import { replaceBetween, tableOf } from './query/table.ts';
import { publishWorld, takeIn, writeDefinitions, writeDeliveries } from './query/world.ts';
import { keep } from './support.ts';

/**
 * How long does slice and dice take, from a question to its finished answer, beside everything that somebody would use
 * instead? Thirteen families of questions with random parameters over made-up facts; each answer of the first draws is
 * held against raw DuckDB's before a time is taken, ours to the last digit. What is measured is kept after each rival.
 */
const rows = Number(process.env.ROWS ?? 20_000_000);
const persons = Number(process.env.PERSONS ?? Math.ceil(rows / 10));
const reps = Number(process.env.REPS ?? 1000);
/** Milliseconds for the repetitions of one family, and seconds for everything. */
const budget = Number(process.env.BUDGET ?? 1500);
const limit = Number(process.env.LIMIT ?? 660);
const seed = Number(process.env.SEED ?? 20_261_124);
const checks = Number(process.env.CHECKS ?? 3);
const threads = Math.min(2, availableParallelism());
const rivals = chosen(process.env.RIVALS ?? 'all');
/** A folder that is kept from one run to the next, since making facts and publishing takes longest. */
const kept = process.env.DATA ?? null;
/** Only a whole run says anything that is worth keeping. */
const keepsResults = process.env.KEEP === '1' || (process.env.KEEP !== '0' && rows >= 20_000_000);

const started = performance.now();
const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
const say = (text: string): void => console.error(`${String(seconds()).padStart(6)} s  ${text}`);

interface Step {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** What a step took, kept beside the data: a later run over the same folder still knows it. */
async function measured(folder: string, name: string, work: () => Promise<void>): Promise<Step> {
  const file = join(folder, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Step;
  say(name);
  const [begin, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  const step = {
    seconds: Math.round((performance.now() - begin) / 10) / 100,
    processorSeconds: Math.round((user + system) / 10_000) / 100,
  };
  writeFileSync(file, JSON.stringify(step));
  return step;
}

interface Lines {
  readonly about: Readonly<Record<string, unknown>>;
  readonly timed: readonly Timed[];
}

const linesOf = (file: string): Lines => {
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : [];
  return {
    about: Object.assign({}, ...lines.filter((line) => !('family' in line))),
    timed: lines.filter((line) => 'family' in line) as unknown as Timed[],
  };
};

/** A process that takes part; what it wrote before it was stopped counts. */
async function run(
  folder: string,
  name: string,
  program: readonly string[],
  task: Task,
  reference: Reference,
  environment: Readonly<Record<string, string>>,
): Promise<Lines & { readonly fault: string | null }> {
  const at = (ending: string) => join(folder, `${name}.${ending}`);
  writeFileSync(at('task.json'), JSON.stringify(task));
  writeFileSync(at('reference.json'), JSON.stringify(reference));
  rmSync(at('result.jsonl'), { force: true });
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
    env: {
      ...process.env,
      TASK: at('task.json'),
      REFERENCE: at('reference.json'),
      RESULT: at('result.jsonl'),
      ...environment,
    },
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said = `${said}${data}`.slice(-2000);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), Math.max(1, limit - seconds()) * 1000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(late);
  for (const ending of ['task.json', 'reference.json']) rmSync(at(ending), { force: true });
  const fault = code === 0 ? null : code === null ? 'stopped: the time was up' : said.trim();
  return { ...linesOf(at('result.jsonl')), fault };
}

interface Result {
  readonly name: string;
  readonly title: string;
  readonly isCache: boolean;
  readonly rows: number;
  readonly about: Readonly<Record<string, unknown>>;
  readonly fault: string | null;
  readonly timed: readonly Timed[];
  /** Raw DuckDB's milliseconds right before and after. */
  readonly rawBefore: Readonly<Record<string, number>>;
  readonly rawAfter: Readonly<Record<string, number>>;
  readonly loadAverage: number;
}

const round = (value: number): number => Number(value.toPrecision(3));
const rounded = (of: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, round(value)]));

/** Our p50 against the fastest rival's that works its answers out, and against the fastest that holds them ready. */
function ratiosOf(results: readonly Result[]): Record<string, unknown> {
  const ours = results.find(({ name }) => name === 'kuber');
  return Object.fromEntries(
    families.flatMap(({ name }) => {
      const own = ours?.timed.find(({ family }) => family === name)?.p50;
      if (own === undefined) return [];
      const fastest = (isCache: boolean) =>
        results
          .filter((each) => each !== ours && each.isCache === isCache)
          .flatMap((each) => {
            const found = each.timed.find(({ family, check }) => family === name && check === 'equal');
            return found ? [{ rival: each.name, p50: round(found.p50), times: round(found.p50 / own) }] : [];
          })
          .reduce<{ p50: number } | null>(
            (least, each) => (least && least.p50 <= each.p50 ? least : each),
            null,
          );
      return [[name, { p50: round(own), fastestRival: fastest(false), fastestCache: fastest(true) }]];
    }),
  );
}

async function main(): Promise<void> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'flis-bench-'));
  mkdirSync(folder, { recursive: true });
  const facts = join(folder, 'facts.parquet');
  const root = join(folder, 'workspace');
  const steps: Record<string, Step> = {};
  steps.facts = await measured(folder, 'making facts', () => makeFacts(facts, { rows, persons }));
  let files: readonly string[] = [];
  steps.deliveries = await measured(folder, 'writing deliveries', async () => {
    mkdirSync(root, { recursive: true });
    writeDefinitions(root);
    files = await writeDeliveries(facts, join(root, 'in'));
  });
  steps.ingest = await measured(folder, 'taking in', () => takeIn(root, files));
  // An edition that another version of the product made is no measure of this one.
  if (process.env.REPUBLISH === '1') {
    for (const made of [join('cubes', 'published'), '.flis'])
      rmSync(join(root, made), { recursive: true, force: true });
    rmSync(join(folder, 'publishing.json'), { force: true });
  }
  steps.publish = await measured(folder, 'publishing', () => publishWorld(root));

  const all = draws(checks + 2000, seed);
  const taskOf = (path: string, many: number, isKuber = false): Task => ({
    facts: path,
    rows: many,
    threads,
    families: families.map((family) => ({
      name: family.name,
      keys: family.keys,
      kpis: family.kpis,
      sql: sqlOf(family),
      ordered: family.top !== undefined,
    })),
    draws: all as unknown as Task['draws'],
    checks,
    reps: isKuber ? Math.max(reps, 2000) : reps,
    budget,
  });
  const results: Result[] = [];
  const race = async (raw: Raw, reference: Reference, many: number, path: string, entrant: Racer) => {
    const rawBefore = rounded(await raw.pass(all[0] as (typeof all)[number]));
    say(entrant.title);
    const load = loadavg()[0] ?? 0;
    const task = taskOf(path, many, entrant.name === 'kuber');
    const { about, timed, fault } = await run(
      folder,
      entrant.name,
      entrant.program,
      task,
      reference,
      entrant.environment,
    );
    const rawAfter = rounded(await raw.pass(all[0] as (typeof all)[number]));
    const { name, title, isCache } = entrant;
    results.push({
      name,
      title,
      isCache,
      rows: many,
      about,
      fault,
      timed,
      rawBefore,
      rawAfter,
      loadAverage: load,
    });
    if (fault !== null) say(`${entrant.name}: ${fault}`);
    for (const { family, check } of timed) if (check !== 'equal') say(`${entrant.name} ${family}: ${check}`);
    report(results, steps);
  };

  const raw = await openRaw(facts, threads);
  say('asking raw DuckDB what is right');
  const reference = await raw.reference(all.slice(0, checks));
  if (process.env.OURS !== '0') await race(raw, reference, rows, facts, kuberRacer(root));
  const isTooMany = ({ mostRows = rows }: Entrant) => rows > mostRows;
  for (const entrant of rivals) {
    if (isTooMany(entrant)) continue;
    await raceEntrant(entrant, (racer) => race(raw, reference, rows, facts, racer));
  }
  raw.close();
  for (const entrant of rivals.filter(isTooMany)) {
    const every = Math.ceil(rows / (entrant.mostRows ?? rows));
    const sample = join(folder, `facts-${every}.parquet`);
    if (!existsSync(sample)) await samplePersons(facts, sample, every);
    const part = await openRaw(sample, threads);
    const expected = await part.reference(all.slice(0, checks));
    await raceEntrant(entrant, (racer) => race(part, expected, Math.round(rows / every), sample, racer));
    part.close();
  }
  report(results, steps);
  console.log(tableOf(families, seriesOf(results)));
  if (kept === null) rmSync(folder, { recursive: true, force: true });
  const wrong = results.flatMap(({ name, timed }) =>
    timed.filter(({ check }) => check !== 'equal').map(({ family, check }) => `${name} ${family}: ${check}`),
  );
  const dead = results
    .filter(({ fault }) => fault !== null && !fault.startsWith('stopped'))
    .map(({ name }) => name);
  for (const each of wrong) console.error(each);
  if (wrong.length > 0 || dead.length > 0) process.exitCode = 1;
}

interface Racer {
  readonly name: string;
  readonly title: string;
  readonly isCache: boolean;
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const kuberRacer = (root: string): Racer => ({
  name: 'kuber',
  title: 'FLIS Kuber',
  isCache: false,
  program: [join(process.cwd(), 'scripts', 'bench.mjs'), 'query'],
  environment: { QUERY_SIDE: root },
});

async function raceEntrant(entrant: Entrant, race: (racer: Racer) => Promise<void>): Promise<void> {
  const folder = join(process.cwd(), 'bench', 'query', 'rivals', entrant.packages ?? '');
  if (entrant.packages !== null && !existsSync(join(folder, 'node_modules'))) {
    say(`${entrant.name} is not installed: node bench/query/rivals/install.mjs ${entrant.packages}`);
    return;
  }
  if (seconds() > limit) {
    say(`${entrant.name}: the time was up before it began`);
    return;
  }
  const { name, title, isCache = false, program, environment = {}, nodeOptions = [] } = entrant;
  await race({ name, title, isCache, program: [...nodeOptions, join(folder, program)], environment });
}

function report(results: readonly Result[], steps: Readonly<Record<string, Step>>): void {
  const measured = {
    rows,
    persons,
    threads,
    seed,
    checks,
    seconds: seconds(),
    making: steps,
    ratios: ratiosOf(results),
    results: results.map((each) => ({
      ...each,
      timed: each.timed.map(({ family, check, n, ...times }) => ({ family, check, n, ...rounded(times) })),
    })),
  };
  const question = 'How long does slice and dice take, beside everything that somebody would use instead?';
  keep('query', question, measured, { quiet: true, ...(keepsResults ? {} : { folder: tmpdir() }) });
  show(results);
}

const seriesOf = (results: readonly Result[]): readonly ChartSeries[] =>
  results.map(({ name, title, isCache, timed, rows: own }) => ({
    name,
    title: own === rows ? title : `${title}, ${own.toLocaleString('en')} rows`,
    isOurs: name === 'kuber',
    isCache,
    milliseconds: Object.fromEntries(
      timed.flatMap(({ family, check, p50 }) => (check === 'equal' ? [[family, p50]] : [])),
    ),
  }));

const heading = `Slice and dice over ${rows.toLocaleString('en')} rows, ${threads} cores`;

function show(results: readonly Result[]): void {
  const series = seriesOf(results);
  const numbered = families.map(({ name, title }) => ({ name, title: `${title} (${name.split('_')[0]})` }));
  if (!keepsResults) return;
  writeFileSync(join('bench', 'query', 'chart.svg'), drawChart(heading, numbered, series));
  const page = join('bench', 'README.md');
  writeFileSync(page, replaceBetween(readFileSync(page, 'utf8'), 'query', tableOf(families, series)));
}

const side = process.env.QUERY_SIDE;
if (side !== undefined) await raceKuber(side, 'src');
else if (process.env.CURVE === '1') await measureCurve(reps);
else await main();
