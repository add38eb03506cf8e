import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Naive, type NaiveRow, openNaive } from '../oracle/naive.ts';
import { goldenCases, goldenWorkspace } from './cases.ts';

/**
 * The answers of the golden cases, held against queries that people wrote over the delivered files:
 * one per KPI in the order of the request, each with the asked levels, `value`, `status`, `delivered`,
 * `expected` and, where there are any, `flags`. A row that a query does not give is not delivered.
 */
describe('golden answers are what hand-written SQL over the deliveries gives', () => {
  let naive: Naive;
  beforeAll(async () => {
    naive = await openNaive();
    const setup = readFileSync(join(import.meta.dirname, 'oracle.sql'), 'utf8');
    await naive.run(setup.replaceAll('{deliveries}', join(goldenWorkspace, 'data', 'deliveries')));
  });
  afterAll(() => naive?.close());

  it.each(goldenCases())('$name', async ({ request, read }) => {
    const answer = recordsOf(read('answer.csv'));
    const results = await naive.run(read('oracle.sql'));
    expect(results).toHaveLength(request.kpis.length);
    for (const [at, kpi] of request.kpis.entries()) {
      const rows = results[at] ?? [];
      const expected = new Map(rows.map((row) => [keyOf(request.by, row), row]));
      expect(
        [...expected.keys()].filter((key) => !answer.some((row) => keyOf(request.by, row) === key)),
      ).toEqual([]);
      for (const row of answer) {
        const key = keyOf(request.by, row);
        const told = toldOf(kpi, row);
        const wanted = wantedOf(expected.get(key));
        expect({ key, ...told, value: '' }).toEqual({ key, ...wanted, value: '' });
        expect(
          near(told.value, wanted.value),
          `${kpi} of ${key}: ${told.value}, by hand ${wanted.value}`,
        ).toBe(true);
      }
      if (request.order !== undefined) {
        expect(answer.map((row) => keyOf(request.by, row))).toEqual([...expected.keys()]);
      }
    }
  });
});

interface Told {
  readonly value: string;
  readonly status: string;
  readonly delivered: string;
  readonly expected: string;
  readonly flags: string;
}

const toldOf = (kpi: string, row: Readonly<Record<string, string>>): Told => ({
  value: row[kpi] ?? '',
  status: row[`${kpi}_status`] ?? '',
  delivered: row[`${kpi}_delivered`] ?? '',
  expected: row[`${kpi}_expected`] ?? '',
  flags: row[`${kpi}_flags`] ?? '',
});

function wantedOf(row: NaiveRow | undefined): Told {
  if (row === undefined)
    return { value: '', status: 'not_delivered', delivered: '0', expected: '0', flags: '' };
  const { value, status, delivered, expected, flags } = row;
  return {
    value: value === null ? '' : String(value),
    status: String(status),
    delivered: String(delivered),
    expected: String(expected),
    flags: String(flags ?? ''),
  };
}

/** Answers have six decimals, and a query by hand divides as doubles do. */
const near = (a: string, b: string): boolean =>
  a === '' || b === '' ? a === b : Math.abs(Number(a) - Number(b)) < 6e-7;

const keyOf = (by: readonly string[], row: Readonly<Record<string, unknown>>): string =>
  by.map((level) => String(row[level] ?? '')).join(' ');

function recordsOf(csv: string): Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])),
  );
}
