import { describe, expect, it } from 'vitest';
import type { EditionManifest } from '../../../src/catalog/types.ts';
import { codesIn, type MiniRoot, miniRoot } from '../../support/miniRoot.ts';

const header = 'Omraade,Maaned,Koen,Ydelse,Personer\n';
const kommuner = ['101', '400', '751', '851'] as const;

/** A figure for each month and kommune; null: none came. */
const release = (months: Readonly<Record<string, readonly (number | null)[]>>, total = 0) =>
  header +
  Object.entries(months)
    .flatMap(([month, figures]) => [
      ...figures.flatMap((figure, at) =>
        figure === null ? [] : [`${kommuner[at]},${month},1,kontanthjælp,${figure}\n`],
      ),
      ...(total > 0 ? [`000,${month},1,kontanthjælp,${total}\n`] : []),
    ])
    .join('');

function deliver(mini: MiniRoot, number: number, text: string): void {
  const file = `data/deliveries/ledighed_${number}.csv`;
  mini.write(file, text);
  mini.write(`${file}.receipt.yaml`, `received: "2026-0${number}-01T08:00:00Z"\n`);
}

/** Calm ones off, so that each case shows one gate alone. */
const quiet = `gates:
  deliveries: { action: off }
  coverage: [{ action: off }]
  reconciliation: [{ action: off }]
  revision: [{ action: off }]
  parts: { action: off }
  rollups: { action: off }
  independence: { action: off }
`;

/** A workspace whose cube asks only the gates that are written here, each in place of the quiet one. */
function withGates(written: string): MiniRoot {
  const mini = miniRoot();
  const [, name = ''] = /^ {2}(\w+):/.exec(written) ?? [];
  const gates = written === '' ? '' : `${quiet.replace(new RegExp(` {2}${name}: .*\n`), '')}${written}\n`;
  mini.edit('cubes/arbejde.yaml', 'wait_for: [star.ledighed]\n', `wait_for: [star.ledighed]\n${gates}`);
  return mini;
}

async function editionsOf(mini: MiniRoot): Promise<readonly EditionManifest[]> {
  const { output } = await mini.flis(['editions', 'arbejde', '--format', 'json']);
  return JSON.parse(output) as EditionManifest[];
}

const told = ({ gates = [] }: Pick<EditionManifest, 'gates'>) =>
  gates.map(({ id, outcome, counts }) => `${id} ${outcome} ${counts.failed}/${counts.compared}`);

const before = release({ '2026M01': [10, 20, 30, 40], '2026M02': [11, 21, 31, 41] });
/** January from 100 to 105, February not at all. */
const moved = release({ '2026M01': [10, 20, 35, 40], '2026M02': [11, 21, 31, 41] });

