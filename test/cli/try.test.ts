import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as pipeline from '../../src/pipeline.ts';
import { codesIn } from '../support/miniRoot.ts';
import { ran } from '../support/surroundings.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

let published = '';
beforeAll(async () => {
  published = bundledWorkspace({ keep: true });
  await pipeline.publish(outsideOf(published), {
    cubes: ['befolkning', 'regnskab'],
    period: null,
    dryRun: false,
  });
}, 120_000);
afterAll(() => rmSync(published, { recursive: true, force: true }));

const tried = (args: readonly string[], root = published, columns = 80) =>
  ran(['try', ...args], { folder: root, pipeline, columns });

/** Population by kommune, from the delivered file itself. */
const folketal = readFileSync(
  join(import.meta.dirname, '../../data/deliveries/folketal_2026_kommune.csv'),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => Number(line.split(',').at(-1)));

describe('flis try', () => {
  it('shows formula, components, rows, figure and how the kommuner lie', async () => {
    const { code, output, errors } = await tried(['befolkning.folketal', '--kommune', '101']);
    expect([code, errors]).toEqual([0, '']);
    const sorted = [...folketal].sort((a, b) => a - b);
    const median = ((sorted[48] ?? 0) + (sorted[49] ?? 0)) / 2;
    for (const said of [
      'Population · befolkning.folketal version 1, approved · 2026',
      'folketal    in borger',
      'delivered of dst.folketal    98',
      'Kommune 101: 671,714 borger (ok; coverage 1 of 1)',
      'The country: 6,025,511 borger (ok; coverage 98 of 98)',
      '98 of 98 have a figure.',
      `least ${(sorted[0] ?? 0).toLocaleString('en')}`,
      `median ${Math.round(median).toLocaleString('en')}`,
      'furthest first: Copenhagen 671,714',
    ])
      expect(output).toContain(said);
  });

  it.each([80, 160])('fits a terminal of %s columns', async (columns) => {
    const { output } = await tried(['befolkning.folketal'], published, columns);
    const lines = output.split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    expect(lines.filter((line) => / – /.test(line))).toHaveLength(columns === 160 ? 20 : 10);
  });

  it('publishes nothing, and leaves nothing behind', async () => {
    const before = readdirSync(join(published, 'cubes/published'));
    await tried(['kvindeandel', '--where', 'alder == "40"']);
    expect(readdirSync(join(published, 'cubes/published'))).toEqual(before);
    expect(readdirSync(join(published, 'cubes'))).not.toContain('flis_trial.yaml');
  });

  it('counts rows after each step of rows and each condition', async () => {
    const root = workspaceWith({
      'kpi-definitions/befolkning/store.yaml': `rows: befolkning.store
label: { da: Store kommuner, en: Large municipalities }
from: dst.folketal
steps:
  - where: personer >= 50000
`,
      'kpi-definitions/befolkning/store_kommuner.yaml': `kpi: befolkning.store_kommuner
version: 1
status: draft
valid_from: "2026"
label: { da: Borgere i store kommuner, en: Citizens of large municipalities }
unit: borger
decimals: 0
direction: neutral
formula: borgere
missing: { parts: as_zero, operand: as_zero }
measures:
  borgere:
    source: befolkning.store
    sum: personer
    where: personer >= 100000 and personer < 500000
    unit: borger
    over_time: last
`,
    });
    const { code, output, errors } = await tried(['store_kommuner'], root);
    expect([code, errors]).toEqual([0, '']);
    const count = (least: number, most = Number.POSITIVE_INFINITY) =>
      folketal.filter((value) => value >= least && value < most).length;
    const rows = output.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' '));
    expect(rows).toContain(`personer >= 50000 ${count(50_000)}`);
    expect(rows).toContain(`personer >= 100000 ${count(100_000)}`);
    expect(rows).toContain(`personer < 500000 ${count(100_000, 500_000)}`);
    expect(output).toContain('version 1, draft');
    rmSync(root, { recursive: true });
  });

  it('takes deliveries that wait, and makes up what nobody has delivered', async () => {
    const root = bundledWorkspace();
    const { code, output } = await tried(['ledige_pr_1000', '--period', '2026M05'], root);
    expect(code).toBe(0);
    expect(output).toContain('SYNTHETIC FIGURES');
    expect(output).toContain('No snapshots of dst.folketal, star.ledighed');
    expect(output).toContain('maaletal == "total"           99');
    // All of it happened elsewhere.
    expect(() => readdirSync(join(root, 'data/snapshots'))).toThrow('ENOENT');
    expect(readdirSync(join(root, 'data/deliveries')).filter((name) => name.includes('star'))).toEqual([]);
  });

  it('says that there is nothing to try where nothing can be had', async () => {
    const root = bundledWorkspace({ deliveries: false });
    const ran = await tried(['befolkning.folketal'], root);
    expect([ran.code, ...codesIn(ran)]).toEqual([1, 'nothing-to-try']);
  });

  it.each([
    [['folketl'], 'unknown-kpi'],
    [['befolkning.folketal', '--kommune', '9999'], 'unknown-code'],
    [['befolkning.folketal', '--period', 'i går'], 'bad-period'],
    [['befolkning.folketal', '--where', 'region =='], 'formula-operand-missing'],
  ])('refuses %s', async (args, code) => {
    const ran = await tried(args);
    expect(ran.code).toBe(1);
    expect(codesIn(ran)).toContain(code);
  });
});

/** The published workspace in a folder of its own, with further definitions. */
function workspaceWith(files: Readonly<Record<string, string>>): string {
  const root = bundledWorkspace({ deliveries: false });
  cpSync(join(published, 'data/snapshots'), join(root, 'data/snapshots'), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}
