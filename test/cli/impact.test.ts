import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as pipeline from '../../src/pipeline.ts';
import { ran } from '../support/surroundings.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

const folketal = 'kpi-definitions/befolkning/folketal.yaml';

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

/** The published workspace with pieces of its definitions replaced, and `check --impact` in it. */
async function impactOf(
  edits: readonly (readonly [file: string, old: string, by: string])[],
  ...options: readonly string[]
) {
  const root = bundledWorkspace();
  for (const folder of ['cubes/published', 'data/snapshots', 'trust.json'])
    cpSync(join(published, folder), join(root, folder), { recursive: true });
  // What is approved must not be edited; here it is as if nothing had been.
  rmSync(join(root, 'kpi-definitions', 'approved'), { recursive: true });
  for (const [file, old, by] of edits) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain(old);
    writeFileSync(join(root, file), text.replace(old, by));
  }
  return ran(['check', '--impact', ...options], { folder: root, pipeline, columns: 80 });
}

/** `label:` and `definition:` change no figure; `formula` does. */
const doubled = [folketal, 'formula: folketal', 'formula: folketal * 2'] as const;

describe('flis check --impact', () => {
  it('touches nothing where nothing changed but comments', async () => {
    const { code, output } = await impactOf([[folketal, 'version: 1', '# a word\nversion: 1']]);
    expect(code).toBe(0);
    expect(output).toMatch(/befolkning · against edition \S+: nothing is touched\n/);
    expect(output).toMatch(/regnskab · against edition \S+: nothing is touched\n/);
    expect(output).toMatch(/No edition to compare with: .*beskaeftigelse/);
  });

  it('counts the kommuner that move, names the one that moves most, and the country', async () => {
    const { code, output } = await impactOf([doubled]);
    expect(code).toBe(0);
    // FOLK1A, 1 January 2026: København 671,714 and the country 6,025,511, by hand times two.
    expect(output).toContain('befolkning.folketal: kpi befolkning.folketal differs\n');
    expect(output).toContain('2026: 98 of 98 figures move, most Copenhagen 671,714 → 1,343,428 borger\n');
    expect(output).toContain('the country: 6,025,511 → 12,051,022 borger\n');
    for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says that a new name moves no figure', async () => {
    const { output } = await impactOf([[folketal, 'da: Folketal', 'da: Befolkning']]);
    expect(output).toContain('2026: 0 of 98 figures move\n');
    expect(output).toContain('the country: 6,025,511 borger, as before\n');
  });

  it('follows a change of a code list to the KPIs that stand on it', async () => {
    const { output } = await impactOf([
      ['data/classifications/kommune.yaml', 'da: København', 'da: Hovedstadens kommune'],
    ]);
    expect(output).toContain('befolkning.folketal: classification kommune differs\n');
    expect(output).toMatch(/regnskab · against[\s\S]*classification kommune differs/);
  });

  it('follows a change of a weight to what is weighted by it', async () => {
    const { output } = await impactOf([
      [
        'kpi-definitions/regnskab/nettodriftsudgift_pr_indbygger.yaml',
        'sum: personer',
        'sum: personer\n    where: kommune != "101"',
      ],
    ]);
    expect(output).toContain('  regnskab.nettodriftsudgift_pr_indbygger.folketal differs\n');
    // Each kommune's own figure is weighed by nothing, for each of the five functions.
    expect(output).toContain('2024: 0 of 490 figures move\n');
  });

  it('tells of KPIs that came and went', async () => {
    const { output } = await impactOf([
      ['cubes/regnskab.yaml', 'kpis:\n', 'kpis:\n  - befolkning.folketal\n'],
      ['cubes/befolkning.yaml', '  - andel_gifte\n', ''],
    ]);
    expect(output).toContain('befolkning.folketal: new in the cube\n');
    expect(output).toContain('befolkning.andel_gifte: gone from the cube\n');
  });

  it('shows the impact of an edit that is refused, too', async () => {
    const root = bundledWorkspace();
    for (const folder of ['cubes/published', 'data/snapshots', 'trust.json'])
      cpSync(join(published, folder), join(root, folder), { recursive: true });
    await ran(['approve', 'befolkning.folketal'], { folder: root, pipeline });
    const path = join(root, folketal);
    writeFileSync(path, readFileSync(path, 'utf8').replace(doubled[1], doubled[2]));
    const { code, errors, output } = await ran(['check', '--impact'], { folder: root, pipeline });
    expect(code).toBe(1);
    expect(errors).toContain('error[approved-changed]');
    expect(output).toContain('98 of 98 figures move');
  });

  it('writes the same for programs, exactly', async () => {
    const csv = (await impactOf([doubled], '--format', 'csv')).output.trimEnd().split('\n');
    const [names = [], row = []] = csv.map((line) => line.split(','));
    const record = Object.fromEntries(names.map((name, at) => [name, row[at]]));
    expect(csv).toHaveLength(2);
    expect(record).toMatchObject({
      cube: 'befolkning',
      kpi: 'befolkning.folketal',
      change: 'changed',
      newest_moved: '98',
      newest_of: '98',
      newest_largest: '101',
      national_before: '6025511',
      national_after: '12051022',
    });
    const cubes: readonly { readonly cube: string }[] = JSON.parse(
      (await impactOf([doubled], '--format', 'json')).output,
    );
    expect(cubes.find(({ cube }) => cube === 'befolkning')).toMatchObject({
      cube: 'befolkning',
      kpis: [{ national_after: '12051022', newest_moved: '98' }],
    });
  });
});
