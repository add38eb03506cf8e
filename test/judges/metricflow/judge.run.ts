import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasErrors } from '../../../src/diagnostics/diagnostic.ts';
import { printTerminal } from '../../../src/diagnostics/printTerminal.ts';
import { type Outside, publish, query } from '../../../src/index.ts';
import { answerOf, type JudgeCase, readCases, readRows, readTables, type Value } from './cases.ts';
import { difference } from './compare.ts';
import { readManifest } from './manifest.ts';
import { Refused } from './places.ts';
import { rowsOf } from './read.ts';
import { newTranslation, type Question, questionOf, type Translation } from './translate.ts';
import { cubeName, writeWorkspace } from './workspace.ts';

const folder = process.env.METRICFLOW_JUDGE ?? '';
const only = process.env.ONLY;
const cases = (await readCases(folder)).filter(
  ({ id }) => only === undefined || only === '' || id.includes(only),
);
/** Of the 266 cases. */
const least = 220;
const tables = await readTables(folder);
const manifests = [...new Set(cases.map(({ manifest }) => manifest))];

type Asked = { readonly question: Question } | { readonly refused: string };

function translated(translation: Translation, each: JudgeCase): Asked {
  try {
    return { question: questionOf(translation, each) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

async function ask(outside: Outside, question: Question): Promise<Value[][]> {
  const rows: Value[][] = [];
  for (const period of question.periods) {
    const { reading: _, periods: __, ...request } = question;
    const answer = await query(outside, { cube: cubeName, period, ...request }, null);
    if (!answer.value) throw new Refused(answer.diagnostics[0]?.message ?? 'no answer');
    rows.push(...rowsOf(answer.value, question.reading));
  }
  return rows;
}

async function answered(
  outside: Outside,
  question: Question,
): Promise<Value[][] | { readonly refused: string }> {
  try {
    return await ask(outside, question);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

/** Case to the reason why it is not asked of us, as it is kept; UPDATE_REFUSALS=1 writes it anew. */
const refusalsFile = join(import.meta.dirname, 'refusals.json');
const kept: Record<string, string> = JSON.parse(await readFile(refusalsFile, 'utf8'));
const updating = process.env.UPDATE_REFUSALS !== undefined;
const refusals: Record<string, string> = {};
const equal: string[] = [];

describe.each(manifests)('%s', (manifest) => {
  let root = '';
  const mine = cases.filter((each) => each.manifest === manifest);
  const asked = new Map<string, Asked>();
  const outside = (): Outside => ({
    root,
    now: () => new Date(),
    process: { id: process.pid, isAlive: () => true },
    progress: () => undefined,
  });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'flis-judge-'));
    const rows = new Map<string, (string | null)[][]>();
    for (const table of tables) rows.set(table.name, [...(await readRows(folder, table))]);
    const translation = newTranslation(await readManifest(folder, manifest), tables, rows);
    for (const each of mine) asked.set(each.id, translated(translation, each));
    if (translation.kpis.size === 0) return;
    await writeWorkspace(root, translation);
    const published = await publish(outside(), { cubes: [], period: null, dryRun: false });
    if (!published.value || hasErrors(published.diagnostics))
      throw new Error(printTerminal(published.diagnostics, published.texts));
  });

  afterAll(async () => {
    if (process.env.KEEP !== undefined) console.log(root);
    else await rm(root, { recursive: true, force: true });
  });

  test.each(mine)('$id', async (each) => {
    const found = asked.get(each.id) ?? { refused: 'not translated' };
    const rows = 'refused' in found ? found : await answered(outside(), found.question);
    if ('refused' in rows) {
      refusals[each.id] = rows.refused;
      if (!updating) expect(kept[each.id]).toBe(rows.refused);
      return;
    }
    if (!updating) expect(kept[each.id]).toBeUndefined();
    expect(difference(rows, await answerOf(folder, each), each.check_order)).toBeNull();
    equal.push(each.id);
  });
});

test('enough cases are equal, and every other one is refused', async () => {
  if (updating && !only) await writeFile(refusalsFile, `${JSON.stringify(refusals, null, 2)}\n`);
  console.log(`${equal.length} equal, ${Object.keys(refusals).length} refused, of ${cases.length}`);
  for (const [reason, count] of countsOf(Object.values(refusals))) console.log(`${count} refused: ${reason}`);
  if (only) return;
  expect(Object.keys(kept).filter((id) => !cases.some((each) => each.id === id))).toEqual([]);
  expect(equal.length).toBeGreaterThanOrEqual(least);
});

function countsOf(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
