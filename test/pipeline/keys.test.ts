import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  editions,
  explain,
  listKeys,
  newKey,
  publish,
  query,
  retract,
  revokeKey,
  rotateKey,
  verify,
} from '../../src/pipeline.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

const cubes = ['befolkning'];
const question = { cube: 'befolkning', kpis: ['folketal'], by: ['land'] };
const unnamed = { name: null, to: null };
const everything = { cube: null, edition: null, rebuild: false };
let published = '';

beforeAll(async () => {
  published = bundledWorkspace({ keep: true });
  await publish(outsideOf(published), { cubes, period: null, dryRun: false });
  rmSync(join(published, 'kpi-definitions', 'approved'), { recursive: true });
});

afterAll(() => rmSync(published, { recursive: true, force: true }));

/** A publisher of one edition of one cube. */
function publisher(): string {
  const root = mkdtempSync(join(tmpdir(), 'flis-keys-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(published, root, { recursive: true });
  return root;
}

/** A further edition, of a definition that shows so many decimals. */
async function publishAgain(root: string, decimals: number, now?: string): Promise<readonly string[]> {
  const file = join(root, 'kpi-definitions', 'befolkning', 'folketal.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/decimals: \d/, `decimals: ${decimals}`));
  const outcome = await publish(outsideOf(root, now), { cubes, period: null, dryRun: false });
  return outcome.diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
}

async function asked(root: string, name: string | null = null, now?: string) {
  const { value, diagnostics } = await query(outsideOf(root, now), question, name);
  return value ? value.edition.number : diagnostics.map(({ code }) => code);
}

const states = async (root: string) =>
  (await listKeys(outsideOf(root))).value?.map(({ state, signs }) => `${state}${signs ? ', signs' : ''}`);
const codesOf = (said: { readonly diagnostics: readonly { readonly code: string }[] }) =>
  said.diagnostics.map(({ code }) => code);

describe('flis keys new', () => {
  it('signs from then on, and the keys before it stay good', async () => {
    const root = publisher();
    const made = await newKey(outsideOf(root), { name: 'kontor', to: '2028-01-01' });
    expect(made.value).toMatchObject({ made: 'kontor', ended: [], revoked: null });
    expect(await states(root)).toEqual(['in use', 'in use, signs']);
    expect(readdirSync(join(root, 'keys'))).toContain('kontor.pem');
    expect(await publishAgain(root, 1)).toEqual([]);
    const signers = (await editions(outsideOf(root), 'befolkning')).value?.map(({ signedBy }) => signedBy);
    expect([signers?.[0] === 'kontor', signers?.[1]]).toEqual([false, 'kontor']);
    expect(await asked(root)).toBe(2);
  });

  it('refuses a name that is taken, or is no name for a file', async () => {
    const root = publisher();
    await newKey(outsideOf(root), { name: 'kontor', to: null });
    for (const name of ['kontor', '../kontor', ''])
      expect(codesOf(await newKey(outsideOf(root), { name, to: null }))).toEqual(['bad-key-name']);
    expect(codesOf(await newKey(outsideOf(root), { name: null, to: 'soon' }))).toEqual(['bad-time']);
  });
});

describe('a key with an end', () => {
  it('is told of in time, signs nothing after it, and what it signed stays good', async () => {
    const root = publisher();
    await rotateKey(outsideOf(root), { name: 'short', to: '2027-01-01' });
    expect(await publishAgain(root, 1, '2026-11-24T12:00:00Z')).toEqual(['key-ends-soon']);
    expect(await publishAgain(root, 2, '2027-01-02T12:00:00Z')).toEqual(['no-signing-key']);
    expect(await asked(root, null, '2027-01-02T12:00:00Z')).toEqual(['key-out-of-use']);
    expect(await asked(root, '2', '2027-01-02T12:00:00Z')).toBe(2);
  });
});

describe('flis keys rotate', () => {
  it('replaces the key: it vouches for what there is and for nothing after it', async () => {
    const root = publisher();
    const thief = publisher();
    const { value } = await rotateKey(outsideOf(root), unnamed);
    expect([value?.ended.length, value?.renewed]).toEqual([1, ['befolkning']]);
    expect(await states(root)).toEqual(['out of use', 'in use, signs']);
    expect((await listKeys(outsideOf(root))).value?.[0]?.vouches).toEqual({ 'befolkning/editions': 1 });
    expect([
      await asked(root),
      await publishAgain(root, 1),
      await asked(root),
      await asked(root, '1'),
    ]).toEqual([1, [], 2, 1]);
    // Who has got hold of the old key signs with it what looks like the next edition.
    await publishAgain(thief, 1);
    await publishAgain(thief, 2);
    const third = join('cubes', 'published', 'befolkning', 'editions', '00000003.json');
    cpSync(join(thief, third), join(root, third));
    expect(await asked(root)).toEqual(['key-out-of-use']);
    const report = await verify(outsideOf(root), everything);
    expect(
      report.value?.map(({ edition, signedBy, chain }) => [edition.slice(0, 5), signedBy !== null, chain]),
    ).toEqual([
      ['no. 3', false, 'unknown'],
      ['2026-', true, 'holds'],
      ['2026-', true, 'holds'],
    ]);
  });
});

describe('flis keys revoke', () => {
  it('takes the word of a key away from a number on, and the publisher goes on with a new one', async () => {
    const root = publisher();
    await publishAgain(root, 1);
    const name = (await listKeys(outsideOf(root))).value?.[0]?.name ?? '';
    const reason = 'The machine was stolen.';
    const last = new Map([['befolkning', 1]]);
    expect(codesOf(await revokeKey(outsideOf(root), { key: 'publisher', reason, last }))).toEqual([
      'no-such-key',
    ]);
    const { value } = await revokeKey(outsideOf(root), { key: name, reason, last });
    expect([value?.revoked, value?.made !== null]).toEqual([name, true]);
    expect(await states(root)).toEqual(['revoked', 'in use, signs']);
    expect([await asked(root), await asked(root, '2'), await asked(root, '1')]).toEqual([
      ['key-out-of-use'],
      ['key-out-of-use'],
      1,
    ]);
    // What was forged is put away by hand; then the chain goes on from the last good one.
    rmSync(join(root, 'cubes', 'published', 'befolkning', 'editions', '00000002.json'));
    rmSync(join(root, '.flis'), { recursive: true });
    rmSync(join(root, 'cubes', 'published', 'befolkning', 'newest.json'));
    expect([await publishAgain(root, 2), await asked(root)]).toEqual([[], 2]);
  });

  it('with everything good leaves every edition as it is, and refuses what comes after', async () => {
    const root = publisher();
    const name = (await listKeys(outsideOf(root))).value?.[0]?.name ?? '';
    await revokeKey(outsideOf(root), { key: name, reason: 'Lost.', last: new Map() });
    expect([
      await asked(root),
      await asked(root, '1'),
      await publishAgain(root, 1),
      await asked(root),
    ]).toEqual([1, 1, [], 2]);
    const unknown = { key: name, reason: 'x', last: new Map([['befolkning', 9]]) };
    expect(codesOf(await revokeKey(outsideOf(root), unknown))).toEqual(['unknown-edition']);
  });
});

describe('flis retract', () => {
  const taken = { cube: 'befolkning', edition: '2', reason: 'To kommuner var byttet om.', by: 'anna' };

  it('makes the edition before it the newest, and says why everywhere', async () => {
    const root = publisher();
    await publishAgain(root, 1);
    const { value } = await retract(outsideOf(root), taken);
    expect([value?.retraction.number, value?.newest?.slice(0, 6)]).toEqual([1, '2026-1']);
    const notes = async (name: string | null) => {
      const answer = (await query(outsideOf(root), question, name)).value;
      return [
        answer?.edition.number,
        answer?.notes.filter(({ kind }) => kind === 'retraction').map(({ text }) => text.en),
      ];
    };
    const id = value?.retraction.id;
    const said = 'was taken back on 2026-11-23 by anna: To kommuner var byttet om.';
    expect(await notes(null)).toEqual([1, [`A newer edition, ${id}, ${said}`]]);
    expect(await notes('2')).toEqual([2, [`The edition ${id} ${said}`]]);
    expect(await notes('1')).toEqual([1, []]);
    const warned = async (name: string | null) =>
      (await query(outsideOf(root), question, name)).diagnostics.map(({ code, severity }) => [
        code,
        severity,
      ]);
    expect([await warned(null), await warned('2'), await warned('1')]).toEqual([
      [['edition-retracted', 'warning']],
      [['edition-retracted', 'warning']],
      [],
    ]);
    const explained = await explain(outsideOf(root), {
      cube: 'befolkning',
      kpi: 'folketal',
      where: null,
      period: null,
      hierarchy: null,
      edition: '2',
    });
    expect(explained.value?.answer.notes[0]?.text.en).toBe(`The edition ${id} ${said}`);
    const listed = (await editions(outsideOf(root), 'befolkning')).value;
    expect(listed?.map(({ retraction }) => retraction?.reason ?? null)).toEqual([null, taken.reason]);
    expect(codesOf(await retract(outsideOf(root), taken))).toEqual(['already-retracted']);
  });

  it('of every edition leaves none that may be shown, until a new one comes', async () => {
    const root = publisher();
    const { value } = await retract(outsideOf(root), { ...taken, edition: '1' });
    expect(value?.newest).toBeNull();
    expect(await asked(root)).toEqual(['no-visible-edition']);
    expect([await publishAgain(root, 1), await asked(root)]).toEqual([[], 2]);
  });

  it('cannot be undone by taking its record away', async () => {
    const root = publisher();
    await publishAgain(root, 1);
    await retract(outsideOf(root), taken);
    rmSync(join(root, 'cubes', 'published', 'befolkning', 'retractions'), { recursive: true });
    expect([await asked(root), await asked(root, '2')]).toEqual([['rolled-back'], ['rolled-back']]);
    rmSync(join(root, '.flis'), { recursive: true });
    expect(await asked(root)).toEqual(['rolled-back']);
  });

  it('refuses an edition that is not there, and needs the key', async () => {
    const root = publisher();
    expect(codesOf(await retract(outsideOf(root), { ...taken, edition: '7' }))).toEqual(['unknown-edition']);
    rmSync(join(root, 'keys'), { recursive: true });
    expect(codesOf(await retract(outsideOf(root), { ...taken, edition: '1' }))).toEqual(['no-signing-key']);
  });
});
