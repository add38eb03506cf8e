import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pipeline } from '../../src/cli/wanted.ts';
import { textOf } from '../support/sources.ts';
import { ran } from '../support/surroundings.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flis-explain-'));
  mkdirSync(join(folder, 'kpi-definitions'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A pipeline that keeps what it was asked, and knows nothing. */
function asking() {
  const asked: (readonly unknown[])[] = [];
  const keep =
    (name: string) =>
    async (_outside: unknown, ...values: readonly unknown[]) => {
      asked.push([name, ...values]);
      return { diagnostics: [], texts: new Map<string, string>() };
    };
  const names = ['explain', 'explainBeside', 'query', 'editions'] as const;
  const pipeline = Object.fromEntries(names.map((name) => [name, keep(name)])) as Partial<Pipeline>;
  return { asked, pipeline };
}

/** Words of a command line, with those in single quotes as one. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

describe('flis explain', () => {
  const lines = textOf('docs/explain.md')
    .split('\n')
    .filter((line) => line.startsWith('flis '));

  it('has examples in its page', () => expect(lines.length).toBeGreaterThan(7));

  it.each(lines)('is used as its page says: %s', async (line) => {
    const { asked, pipeline } = asking();
    const { code, errors } = await ran(wordsOf(line).slice(1), { folder, pipeline });
    expect(errors).toBe('');
    expect(code).not.toBe(2);
    expect(asked).toHaveLength(1);
  });

  const start = ['explain', 'beskaeftigelse', 'ledige'];

  it('passes on which figure, which edition, and how many rows', async () => {
    const { asked, pipeline } = asking();
    await ran([...start, '--where', 'kommune == "101"', '--as-of', '2026-08-19', '--rows', '0'], {
      folder,
      pipeline,
    });
    expect(asked).toEqual([
      [
        'explain',
        {
          cube: 'beskaeftigelse',
          kpi: 'ledige',
          where: 'kommune == "101"',
          period: null,
          hierarchy: null,
          edition: { asOf: '2026-08-19' },
          rows: 0,
        },
      ],
    ]);
  });

  it.each([
    [['--edition', '2', '--as-of', '2026-08-19'], 'leave one of them out'],
    [['--against', '2', '--format', 'svg'], 'A picture is of one edition'],
    [['--rows', 'all'], 'a whole number'],
  ])('refuses %j', async (more, words) => {
    const { code, errors } = await ran([...start, ...more], { folder, pipeline: asking().pipeline });
    expect([code, errors.includes(words)]).toEqual([2, true]);
  });
});
