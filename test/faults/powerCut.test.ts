import { describe, expect, it } from 'vitest';
import { type Processes, posixStore } from '../../src/catalog/posixStore.ts';
import { publishStep, versionOf } from './publishStep.ts';
import { type Random, randomOf } from './random.ts';
import { type Faults, type SimulatedDisk, simulatedDisk } from './simulatedDisk.ts';
import { soundnessOf } from './soundness.ts';

/** CI cuts 2,000 times; `FAULT_SEEDS=100000` is the longer mode. */
const seeds = Number(process.env.FAULT_SEEDS ?? 400);
const cubes = ['ledighed', 'regnskab'] as const;

const processesOf = (own: number): Processes => ({
  own,
  isAlive: (id) => id === own,
  now: () => new Date(0),
});

const storeOn = (disk: SimulatedDisk, own: number) =>
  posixStore('/cubes/published', 'cubes/published', processesOf(own), disk.files);

/** Publishes until the power goes; gives what it was told is published. */
async function publisher(disk: SimulatedDisk, own: number, versions: number, random: Random) {
  const store = storeOn(disk, own);
  const told: string[] = [];
  try {
    for (let n = 0; n < versions; n += 1) {
      const cube = cubes[Math.floor(random() * cubes.length)] ?? cubes[0];
      const version = versionOf(cube, own * 100 + n, 2 + Math.floor(random() * 3), 700);
      const { number } = await publishStep(version, store, () => new Date(0));
      told.push(`${cube} ${number}`);
    }
  } catch (error) {
    if (!String(error).includes('the power is gone') && !String(error).includes('EDEAD')) throw error;
  }
  return told;
}

/** One life of a disk: two publishers at work, the power goes, the store is opened again. */
async function violationsOf(seed: number, faults: Faults = {}): Promise<readonly string[]> {
  const random = randomOf(seed);
  const disk = simulatedDisk('/cubes', faults);
  disk.dieAt(1 + Math.floor(random() * 600));
  const told = (
    await Promise.all([
      publisher(disk, 11, 3, randomOf(seed + 1)),
      publisher(disk, 12, 3, randomOf(seed + 2)),
    ])
  ).flat();
  disk.cut(random);

  const store = storeOn(disk, 13);
  const after = await soundnessOf(store);
  const violations = [...after.problems];
  for (const each of told) {
    const [cube, number] = each.split(' ');
    if (!after.numbers.get(cube ?? '')?.includes(Number(number)))
      violations.push(`${each} was published and is gone`);
  }
  if (new Set(told).size < told.length) violations.push('a number was given twice');
  if (violations.length > 0) return violations;

  await store.sweep();
  if ((await disk.files.readdir('/cubes/published/.tmp').catch(() => [])).length > 0)
    violations.push('a temporary file is left after the sweep');
  const next = await publishStep(versionOf('ledighed', 999, 3, 700), store, () => new Date(0));
  if (next.number !== (after.numbers.get('ledighed')?.length ?? 0) + 1)
    violations.push(`${next.number} is not the next number`);
  return [...violations, ...(await soundnessOf(store)).problems];
}

describe('a power cut', () => {
  it(`at any call, with unsynced writes torn, lost and in any order, loses nothing published (${seeds} seeds)`, async () => {
    for (let seed = 0; seed < seeds; seed += 1) expect([seed, await violationsOf(seed)]).toEqual([seed, []]);
  });

  it('would be noticed by this test if a sync were left out', async () => {
    let noticed = 0;
    for (let seed = 0; seed < 100; seed += 1)
      noticed += (await violationsOf(seed, { lies: true }).catch(() => ['failed'])).length > 0 ? 1 : 0;
    expect(noticed).toBeGreaterThan(30);
  });
});
