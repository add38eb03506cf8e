import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { canonicalBytes } from '../../src/catalog/canonicalJson.ts';
import { sealEnvelope } from '../../src/catalog/envelope.ts';
import { objectPath } from '../../src/catalog/objects.ts';
import { memoryIn } from '../../src/catalog/seen.ts';
import { type Signer, signingKeyIn } from '../../src/catalog/signingKey.ts';
import type { EditionManifest } from '../../src/catalog/types.ts';
import { publish, query, verify } from '../../src/pipeline.ts';
import { testSigning } from '../support/signing.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

/**
 * Whoever can write to the store, or stands between it and the reader, tries to pass off a figure: each attack on a
 * workspace that was really published, twice, through the way that `flis query` goes.
 */
const cubes = ['befolkning', 'regnskab'];
const published = '2026-11-23T12:00:00Z';
const question = { cube: 'befolkning', kpis: ['folketal'], by: ['land'] };

/** The workspace after its first edition, and after its second. */
let first = '';
let second = '';

beforeAll(async () => {
  second = bundledWorkspace({ keep: true });
  await publish(outsideOf(second, published), { cubes, period: null, dryRun: false });
  first = mkdtempSync(join(tmpdir(), 'flis-first-'));
  cpSync(second, first, { recursive: true });
  rmSync(join(second, 'kpi-definitions', 'approved'), { recursive: true });
  const file = join(second, 'kpi-definitions', 'befolkning', 'folketal.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('decimals: 0', 'decimals: 1'));
  await publish(outsideOf(second, published), { cubes, period: null, dryRun: false });
});

afterAll(() => {
  for (const root of [first, second]) rmSync(root, { recursive: true, force: true });
});

/** A reader of the two editions who has read nothing yet; with `from` null only of the first. */
function reader(from = second): string {
  const root = mkdtempSync(join(tmpdir(), 'flis-reader-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const part of ['cubes', 'data', 'kpi-definitions', 'keys', 'trust.json'])
    cpSync(join(from, part), join(root, part), { recursive: true });
  return root;
}

const storeOf = (root: string, ...path: readonly string[]) => join(root, 'cubes', 'published', ...path);
const edition = (root: string, number: number, cube = 'befolkning') =>
  storeOf(root, cube, 'editions', `${String(number).padStart(8, '0')}.json`);
const claim = (root: string, cube = 'befolkning') => storeOf(root, cube, 'newest.json');
const payloadIn = (file: string): string =>
  Buffer.from(JSON.parse(readFileSync(file, 'utf8')).payload, 'base64').toString('utf8');
const manifestIn = (file: string): EditionManifest => JSON.parse(payloadIn(file)).predicate;

async function codes(root: string, name: string | null = null, now = published) {
  const { value, diagnostics } = await query(outsideOf(root, now), question, name);
  return value ? ['answered', ...diagnostics.map(({ code }) => code)] : diagnostics.map(({ code }) => code);
}

/** The same content as it stands there, or changed, signed by somebody. */
function signAs(file: string, signer: Signer, payloadType?: string, change = (text: string) => text): void {
  const envelope = JSON.parse(readFileSync(file, 'utf8'));
  const payload = new TextEncoder().encode(change(payloadIn(file)));
  writeFileSync(file, sealEnvelope(payloadType ?? envelope.payloadType, payload, signer));
}

/** The publisher's own key: for what even the publisher's signature must not carry. */
function ownKey(root: string): Signer {
  const [name = ''] = readdirSync(join(root, 'keys'));
  const key = signingKeyIn(readFileSync(join(root, 'keys', name), 'utf8'));
  if (!key) throw new Error('the workspace has its key');
  return key;
}

describe('without an attack', () => {
  it('both editions answer, the newest where none is named', async () => {
    const root = reader();
    expect([await codes(root), await codes(root, '1'), await codes(root, '2')]).toEqual([
      ['answered'],
      ['answered'],
      ['answered'],
    ]);
    const { value } = await query(outsideOf(root, published), question, null);
    expect(value?.edition.number).toBe(2);
  });

  it('a publisher who died before saying so has published all the same', async () => {
    const root = reader();
    cpSync(claim(first), claim(root));
    const { value } = await query(outsideOf(root, published), question, null);
    expect(value?.edition.number).toBe(2);
  });
});

describe('the five attacks', () => {
  it('an edition that is not signed is refused', async () => {
    const root = reader();
    const manifest = manifestIn(edition(root, 2));
    writeFileSync(edition(root, 3), canonicalBytes({ ...manifest, number: 3, format: 1 }));
    expect(await codes(root)).toEqual(['not-signed']);
    expect(await codes(root, '3')).toEqual(['not-signed']);
    const bare = { ...JSON.parse(readFileSync(edition(root, 2), 'utf8')), signatures: [] };
    writeFileSync(edition(root, 2), canonicalBytes(bare));
    expect(await codes(root, '2')).toEqual(['not-signed']);
    writeFileSync(claim(root), payloadIn(claim(root)));
    rmSync(edition(root, 3));
    expect(await codes(root)).toEqual(['not-signed']);
  });

  it('an edition that somebody else has signed is refused', async () => {
    const root = reader();
    signAs(edition(root, 2), testSigning().signer);
    expect(await codes(root, '2')).toEqual(['unknown-signer']);
    signAs(claim(root), testSigning().signer);
    expect(await codes(root)).toEqual(['unknown-signer']);
  });

  it('a store that was set back is refused by whoever has seen more', async () => {
    const root = reader();
    expect(await codes(root)).toEqual(['answered']);
    rmSync(storeOf(root), { recursive: true });
    cpSync(storeOf(first), storeOf(root), { recursive: true });
    expect(await codes(root)).toEqual(['rolled-back']);
    rmSync(storeOf(root), { recursive: true });
    expect(await codes(root)).toEqual(['rolled-back']);
    const again = await publish(outsideOf(root, published), { cubes, period: null, dryRun: false });
    expect(again.diagnostics.map(({ code }) => code)).toContain('rolled-back');
    // Who knows better says so.
    rmSync(join(root, '.flis'), { recursive: true });
    cpSync(storeOf(first), storeOf(root), { recursive: true });
    expect(await codes(root)).toEqual(['answered']);
  });

  it('a store put together of two times is refused', async () => {
    const gone = reader();
    rmSync(edition(gone, 2));
    expect(await codes(gone)).toEqual(['editions-mixed']);
    const forked = reader(first);
    rmSync(join(forked, 'kpi-definitions', 'approved'), { recursive: true });
    const file = join(forked, 'kpi-definitions', 'befolkning', 'folketal.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('decimals: 0', 'decimals: 2'));
    await publish(outsideOf(forked, published), { cubes, period: null, dryRun: false });
    const root = reader();
    cpSync(edition(forked, 2), edition(root, 2));
    expect(await codes(root)).toEqual(['editions-mixed']);
    const swapped = reader();
    const [own, other] = [1, 2].map((number) => manifestIn(edition(swapped, number)).model);
    if (!own || !other) throw new Error('both have a model');
    cpSync(storeOf(swapped, objectPath(own)), storeOf(swapped, objectPath(other)));
    expect(await codes(swapped)).toEqual(['object-damaged']);
  });

  it('a claim to be the newest that is too old is refused, and a named edition never is', async () => {
    const root = reader();
    expect(await codes(root, null, '2027-01-07T11:59:59Z')).toEqual(['answered']);
    expect(await codes(root, null, '2027-01-07T12:00:00Z')).toEqual(['claim-expired']);
    expect(await codes(root, '2', '2038-01-19T03:14:08Z')).toEqual(['answered']);
    const later = '2027-01-20T12:00:00Z';
    const again = await publish(outsideOf(root, later), { cubes, period: null, dryRun: false });
    expect(again.value?.cubes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    expect(await codes(root, null, later)).toEqual(['answered']);
  });
});

describe('also', () => {
  it('changed content is refused, though its envelope looks whole', async () => {
    const root = reader();
    const envelope = JSON.parse(readFileSync(edition(root, 2), 'utf8'));
    const payload = payloadIn(edition(root, 2)).replace('"period": "2026"', '"period": "2027"');
    expect(payload).not.toBe(payloadIn(edition(root, 2)));
    const changed = { ...envelope, payload: Buffer.from(payload).toString('base64') };
    writeFileSync(edition(root, 2), canonicalBytes(changed));
    expect(await codes(root, '2')).toEqual(['signature-invalid']);
    const report = await verify(outsideOf(root, published), { cube: null, edition: null, rebuild: false });
    expect(report.diagnostics.map(({ code }) => code)).toContain('signature-invalid');
  });

  it('what was signed as something else is refused', async () => {
    const root = reader();
    cpSync(claim(root), edition(root, 3));
    expect(await codes(root)).toEqual(['signature-invalid']);
    signAs(edition(root, 2), ownKey(root), 'application/vnd.flis-kuber.newest+json');
    expect(await codes(root, '2')).toEqual(['signature-invalid']);
  });

  it('an edition of another cube, or of another number, is refused', async () => {
    const root = reader();
    cpSync(edition(root, 1, 'regnskab'), edition(root, 1));
    expect(await codes(root, '1')).toEqual(['misplaced-record']);
    cpSync(edition(root, 2), edition(root, 3));
    expect(await codes(root)).toEqual(['misplaced-record']);
    const replaced = reader();
    rmSync(storeOf(replaced, 'befolkning'), { recursive: true });
    cpSync(storeOf(replaced, 'regnskab'), storeOf(replaced, 'befolkning'), { recursive: true });
    expect(await codes(replaced)).toEqual(['misplaced-record']);
  });

  it('a claim that is gone, or said in time to come, is none', async () => {
    const root = reader();
    expect(await codes(root, null, '2001-01-01T00:00:00Z')).toEqual(['claim-ahead']);
    rmSync(claim(root));
    expect(await codes(root)).toEqual(['claim-missing']);
    expect(await codes(root, '2')).toEqual(['answered']);
    const report = await verify(outsideOf(root, published), {
      cube: 'befolkning',
      edition: null,
      rebuild: false,
    });
    expect(report.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['claim-missing', 'warning'],
    ]);
  });

  it('a reader whose memory was damaged does not believe it, and one without has none', async () => {
    const root = reader();
    await codes(root);
    writeFileSync(join(root, '.flis', 'seen', 'befolkning.json'), 'no json');
    expect(await codes(root)).toEqual(['memory-damaged']);
    const seen = { format: 1, number: 1, sha256: '0'.repeat(64), retractions: 0 } as const;
    const said = await memoryIn('/sys').remember('befolkning', seen);
    expect(said.map(({ code, severity }) => [code, severity])).toEqual([['not-remembered', 'info']]);
  });
});
