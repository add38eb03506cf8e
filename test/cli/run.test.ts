import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WhichEdition } from '../../src/catalog/visible.ts';
import { diagnostic } from '../../src/diagnostics/codes.ts';
import { EngineError } from '../../src/engine/engine.ts';
import type { Past } from '../../src/pipeline/past.ts';
import type { Request } from '../../src/query/request.ts';
import { answerOf, landsdel, ledige, maaned, ok } from '../support/answers.ts';
import { ran, sound } from '../support/surroundings.ts';

let workspace = '';
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'flis-cli-'));
  mkdirSync(join(workspace, 'kpi-definitions'));
});
afterAll(() => rmSync(workspace, { recursive: true }));

const answer = answerOf({
  levels: [landsdel, maaned],
  rows: [{ members: ['01', '2026M07'], cells: [ok('1234.5', { flags: ['weighted'] })] }],
});

/** A pipeline that answers every question with `answer` and keeps what it was asked. */
function answering() {
  const asked: { request: Request; edition: WhichEdition; past: Past | undefined }[] = [];
  return {
    asked,
    pipeline: {
      query: async (_outside: unknown, request: Request, edition: WhichEdition, past?: Past) => {
        asked.push({ request, edition, past });
        return sound(answer);
      },
    },
  };
}

describe('flis', () => {
  it('says how it is used, and that nothing was asked', async () => {
    const { code, errors } = await ran([]);
    expect(code).toBe(2);
    expect(errors).toContain('Usage: flis [options] [command]');
  });

  it('names a command that was nearly written', async () => {
    const { code, errors } = await ran(['qurey', 'befolkning']);
    expect(code).toBe(2);
    expect(errors).toContain('Did you mean query?');
  });

  it('names an option that was nearly written', async () => {
    const { code, errors } = await ran(['query', 'befolkning', '--kpi', 'folketal', '--formt', 'csv']);
    expect(code).toBe(2);
    expect(errors).toContain('Did you mean --format?');
  });

  it.each([
    ['revisions befolkning', "required option '--kpi <names>'"],
    ['query befolkning --kpi a,,b', 'names with a comma'],
    ['query befolkning --kpi a --top 0', 'a whole number from 1'],
    ['query befolkning --kpi a --format xml', 'Allowed choices are table, csv, json, arrow, parquet'],
    ['diff', "missing required argument 'cube'"],
    ['synthesize --like star', "required option '--to <dir>'"],
  ])('refuses `flis %s`', async (line, words) => {
    const { code, output, errors } = await ran(line.split(' '));
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain(words);
  });

  it('helps with each command, with the options of all', async () => {
    const { code, output } = await ran(['query', '--help']);
    expect(code).toBe(0);
    expect(output).toContain('--pivot <level>');
    expect(output).toContain('--root <dir>');
  });

  it('refuses a folder that is no workspace, by name', async () => {
    const { code, errors } = await ran(['editions', '--root', 'nowhere'], { folder: workspace });
    expect(code).toBe(2);
    expect(errors).toContain(`"${join(workspace, 'nowhere')}" is no workspace`);
  });

  it.each([
    ['before', ['--root', '.', 'query']],
    ['after', ['query', '--root', '.']],
  ])('takes --root %s the command', async (_where, start) => {
    const { asked, pipeline } = answering();
    await ran([...start, 'beskaeftigelse', '--kpi', 'ledige'], { folder: workspace, pipeline });
    expect(asked).toHaveLength(1);
  });

  it('passes a question on as it was written', async () => {
    const { asked, pipeline } = answering();
    const options = ['--kpi', 'ledige,ledige_pr_1000', '--by', 'landsdel', '--by', 'maaned'];
    const more = [
      '--where',
      'region == "082"',
      '--period',
      '2026',
      '--edition',
      '2',
      '--order',
      '-ledige',
      '--top',
      '5',
    ];
    await ran(['query', 'beskaeftigelse', ...options, ...more, '--hierarchy', '2027-01-01', '--totals'], {
      folder: workspace,
      pipeline,
    });
    expect(asked).toEqual([
      {
        request: {
          cube: 'beskaeftigelse',
          kpis: ['ledige', 'ledige_pr_1000'],
          by: ['landsdel', 'maaned'],
          where: 'region == "082"',
          period: '2026',
          hierarchy: '2027-01-01',
          order: '-ledige',
          top: 5,
          totals: true,
        },
        edition: '2',
        past: {},
      },
    ]);
  });

  it('asks of the past by a time, or by an edition, but not by both', async () => {
    const { asked, pipeline } = answering();
    const start = ['query', 'beskaeftigelse', '--kpi', 'ledige', '--as-of', '2026-08-19'];
    await ran([...start, '--updated-after', '2026-08-01', '--include-history'], {
      folder: workspace,
      pipeline,
    });
    expect(asked[0]).toMatchObject({
      edition: { asOf: '2026-08-19' },
      past: { updatedAfter: '2026-08-01', includeHistory: true },
    });
    const both = await ran([...start, '--edition', '2'], { folder: workspace, pipeline });
    expect([both.code, both.errors.includes('leave one of them out')]).toEqual([2, true]);
    const pivoted = await ran([...start, '--include-history', '--pivot', 'maaned'], {
      folder: workspace,
      pipeline,
    });
    expect([pivoted.code, pivoted.errors.includes('leave out --pivot')]).toEqual([2, true]);
  });

  it('splits by the level that it pivots, named there or not', async () => {
    const { asked, pipeline } = answering();
    const { output } = await ran(
      [
        'query',
        'beskaeftigelse',
        '--kpi',
        'ledige',
        '--by',
        'landsdel',
        '--pivot',
        'maaned',
        '--format',
        'csv',
      ],
      { folder: workspace, pipeline },
    );
    expect(asked[0]?.request.by).toEqual(['landsdel', 'maaned']);
    expect(output).toBe('landsdel,ledige_2026M07,ledige_2026M07_status\n01,1234.5,ok\n');
  });

  it('writes a file plainly on a Danish terminal too', async () => {
    const { pipeline } = answering();
    const { output } = await ran(
      ['query', 'beskaeftigelse', '--kpi', 'ledige', '--format', 'csv', '--labels', '--coverage', '--flags'],
      { folder: workspace, pipeline, environment: { LANG: 'da_DK.UTF-8' }, columns: 80 },
    );
    expect(output).toBe(
      [
        'landsdel,maaned,ledige,ledige_status,ledige_delivered,ledige_expected,ledige_flags',
        'Byen København,juli 2026,1234.5,ok,1,1,weighted',
        '',
      ].join('\n'),
    );
  });

  it('writes a table in Danish on a Danish terminal, unless told otherwise', async () => {
    const { pipeline } = answering();
    const line = ['query', 'beskaeftigelse', '--kpi', 'ledige'];
    const stage = { folder: workspace, pipeline, environment: { LANG: 'da_DK.UTF-8' } };
    expect((await ran(line, stage)).output).toContain('1.235');
    expect((await ran([...line, '--locale', 'en'], stage)).output).toContain('1,235');
  });

  it('writes no binary file to a terminal', async () => {
    const { asked, pipeline } = answering();
    const { code, errors } = await ran(['query', 'beskaeftigelse', '--kpi', 'ledige', '--format', 'arrow'], {
      folder: workspace,
      pipeline,
      columns: 80,
    });
    expect(code).toBe(2);
    expect(errors).toContain('> answer.arrow');
    expect(asked).toEqual([]);
  });

  it('says what is wrong with the input, all of it, and gives no answer', async () => {
    const diagnostics = ['ledge', 'folk'].map((name, at) =>
      diagnostic('unknown-cube', `There is no cube named "${name}".`, {
        span: { file: 'cube', start: at, end: at + 4 },
      }),
    );
    const pipeline = {
      query: async () => ({ diagnostics, texts: new Map([['cube', 'ledge']]) }),
    };
    const { code, output, errors } = await ran(['query', 'ledge', '--kpi', 'a'], {
      folder: workspace,
      pipeline,
    });
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toContain('cube:1:1 error[unknown-cube] There is no cube named "ledge".');
    expect(errors).toContain('There is no cube named "folk".');
  });

  it('shows what could be done beside what was wrong', async () => {
    const diagnostics = [
      diagnostic('no-receipt', 'x.'),
      diagnostic('unknown-cube', 'There is no cube named "x".'),
    ];
    const pipeline = { ingest: async () => ({ value: [], diagnostics, texts: new Map() }) };
    const { code, output } = await ran(['ingest', 'x.csv'], { folder: workspace, pipeline });
    expect(code).toBe(1);
    expect(output).toBe('No new deliveries.\n');
  });

  it('tells a damaged store from a wrong question', async () => {
    const diagnostics = [
      diagnostic('object-damaged', 'The file objects/ab does not hold what its name says.'),
    ];
    const pipeline = { query: async () => ({ diagnostics, texts: new Map() }) };
    const { code, errors } = await ran(['query', 'x', '--kpi', 'a'], { folder: workspace, pipeline });
    expect(code).toBe(3);
    expect(errors).toContain('objects/ab');
  });

  it.each([
    ['the engine', new EngineError('out of memory', 'SELECT 1', new Error('1 GiB of 1 GiB used')), 3, 'used'],
    [
      'the disk',
      Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' }),
      3,
      'free some space and run it again',
    ],
    ['us', new Error('invariant: impossible'), 70, 'please report'],
  ])('tells whether it was %s', async (_who, error, expected, words) => {
    const pipeline = {
      query: async () => {
        throw error;
      },
    };
    const { code, output, errors } = await ran(['query', 'x', '--kpi', 'a'], { folder: workspace, pipeline });
    expect(code).toBe(expected);
    expect(output).toBe('');
    expect(errors).toContain(words);
  });

  it('writes Parquet through the engine, and leaves no file behind', async () => {
    const paths: string[] = [];
    const { writeFile, access } = await import('node:fs/promises');
    const pipeline = {
      query: async () => sound(answer),
      writeParquet: async (table: { columns: readonly { name: string }[] }, path: string) => {
        paths.push(path);
        await writeFile(path, table.columns.map(({ name }) => name).join(' '));
      },
    };
    const { output } = await ran(['query', 'beskaeftigelse', '--kpi', 'ledige', '--format', 'parquet'], {
      folder: workspace,
      pipeline,
    });
    expect(output).toBe(
      'landsdel landsdel_label maaned maaned_label ledige ledige_status ledige_delivered ledige_expected ledige_flags',
    );
    expect(paths).toHaveLength(1);
    await expect(access(paths[0] ?? '')).rejects.toThrow('ENOENT');
  });

  it('gives the columns of an answer by the names that they were asked by', async () => {
    const dotted = answerOf({ columns: [{ ...ledige, name: 'beskaeftigelse.ledige' }] });
    const { output } = await ran(
      ['query', 'beskaeftigelse', '--kpi', 'beskaeftigelse.ledige', '--format', 'csv'],
      {
        folder: workspace,
        pipeline: { query: async () => sound(dotted) },
      },
    );
    expect(output).toBe('landsdel,beskaeftigelse.ledige,beskaeftigelse.ledige_status\n');
  });
});
