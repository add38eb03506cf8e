import type { Checked } from '../../src/diagnostics/diagnostic.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import type { ArrowAnswer } from '../../src/service/columns.ts';
import { openService } from '../../src/service/service.ts';
import { type Drawn, type Family, families, keyOfCode, requestOf } from './families.ts';
import { type ExactRow, race } from './rivals/harness.mjs';
import { kommuneCodes, cube as ofFacts, outsideOf } from './world.ts';

/** A published cube that answers, in this process. */
export interface Kuber {
  /** Exact fractions, row by row. */
  readonly ask: (request: Request) => Promise<Answer>;
  /** The finished Arrow table, with status, coverage and flags. */
  readonly arrow: (request: Request) => Promise<ArrowAnswer>;
  readonly close: () => Promise<void>;
}

/** The one place that knows how a question reaches the product; answers are not kept, so each is worked out. */
export async function openKuber(root: string, cube = ofFacts): Promise<Kuber> {
  const options = { memory: '8GB', keptCells: 0, refreshSeconds: Number.POSITIVE_INFINITY } as const;
  const service = await openService(outsideOf(root), options);
  const opened = soundValue(await service.open(cube));
  return {
    ask: async ({ cube: _cube, ...request }) => soundValue(await opened.query(request)),
    arrow: async ({ cube: _cube, ...request }) => soundValue(await opened.arrow(request)),
    close: service.close,
  };
}

function soundValue<T>({ value, diagnostics }: Checked<T>): T {
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/** What is not equal to the last digit between an answer and raw DuckDB's, null where everything is. */
export function differs(
  { keys, kpis, top }: Family,
  { table }: ArrowAnswer,
  reference: readonly ExactRow[],
  kommuner: readonly string[],
): string | null {
  const expected = new Map(reference.map((row, position) => [row.keys.join(' '), { ...row, position }]));
  const levels = keys.map((_, at) => table.getChildAt(at));
  const cells = kpis.map((kpi) => ({ value: table.getChild(kpi), status: table.getChild(`${kpi}_status`) }));
  let found = 0;
  for (let position = 0; position < table.numRows; position += 1) {
    const key = levels
      .map((level, at) => keyOfCode(keys[at] ?? 'area', String(level?.get(position)), kommuner))
      .join(' ');
    const figures = cells.map(({ value, status }) => ({
      value: millionths(value?.get(position)),
      status: String(status?.get(position)),
    }));
    const own = expected.get(key);
    // Where nobody is, SQL has no row, and we say 0, or that nothing came.
    const isNothing = figures.every(({ status, value }) => value === 0n || none.includes(status));
    if (!own && isNothing) continue;
    if (!own) return `a row ${key} that is not in the reference`;
    found += 1;
    if (top !== undefined && own.position !== position) return `row ${position} is ${key}`;
    for (const [at, [above, below]] of own.figures.entries()) {
      const { status, value } = figures[at] ?? { status: 'none', value: null };
      if (value === null) return `${key}: ${status} instead of ${above} / ${below}`;
      if (value !== rounded(BigInt(above), BigInt(below)))
        return `${key}: ${value} millionths instead of ${above} / ${below}`;
    }
  }
  return found === reference.length ? null : `${found} rows instead of ${reference.length}`;
}

const none = ['undefined', 'not_delivered'];

/** A decimal of six places, as Arrow has it: four words of 32 bits, lowest first. */
function millionths(words: unknown): bigint | null {
  if (!(words instanceof Uint32Array)) return null;
  return BigInt.asIntN(
    128,
    words.reduceRight((high, word) => (high << 32n) | BigInt(word), 0n),
  );
}

/** Half away from zero. */
function rounded(above: bigint, below: bigint): bigint {
  const size = above < 0n ? -above : above;
  const nearest = (2n * size * 1_000_000n + below) / (2n * below);
  return above < 0n ? -nearest : nearest;
}

/** Our side of the race, in a process of its own. */
export async function raceKuber(root: string, version: string): Promise<void> {
  const kommuner = kommuneCodes();
  const started = performance.now();
  const kuber = await openKuber(root);
  const openMs = performance.now() - started;
  const familyOf = (name: string): Family => {
    const family = families.find((each) => each.name === name);
    if (!family) throw new Error(`there is no family ${name}`);
    return family;
  };
  await race<ArrowAnswer, Drawn>({
    version,
    extra: { openMs },
    run: (name, drawn) => kuber.arrow(requestOf(familyOf(name), drawn, kommuner)),
    differs: (name, answer, reference) => differs(familyOf(name), answer, reference, kommuner),
  });
  await kuber.close();
}
