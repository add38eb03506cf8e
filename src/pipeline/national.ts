import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { combinationsOfList } from '../engine/duckdb/national/chart.ts';
import { arrivalOf, type Fault, type FaultyShape, faultsOf } from '../engine/duckdb/national/faults.ts';
import { type Month, monthAt, monthOf, monthsUntil } from '../engine/duckdb/national/month.ts';
import { type National, openNational } from '../engine/duckdb/national/openNational.ts';
import { earliestMonth, latestMonth } from '../engine/duckdb/national/people.ts';
import { placesOf } from '../engine/duckdb/national/places.ts';
import { domains, type NationalSource } from '../engine/duckdb/national/source.ts';
import { nationalSources } from '../engine/duckdb/national/sources.ts';
import { lookUp } from '../model/lookUp.ts';
import { endOfTime, type SemanticModel } from '../model/types.ts';
import { sidecarEnding } from '../supply/readSidecar.ts';
import type { SynthesizedFile } from '../supply/synthesize/writeDeliveries.ts';
import { loadModel, type Outcome, type Outside, withWorkspace } from './outside.ts';

export interface NationalRequest {
  /** 1: as many persons as in the real country. */
  readonly scale: number;
  readonly months: number;
  /** 2026M07 */
  readonly until: string;
  readonly seed: number;
  /** Null: all nine. */
  readonly domains: readonly string[] | null;
  /** A CSV of account combinations; null: composed ones. */
  readonly accounts: string | null;
  readonly faults: boolean;
  readonly to: string;
  /** As many as the machine has, if left out; the files are the same. */
  readonly threads?: number;
}

/** Read-me files lie beside deliveries and are none. */
export const faultsFile = 'README-faults.json';

const temporary = '.temporary';

/** Writes a made-up country at the grain of the sources: one Parquet file for each contract and month. */
export async function makeNational(
  outside: Outside,
  request: NationalRequest,
): Promise<Outcome<readonly SynthesizedFile[]>> {
  return withWorkspace(outside, async (workspace) => {
    const { value: model, diagnostics, texts } = await loadModel(workspace);
    if (!model) return { diagnostics, texts };
    const asked = monthOf(request.until);
    const list = await readAccounts(request.accounts);
    const problems = [...problemsOf(request, asked), ...list.diagnostics];
    if (asked === null || problems.length > 0)
      return {
        diagnostics: problems,
        texts: new Map([
          ['--until', request.until],
          ['--domains', (request.domains ?? []).join(',')],
          ['--accounts', request.accounts ?? ''],
        ]),
      };
    await mkdir(request.to, { recursive: true });
    const months = monthsUntil(asked, request.months);
    const national = await openNational(
      {
        folders: [request.to],
        writable: [request.to],
        temporaryFolder: join(request.to, temporary),
        threads: request.threads ?? availableParallelism(),
        memoryLimit: '1500MB',
      },
      {
        places: placesOf(kommunerOf(model), request.scale),
        months,
        seed: request.seed,
        scale: request.scale,
        ...(list.text === null ? {} : { combinations: combinationsOfList(list.text) }),
      },
    );
    try {
      const value = await writeAll(national, model, months, request, outside.progress);
      return { value, diagnostics: [], texts };
    } finally {
      national.close();
      await rm(join(request.to, temporary), { recursive: true, force: true });
    }
  });
}

/** Kommuner that deliveries are expected to hold, with their newest group. */
const kommunerOf = (model: SemanticModel) =>
  (lookUp(model.classifications, 'kommune')?.members ?? [])
    .filter(({ expected, validTo }) => expected && validTo === endOfTime)
    .map(({ code, parents }) => ({ code, group: parents.kommunegruppe?.at(-1)?.code ?? '' }));

function problemsOf(request: NationalRequest, until: Month | null): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  // Sources look five months back, and a state is told by the month after.
  const isInside =
    until !== null &&
    until.index - request.months - 6 > earliestMonth.index &&
    until.index + 2 <= latestMonth.index;
  if (!isInside) {
    const [first, last] = [monthAt(earliestMonth.index + 7), monthAt(latestMonth.index - 2)];
    found.push(
      diagnostic('bad-period', `No ${request.months} months until "${request.until}" can be made up.`, {
        span: { file: '--until', start: 0, end: request.until.length },
        hint: `write it like 2026M07; the months lie from ${first.code} to ${last.code}`,
      }),
    );
  }
  let start = 0;
  for (const name of request.domains ?? []) {
    if (!(domains as readonly string[]).includes(name))
      found.push(
        diagnostic('unknown-shape', `There is no domain named "${name}" to make up.`, {
          span: { file: '--domains', start, end: start + name.length },
          hint: didYouMean(name, domains) ?? `there is ${domains.join(', ')}`,
        }),
      );
    start += name.length + 1;
  }
  return found;
}

