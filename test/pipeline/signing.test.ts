import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editions, publish, query } from '../../src/pipeline.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

const folketal = { cubes: ['befolkning'], period: null, dryRun: false };
const question = { cube: 'befolkning', kpis: ['folketal'], by: ['land'] };
const codesOf = (said: { readonly diagnostics: readonly { readonly code: string }[] }) =>
  said.diagnostics.map(({ code }) => code);

describe('the first publish', () => {
  it('makes a key that only its owner reads, and a trust root without the private half', async () => {
    const root = bundledWorkspace();
    const { value } = await publish(outsideOf(root), folketal);
    const [file = ''] = readdirSync(join(root, 'keys'));
    expect(file).toBe(`${value?.newKey?.name}.pem`);
    expect(statSync(join(root, 'keys', file)).mode & 0o777).toBe(0o600);
    const trust = readFileSync(join(root, 'trust.json'), 'utf8');
    expect([JSON.parse(trust).keys.length, trust.includes('PRIVATE')]).toEqual([1, false]);
    expect((await publish(outsideOf(root), folketal)).value?.newKey).toBeNull();
  });

  it('makes none when it is only tried', async () => {
    const root = bundledWorkspace();
    const { value } = await publish(outsideOf(root), { ...folketal, dryRun: true });
    expect([
      value?.newKey,
      readdirSync(root).includes('keys'),
      readdirSync(root).includes('trust.json'),
    ]).toEqual([null, false, false]);
    await publish(outsideOf(root), folketal);
    const again = await publish(outsideOf(root), { ...folketal, dryRun: true });
    expect(again.value?.cubes.map(({ outcome }) => outcome)).toEqual(['unchanged']);
  });

  it('takes the key that lies in the named folder', async () => {
    const [first, second] = [bundledWorkspace(), bundledWorkspace()];
    await publish(outsideOf(first), folketal);
    const keys = join(first, 'keys');
    await publish({ ...outsideOf(second), keys }, folketal);
    const keyOf = (root: string) => JSON.parse(readFileSync(join(root, 'trust.json'), 'utf8')).keys[0].keyid;
    expect(keyOf(second)).toBe(keyOf(first));
    expect(readdirSync(second)).not.toContain('keys');
  });
});

describe('publish', () => {
  it('warns where others may read the private half', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root), folketal);
    const [file = ''] = readdirSync(join(root, 'keys'));
    chmodSync(join(root, 'keys', file), 0o644);
    expect(codesOf(await publish(outsideOf(root), folketal))).toContain('key-readable');
  });

  it('refuses without the private half, and without a trust root where something is published', async () => {
    const root = bundledWorkspace();
    await publish(outsideOf(root), folketal);
    const trust = readFileSync(join(root, 'trust.json'));
    rmSync(join(root, 'keys'), { recursive: true });
    expect(codesOf(await publish(outsideOf(root), folketal))).toContain('no-signing-key');
    // A reader needs no key.
    expect((await query(outsideOf(root), question, null)).diagnostics).toEqual([]);
    rmSync(join(root, 'trust.json'));
    expect(codesOf(await publish(outsideOf(root), folketal))).toContain('no-trust-root');
    expect(codesOf(await query(outsideOf(root), question, null))).toEqual(['no-trust-root']);
    writeFileSync(join(root, 'trust.json'), trust.subarray(0, 100));
    expect(codesOf(await query(outsideOf(root), question, null))).toEqual(['trust-root-damaged']);
    expect(codesOf(await editions(outsideOf(root), null))).toEqual(['trust-root-damaged']);
  });
});
