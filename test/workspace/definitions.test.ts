import { describe, expect, it } from 'vitest';
import { bundledFiles, bundledModel } from './bundled.ts';

const { value: model, diagnostics } = await bundledModel();

const required = [
  'ledige',
  'ledige_dagpenge',
  'ledige_kontanthjaelp',
  'kontanthjaelp_personer',
  'kontanthjaelp_fuldtid',
  'langtidsledige',
  'folketal',
  'ledige_pr_1000',
  'kontanthjaelp_fuldtid_pr_1000',
  'nettodriftsudgift_pr_indbygger',
];

describe('the bundled definitions', () => {
  it('compile without a word', () => {
    expect(diagnostics).toEqual([]);
  });

  it('hold the KPIs that readers were promised, each in some cube', () => {
    const names = Object.values(model?.kpis ?? {}).map((kpi) => kpi.name);
    expect(names).toEqual(expect.arrayContaining(required));
    expect(names.length).toBeGreaterThanOrEqual(25);
    const inCubes = Object.values(model?.cubes ?? {}).flatMap((cube) => cube.kpis);
    expect([...new Set(inCubes)].sort()).toEqual(Object.keys(model?.kpis ?? {}).sort());
  });

  it('are explained in both languages, with an owner', () => {
    for (const kpi of Object.values(model?.kpis ?? {})) {
      expect(kpi.definition?.da.length, kpi.id).toBeGreaterThan(20);
      expect(kpi.definition?.en.length, kpi.id).toBeGreaterThan(20);
    }
    const kpis = bundledFiles().filter(({ text }) => /^kpi: /m.test(text));
    expect(kpis.filter(({ text }) => !/^owner: /m.test(text))).toEqual([]);
  });

  it('say why, wherever something does not add', () => {
    for (const measure of Object.values(model?.measures ?? {})) {
      const rules = Object.values(measure.over);
      if (rules.some(({ kind }) => kind !== 'sum')) expect(measure.reason, measure.id).not.toBeNull();
    }
  });

  it('name the schema that an editor checks them by', () => {
    for (const { file, text } of bundledFiles()) {
      const kind = /^(\w+): /m.exec(text)?.[1];
      const up = '../'.repeat(file.split('/').length - 1);
      const expected = new URL(`${up}kpi-definitions/schema/${kind}.json`, `file:///${file}`).pathname;
      const written = /^# yaml-language-server: \$schema=(.*)$/m.exec(text)?.[1] ?? '';
      expect(new URL(written, `file:///${file}`).pathname, file).toBe(expected);
    }
  });
});
