import { describe, expect, it } from 'vitest';
import { codesIn, miniRoot } from '../support/miniRoot.ts';

const folketal = 'kpi-definitions/befolkning/folketal.yaml';
const kept = 'kpi-definitions/approved/befolkning.folketal.json';

describe('flis approve', () => {
  it('puts a draft into force, and keeps the hash of what it says beside it', async () => {
    const { flis, edit, read } = miniRoot();
    edit(folketal, 'status: approved', 'status: hearing # until 1 June');
    const { code, output, errors } = await flis(['approve', 'folketal']);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toBe(`approved befolkning.folketal version 1 (${folketal})\n`);
    expect(read(folketal)).toContain('status: approved # until 1 June\n');
    expect(JSON.parse(read(kept))).toEqual({
      kpi: 'befolkning.folketal',
      versions: { '1': { approved: '2026-08-19', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    expect((await flis(['approve', 'folketal'])).output).toBe('1 approved before: nothing to do\n');
  });

  it('lets comments and layout of a definition in force change, and its end be written', async () => {
    const { flis, edit, write, read } = miniRoot();
    await flis(['approve', '--all']);
    edit(folketal, 'label: { da: Folketal, en: Population }', 'label:\n  en: "Population"\n  da: "Folketal"');
    edit(folketal, 'status: approved', 'status: retired\nvalid_to: "2026"\nreason: { da: Slut, en: Over }');
    write(folketal, `# a word\n${read(folketal)}`);
    expect((await flis(['check'])).errors).toBe('');
  });

  it.each([
    ['a formula', 'formula: folketal', 'formula: folketal * 2'],
    ['a label', 'da: Folketal', 'da: Befolkning'],
    ['a first period', 'valid_from: "2020"', 'valid_from: "2021"'],
  ])('lets %s of it not change: that is a new version', async (_what, old, by) => {
    const { flis, edit } = miniRoot();
    await flis(['approve', '--all']);
    edit(folketal, old, by);
    const { code, errors } = await flis(['check']);
    expect(code).toBe(1);
    expect(errors).toContain(`${folketal}:2:10 error[approved-changed] Version 1 of "befolkning.folketal"`);
    expect(errors).toContain('write it as version 2 in a file of its own');
    // Nothing is built of it either, and it cannot be approved a second time.
    expect((await flis(['publish'])).code).toBe(1);
    expect(codesIn(await flis(['approve', 'folketal']))).toEqual(['approved-changed']);
  });

  it('lets it be a draft no more', async () => {
    const { flis, edit } = miniRoot();
    await flis(['approve', '--all']);
    edit(folketal, 'status: approved', 'status: draft');
    expect((await flis(['check'])).errors).toContain('cannot be draft again');
  });

  it('takes a successor as a version of its own, and keeps both hashes', async () => {
    const { flis, edit, read, write } = miniRoot();
    await flis(['approve', '--all']);
    const second = read(folketal)
      .replace('version: 1', 'version: 2')
      .replace('"2020"', '"2027"')
      .replace('status: approved', 'status: draft');
    edit(folketal, 'valid_from: "2020"', 'valid_from: "2020"\nvalid_to: "2026"');
    write('kpi-definitions/befolkning/folketal_2.yaml', second);
    expect((await flis(['approve', 'folketal'])).output).toBe(
      'approved befolkning.folketal version 2 (kpi-definitions/befolkning/folketal_2.yaml)\n1 approved before: nothing to do\n',
    );
    expect(Object.keys(JSON.parse(read(kept)).versions)).toEqual(['1', '2']);
  });

  it('misses a definition that was in force and is gone', async () => {
    const { flis, read, write } = miniRoot();
    await flis(['approve', '--all']);
    write(folketal, read(folketal).replace('version: 1', 'version: 2'));
    const checked = await flis(['check']);
    expect(codesIn(checked)).toEqual(['approved-removed', 'approval-missing']);
    expect(checked.errors).toContain(`${kept}:4:5 error[approved-removed]`);
  });

  it('takes no broken record of approvals for none', async () => {
    const { flis, write } = miniRoot();
    write(kept, '{"kpi": "befolkning.folketal"}');
    const checked = await flis(['check']);
    expect(checked.code).toBe(1);
    expect(codesIn(checked)).toContain('approval-damaged');
  });

  it('approves nothing while anything is wrong', async () => {
    const { flis, edit, read } = miniRoot();
    edit(folketal, 'formula: folketal', 'formula: folketl');
    edit(folketal, 'status: approved', 'status: draft');
    const { code, errors } = await flis(['approve', 'folketal']);
    expect(code).toBe(1);
    expect(errors).toContain('error[unknown-measure]');
    expect(read(folketal)).toContain('status: draft');
    expect(() => read(kept)).toThrow('ENOENT');
  });

  it('refuses what is retired, what nobody knows, and nothing at all', async () => {
    const { flis, edit } = miniRoot();
    edit(folketal, 'status: approved', 'status: retired\nreason: { da: Slut, en: Over }');
    expect(codesIn(await flis(['approve', 'folketal']))).toEqual(['not-to-approve']);
    const unknown = await flis(['approve', 'folketl']);
    expect(unknown.errors).toContain('error[unknown-kpi] There is no KPI named "folketl".');
    expect(unknown.errors).toContain('did you mean "folketal"?');
    expect((await flis(['approve'])).code).toBe(2);
  });
});

describe('a retired definition', () => {
  it('names what follows it, or why nothing does', async () => {
    const { flis, edit } = miniRoot();
    edit(folketal, 'status: approved', 'status: retired');
    const checked = await flis(['check']);
    expect(checked.code).toBe(1);
    expect(codesIn(checked)).toEqual(['retired-without-reason']);
    expect(checked.errors).toContain(`${folketal}:3:9 error`);
  });
});