async function readAccounts(
  path: string | null,
): Promise<{ readonly text: string | null; readonly diagnostics: readonly Diagnostic[] }> {
  if (path === null) return { text: null, diagnostics: [] };
  try {
    return { text: await readFile(path, 'utf8'), diagnostics: [] };
  } catch {
    const span = { file: '--accounts', start: 0, end: path.length };
    return { text: null, diagnostics: [diagnostic('no-such-file', `There is no file "${path}".`, { span })] };
  }
}

interface ListedFault {
  readonly source: string;
  readonly period: string;
  readonly file: string;
  readonly kind: Fault['kind'] | 'late' | 'not_delivered';
  readonly rows?: number;
}

/** A file to be made. */
interface Task {
  readonly source: NationalSource;
  readonly month: Month;
  readonly period: string;
  readonly name: string;
  readonly faults: readonly Fault[];
  readonly isLate: boolean;
}

async function writeAll(
  national: National,
  model: SemanticModel,
  months: readonly Month[],
  request: NationalRequest,
  progress: Outside['progress'],
): Promise<readonly SynthesizedFile[]> {
  const sources = nationalSources.filter(({ domain }) => request.domains?.includes(domain) ?? true);
  const listed: ListedFault[] = [];
  const tasks: Task[] = [];
  for (const month of months) {
    for (const source of sources) {
      const period = source.fileOf(month);
      if (period === null) continue;
      const name = `flis_${source.id.replace('.', '_')}_${period}_syntetisk.parquet`;
      const arrival = request.faults ? arrivalOf(request.seed, source.id, period) : 'in_time';
      if (arrival !== 'in_time') listed.push({ source: source.id, period, file: name, kind: arrival });
      if (arrival === 'not_delivered') continue;
      const faults = request.faults ? faultsOf(request.seed, source.id, period, shapeOf(model, source)) : [];
      tasks.push({ source, month, period, name, faults, isLate: arrival === 'late' });
    }
  }
  const made: { readonly file: SynthesizedFile; readonly faults: readonly ListedFault[] }[] = [];
  const waiting = [...tasks.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, task] = next;
      progress({ text: task.month.code, done: at, of: tasks.length });
      made[at] = await writeOne(national, task, request);
    }
  };
  await Promise.all(Array.from({ length: request.threads ?? availableParallelism() }, work));
  listed.push(...made.flatMap(({ faults }) => faults));
  if (request.faults) {
    const text = JSON.stringify({ seed: request.seed, faults: listed }, null, 2);
    await writeFile(join(request.to, faultsFile), `${text}\n`);
  }
  return made.map(({ file }) => file);
}

async function writeOne(national: National, task: Task, request: NationalRequest) {
  const { source, month, period, name, faults, isLate } = task;
  const hits = await national.hits(source, month, faults);
  const file = join(request.to, name);
  const rows = await national.write(source, month, file, faults);
  const received = receivedAt(month, isLate ? 2 : 0);
  await writeFile(`${file}${sidecarEnding}`, receipt(source, period, received, request));
  return {
    file: { file, received, rows },
    faults: faults.map((fault, at) => ({
      source: source.id,
      period,
      file: name,
      ...fault,
      rows: hits[at] ?? 0,
    })),
  };
}

function shapeOf(model: SemanticModel, { id }: NationalSource): FaultyShape {
  const source = lookUp(model.sources, id);
  const codes = (source?.columns ?? []).flatMap((column) => (column.kind === 'code' ? [column] : []));
  return {
    deliveredBy: source?.deliveredBy ?? null,
    deliverers: kommunerOf(model).map(({ code }) => code),
    codes: codes.filter(({ unknown }) => unknown === 'refuse').map(({ name }) => name),
    emptyable: codes.filter(({ emptyIsUnknown }) => emptyIsUnknown).map(({ name }) => name),
  };
}

/** The tenth of the month after, at five; so many months later. */
function receivedAt({ index }: Month, later: number): string {
  const { year, month } = monthAt(index + 1 + later);
  return `${year}-${String(month).padStart(2, '0')}-10T05:00:00Z`;
}

const receipt = (
  source: NationalSource,
  period: string,
  received: string,
  { scale, seed }: NationalRequest,
) =>
  [
    `received: "${received}"`,
    'sender: FLIS Kuber (syntetisk)',
    'synthetic: true',
    'note: >-',
    `  Opdigtet leverance af ${source.id} for ${period}, skala ${scale}, frø ${seed}. Ingen række er om en virkelig person.`,
    '',
  ].join('\n');