describe('gates', () => {
  it('are asked of a cube that says nothing of them, and let it pass with a warning', async () => {
    const mini = withGates('');
    deliver(mini, 1, before);
    const { code, output, errors } = await mini.flis(['publish', 'arbejde']);
    expect([code, errors.includes('error[')]).toEqual([0, false]);
    expect(output).toContain('revision');
    const [edition] = await editionsOf(mini);
    expect(edition && told(edition)).toEqual([
      'deliveries passed 0/11',
      // Nobody has said how many live there.
      'coverage:ledige_pr_1000 warned 1/1',
      'coverage passed 0/1',
      'coverage:not_asked not_run 0/0',
      'reconciliation:ledige_land not_run 0/0',
      'revision not_run 0/0',
      'parts passed 0/2',
      'rollups passed 0/2',
      'independence passed 0/2',
    ]);
  });

  it('that block keep the edition before, and say what moved and what can be done', async () => {
    const mini = withGates('  revision: [{ kpi: ledige, at_most: 0.049, action: block }]');
    deliver(mini, 1, before);
    await mini.flis(['publish', 'arbejde']);
    deliver(mini, 2, moved);
    const { code, output, errors } = await mini.flis(['publish', 'arbejde'], { columns: 120 });
    expect(code).toBe(1);
    expect(codesIn({ errors })).toContain('gate-blocked');
    expect(errors).toContain('ledige, 2026M01: was 100 and is 105, 5 %; at most 4.9 %.');
    expect(errors).toContain('flis publish arbejde --approve revision:ledige --by NAME --reason TEXT');
    expect(output).toMatch(/arbejde +blocked by revision:ledige +2026M02-1/);
    expect((await editionsOf(mini)).map(({ number }) => number)).toEqual([1]);
    const asked = await mini.flis([
      'query',
      'arbejde',
      '--kpi',
      'ledige',
      '--period',
      '2026M01',
      '--format',
      'csv',
    ]);
    expect(asked.output).toContain('100');
  });

  it('let an approval pass with name and reason, which stay in the edition', async () => {
    const mini = withGates('  revision: [{ kpi: ledige, at_most: 0.049, action: block }]');
    deliver(mini, 1, before);
    await mini.flis(['publish', 'arbejde']);
    deliver(mini, 2, moved);
    await mini.flis(['publish', 'arbejde']);
    const approve = ['--by', 'Ane Holm', '--reason', 'Aarhus har rettet januar'];
    const wrong = await mini.flis(['publish', 'arbejde', '--approve', 'coverage', ...approve]);
    expect([wrong.code, codesIn(wrong)]).toEqual([1, ['gate-blocked', 'gate-not-blocked']]);
    const both = ['--approve', 'revision', '--approve', 'coverage'];
    const half = await mini.flis(['publish', 'arbejde', ...both, ...approve]);
    expect([half.code, codesIn(half)]).toEqual([1, ['gate-blocked', 'gate-not-blocked']]);
    expect(await editionsOf(mini)).toHaveLength(1);

    const { code, output } = await mini.flis(['publish', 'arbejde', '--approve', 'revision', ...approve]);
    expect(code).toBe(0);
    expect(output).toContain(
      'revision:ledige was approved by Ane Holm, 2026-08-19: Aarhus har rettet januar',
    );
    expect((await editionsOf(mini)).at(-1)?.approvals).toEqual([
      {
        gate: 'revision:ledige',
        by: 'Ane Holm',
        reason: 'Aarhus har rettet januar',
        at: '2026-08-19T12:00:00.000Z',
      },
    ]);
    const listed = await mini.flis(['editions', 'arbejde'], { columns: 200 });
    expect(listed.output).toContain('was stopped by revision:ledige and approved on 2026-08-19 by Ane Holm');
    const asked = await mini.flis(['query', 'arbejde', '--kpi', 'ledige', '--format', 'json']);
    expect(asked.output).toContain('The edition was stopped by revision:ledige and approved by Ane Holm');
    const again = await mini.flis(['publish', 'arbejde', '--approve', 'revision', ...approve]);
    expect([again.code, codesIn(again)]).toEqual([1, ['gate-not-blocked']]);
  });

  it('are approved by somebody, for a reason, in one cube', async () => {
    const mini = withGates('');
    for (const args of [
      ['publish', '--approve', 'revision', '--by', 'A', '--reason', 'B'],
      ['publish', 'arbejde', '--approve', 'revision', '--by', 'A'],
      ['publish', 'arbejde', '--approve', 'revision', '--by', ' ', '--reason', 'B'],
      ['publish', 'arbejde', '--by', 'A'],
    ])
      expect((await mini.flis(args)).code).toBe(2);
  });

  it('stop one release and let the next one pass, which holds what was delivered of both', async () => {
    const mini = withGates('  revision: [{ at_most: 0.049, action: block }]');
    deliver(mini, 1, before);
    deliver(mini, 2, moved);
    deliver(mini, 3, release({ '2026M01': [10, 20, 30, 40], '2026M02': [11, 21, 31, 42] }));
    const { code, output } = await mini.flis(['publish', 'arbejde'], { columns: 120 });
    expect(code).toBe(0);
    expect(output).toContain('blocked on the way by revision:ledige');
    expect((await editionsOf(mini)).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('are tried without publishing, and stop the try too', async () => {
    const mini = withGates('  revision: [{ at_most: 0.049, action: block }]');
    deliver(mini, 1, before);
    await mini.flis(['publish', 'arbejde']);
    deliver(mini, 2, moved);
    const { code, errors } = await mini.flis(['publish', 'arbejde', '--dry-run']);
    expect([code, codesIn({ errors })]).toEqual([1, expect.arrayContaining(['gate-blocked'])]);
    expect(await editionsOf(mini)).toHaveLength(1);
  });
});

/** What a gate says of two releases, the second beside the first. */
async function said(written: string, first: string, second: string): Promise<readonly string[]> {
  const mini = withGates(written);
  deliver(mini, 1, first);
  deliver(mini, 2, second);
  await mini.flis(['publish', 'arbejde']);
  return told((await editionsOf(mini)).at(-1) ?? {});
}

describe('a gate', () => {
  it('of revision lets pass what moved as much as it may, and not more', async () => {
    expect(await said('  revision: [{ kpi: ledige, at_most: 0.05 }]', before, moved)).toEqual([
      'revision:ledige passed 0/2',
    ]);
    expect(await said('  revision: [{ kpi: ledige, at_most: 0 }]', before, moved)).toEqual([
      'revision:ledige warned 1/2',
    ]);
  });

  it('of revision leaves open periods alone, by its own word or as those that are preliminary', async () => {
    const late = release({ '2026M01': [10, 20, 30, 40], '2026M02': [99, 21, 31, 41] });
    expect(await said('  revision: [{ kpi: ledige, open: 1 }]', before, late)).toEqual([
      'revision:ledige passed 0/1',
    ]);
    const rule = '  revision: [{ kpi: ledige }]\npreliminary: { sources: { star.ledighed: 1 } }';
    expect(await said(rule, before, late)).toEqual(['revision:ledige passed 0/1']);
  });

  it('of revision takes a figure that is no longer one for moved', async () => {
    const gone = release({ '2026M01': [10, 20, null, 40], '2026M02': [11, 21, 31, 41] });
    expect(await said('  revision: [{ kpi: ledige, at_most: 1 }]', before, gone)).toEqual([
      'revision:ledige warned 1/2',
    ]);
  });

  it('of revision counts each member where a level is asked', async () => {
    expect(await said('  revision: [{ kpi: ledige, level: kommune }]', before, moved)).toEqual([
      expect.stringMatching(/^revision:ledige\/kommune warned 1\/8$/),
    ]);
  });

  it('of coverage counts what is known of what there should be', async () => {
    const three = release({ '2026M01': [10, 20, 30, null] });
    const rule = (least: number) => `  coverage: [{ kpi: ledige, at_least: ${least} }]`;
    expect(await said(rule(0.75), before, three)).toEqual(['coverage:ledige passed 0/1']);
    expect(await said(rule(0.76), before, three)).toEqual(['coverage:ledige warned 1/1']);
    expect(await said(rule(0), before, three)).toEqual(['coverage:ledige passed 0/1']);
  });

  it('of reconciliation says which figure is off', async () => {
    const mini = withGates('  reconciliation: [{ id: ledige_land, action: block }]');
    deliver(mini, 1, release({ '2026M01': [10, 20, 30, 40] }, 101));
    const { code, errors } = await mini.flis(['publish', 'arbejde']);
    expect(code).toBe(1);
    expect(errors).toContain("ledige by land beside the source's own: 1 of 1 figure differ");
    expect(await editionsOf(mini)).toEqual([]);
  });

  it('across sources holds one figure beside another', async () => {
    const rule = (limits: string) =>
      `  cross_source: [{ id: ledige_af_borgere, kpi: ledige, against: folketal, ${limits} }]`;
    const withPeople = async (limits: string) => {
      const mini = withGates(rule(limits));
      const file = 'data/deliveries/folketal_1.csv';
      mini.write(file, `KOMMUNE,AAR,PERSONER\n${kommuner.map((code) => `${code},2026,1000\n`).join('')}`);
      mini.write(`${file}.receipt.yaml`, 'received: "2026-01-01T08:00:00Z"\n');
      deliver(mini, 2, release({ '2026M01': [10, 20, 30, 40] }));
      await mini.flis(['publish', 'arbejde']);
      return told((await editionsOf(mini)).at(-1) ?? {});
    };
    // 100 of 4,000.
    expect(await withPeople('at_least: 0.025, at_most: 0.025')).toEqual([
      'cross_source:ledige_af_borgere passed 0/1',
    ]);
    expect(await withPeople('at_least: 0.0251')).toEqual(['cross_source:ledige_af_borgere warned 1/1']);
    expect(await said(rule('at_least: 0.02'), before, moved)).toEqual([
      'cross_source:ledige_af_borgere not_run 0/0',
    ]);
  });
});
