import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPlain } from '../../src/model/rational.ts';
import { impact, verify } from '../../src/pipeline.ts';
import { upgradeModel } from '../../src/serve/upgradeModel.ts';
import { openPublished, type Published, soundValue } from '../support/published.ts';
import { outsideOf } from '../support/workspace.ts';

/**
 * Published by the program of commit 5d41729, the last whose models had none of the words that came after. Its editions
 * were not signed yet; the manifest is as it was, in an envelope of now.
 */
const earlier = join(import.meta.dirname, '..', 'golden', 'earlier', 'format1');

let root = '';
let published: Published;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flis-earlier-'));
  cpSync(earlier, root, { recursive: true });
  published = await openPublished(root);
});
afterAll(async () => {
  await published.close();
  rmSync(root, { recursive: true, force: true });
});

async function rows(request: object) {
  const answer = soundValue(
    await published.ask(await published.open('proeve', 1), { cube: 'proeve', kpis: [], by: [], ...request }),
  );
  return answer.rows.map(({ members, cells }) =>
    [...members, ...cells.map(({ status, value }) => (value ? toPlain(value, 6) : status))].join(' '),
  );
}

describe('an edition of format 1', () => {
  it.each(['cells', 'base'] as const)('says what the program that made it said, from %s', async (route) => {
    expect(await rows({ kpis: ['pr_1000', 'kvinder'], by: ['kommune', 'maaned'], route })).toEqual([
      '101 2026M01 30.5 20',
      '101 2026M02 32.5 21',
      '147 2026M01 below_coverage suppressed',
      '147 2026M02 50 6',
      '751 2026M01 24 7',
      '751 2026M02 28 9',
    ]);
    expect(await rows({ kpis: ['pr_1000', 'kvinder'], by: ['region'], period: '2026M02', route })).toEqual([
      '082 28 9',
      '084 35.416667 27',
    ]);
    const most = { kpis: ['stoerste'], by: ['koen'], period: '2026M02', where: 'kommune == "101"', route };
    expect(await rows(most)).toEqual(['1 11.5', '2 21']);
  });

  it('is whole, and what is defined now can be compared with it', async () => {
    expect(
      soundValue(await verify(outsideOf(root), { cube: 'proeve', edition: null, rebuild: false })),
    ).toBeDefined();
    const [compared] = soundValue(await impact(outsideOf(root)));
    expect(compared).toMatchObject({ cube: 'proeve', kpis: [] });
  });
});

describe('an edition of a format that is not known', () => {
  it('is refused with the reason', () => {
    const { value, diagnostics } = upgradeModel({ format: 3 }, '2027M01-1-abcdef01');
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['edition-too-new']);
  });
});
