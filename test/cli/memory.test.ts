import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../src/serve/workspace.ts';
import { ran, sound } from '../support/surroundings.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'flis-memory-'));
  mkdirSync(join(root, 'kpi-definitions'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** What `flis check` handed down of memory. */
async function handedDown(environment: Record<string, string>) {
  const asked: (string | undefined)[] = [];
  const result = await ran(['check'], {
    folder: root,
    environment,
    pipeline: {
      check: async ({ memory }) => {
        asked.push(memory);
        return sound({
          counts: { classification: 0, dimension: 0, source: 0, selection: 0, partition: 0, kpi: 0, cube: 0 },
        });
      },
    },
  });
  return { ...result, asked };
}

describe('FLIS_MEMORY', () => {
  it('is handed down to whoever opens the engine', async () => {
    expect((await handedDown({ FLIS_MEMORY: '4GB' })).asked).toEqual(['4GB']);
    expect((await handedDown({ FLIS_MEMORY: ' 512MiB ' })).asked).toEqual(['512MiB']);
  });

  it('says nothing where it is not set', async () => {
    expect((await handedDown({})).asked).toEqual([undefined]);
    expect((await handedDown({ FLIS_MEMORY: '' })).asked).toEqual([undefined]);
  });

  it.each(['4', '4gb', '-1GB', '0GB', '1.5GB', '80%', 'much'])(
    'refuses %s, which is no size',
    async (said) => {
      const { code, errors, asked } = await handedDown({ FLIS_MEMORY: said });
      expect(code).toBe(2);
      expect(errors).toBe(`error: FLIS_MEMORY is "${said}", which is no size. Write it like 4GB or 512MB.\n`);
      expect(asked).toEqual([]);
    },
  );

  it('limits the engine: what needs more says so', async () => {
    const write = async (memory: string) => {
      const processes = { own: process.pid, isAlive: () => true, now: () => new Date() };
      const workspace = openWorkspace(root, processes, { memory });
      try {
        const engine = await workspace.engine('build');
        const values = Array.from({ length: 100_000 }, (_, row) => `member ${row}`);
        const path = join(root, 'cubes', 'published', 'table.parquet');
        await engine.writeTable(
          { rows: values.length, columns: [{ name: 'code', type: 'text', values }] },
          path,
        );
      } finally {
        await workspace.close();
      }
    };
    await expect(write('1MB')).rejects.toThrow(/memory/i);
    await write('512MB');
  });
});
