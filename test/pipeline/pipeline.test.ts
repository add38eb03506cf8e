import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf } from '../../src/diagnostics/place.ts';
import { check, explain, ingest, publish, query, sql, synthesize, toPlain } from '../../src/index.ts';
import type { Outcome } from '../../src/pipeline.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

let root = '';
beforeAll(async () => {
  root = bundledWorkspace({ keep: true });
  await publish(outsideOf(root), { cubes: [], period: null, dryRun: false });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What an outcome says, and the piece of text that each saying points at. */
function said({ diagnostics, texts }: Outcome<unknown>) {
  return diagnostics.map(({ code, span }) => [
    code,
    span && texts.get(span.file)?.slice(span.start, span.end),
  ]);
}

const folketal = { cube: 'befolkning', kpis: ['folketal'], by: ['region'], period: '2026' };

describe('the pipeline', () => {
  it('points at what is not there', async () => {
    const outside = outsideOf(root);
    expect(said(await query(outside, { ...folketal, cube: 'befolknig' }, null))).toEqual([
      ['unknown-cube', 'befolknig'],
    ]);
    expect(said(await query(outside, folketal, '7'))).toEqual([['unknown-edition', '7']]);
    expect(said(await sql(outside, folketal, { edition: null, dialect: 'mysql' }))).toEqual([
      ['unknown-dialect', 'mysql'],
    ]);
    expect(said(await ingest(outside, [], { source: 'dst.folketl', received: null }))).toEqual([
      ['unknown-source', 'dst.folketl'],
    ]);
    // Every object has one of these without anybody having defined it.
    expect(said(await ingest(outside, [], { source: 'constructor', received: null }))).toEqual([
      ['unknown-source', 'constructor'],
    ]);
    expect(said(await ingest(outside, [], { source: null, received: 'i går' }))).toEqual([
      ['bad-time', 'i går'],
    ]);
    expect(
      said(await ingest(outside, [join(root, 'nowhere.csv')], { source: null, received: null })),
    ).toEqual([['no-such-file', undefined]]);
    expect(said(await check(outside, [join(root, 'kpi-definitions', 'nowhere.yaml')]))).toEqual([
      ['no-such-file', undefined],
    ]);
    expect(said(await synthesize(outside, { like: 'sta', releases: 1, to: root, seed: 1 }))).toEqual([
      ['unknown-shape', 'sta'],
    ]);
  });

  it('says of a cube that is defined but not published that it has no edition', async () => {
    const asked = await query(outsideOf(root), { ...folketal, cube: 'beskaeftigelse' }, null);
    expect(asked.diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['unknown-edition', 'publish it: flis publish beskaeftigelse'],
    ]);
  });

  it('prints a question for both engines, each with its own reader of files', async () => {
    const duckDb = await sql(outsideOf(root), folketal, { edition: null, dialect: 'duckdb' });
    const clickHouse = await sql(outsideOf(root), folketal, { edition: null, dialect: 'clickhouse' });
    expect(duckDb.value).toContain('read_parquet(');
    expect(clickHouse.value).toContain('file(');
  });

  it('explains a figure by components that give it', async () => {
    const question = {
      cube: 'befolkning',
      kpi: 'folketal',
      where: 'region == "081"',
      period: '2026',
      hierarchy: null,
      edition: null,
    };
    const { value } = await explain(outsideOf(root), question);
    expect(value?.components).toMatchObject([
      { source: 'dst.folketal', period: '2026', status: 'ok', coverage: { expected: 11, delivered: 11 } },
    ]);
    expect(value?.components.map((component) => component.value && toPlain(component.value, 0))).toEqual([
      '593114',
    ]);
    expect(value?.inputs.map(({ source }) => source)).toEqual(['dst.folketal']);
    expect(value?.plan[0]).toBe('Read the cells of dst.folketal, 2026.');
  });

  it('checks only what it is asked to check', async () => {
    const all = await check(outsideOf(root), []);
    expect(all.value?.counts.cube).toBeGreaterThan(3);
    expect(said(await check(outsideOf(root), [join(root, 'cubes')]))).toEqual([]);
  });

  it('gives places as lines and columns of the definitions that it read', async () => {
    const { texts } = await check(outsideOf(root), []);
    const text = texts.get('cubes/befolkning.yaml') ?? '';
    expect(placeOf(text, text.indexOf('cube: befolkning')).column).toBe(1);
  });
});
