import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { miniRoot } from '../support/miniRoot.ts';

const folketal = 'kpi-definitions/befolkning/folketal.yaml';

/** Tags that are opened and not closed, or the other way round; void ones are neither. */
function unbalanced(markup: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const isVoid = /^(meta|link|input|br|hr|img)$/;
  for (const [, closing, name = '', own] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/gi)) {
    if (own === '/' || isVoid.test(name)) continue;
    if (closing === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else wrong.push(name);
  }
  return [...wrong, ...open];
}

describe('flis docs', () => {
  it('writes a page a KPI, a way in, and nothing that needs a network', async () => {
    const { flis, read, root } = miniRoot();
    const { code, output, errors } = await flis(['docs', '--to', 'katalog']);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toBe('wrote 6 files; begin at katalog/index.html\n');
    const pages = readdirSync(join(root, 'katalog/kpi'));
    expect(pages).toContain('befolkning.folketal.html');
    const index = read('katalog/index.html');
    for (const page of pages) expect(index).toContain(`href="kpi/${page}"`);
    for (const file of [
      'index.html',
      'catalogue.css',
      'catalogue.js',
      ...pages.map((page) => `kpi/${page}`),
    ]) {
      expect(read(`katalog/${file}`)).not.toMatch(/https?:|@import|url\(|fetch\(/);
    }
    for (const page of pages) expect(unbalanced(read(`katalog/kpi/${page}`))).toEqual([]);
    expect(unbalanced(index)).toEqual([]);
  });

  it('tells of a KPI what its file says, in both languages, and where it comes from', async () => {
    const { flis, read } = miniRoot();
    await flis(['approve', '--all']);
    await flis(['docs', '--to', 'k']);
    const page = read('k/kpi/beskaeftigelse.ledige_pr_1000.html');
    for (const said of [
      '<a href="#komponent-folketal">folketal</a>',
      'id="komponent-folketal"',
      '<tspan lang="en">Unemployed',
      'Unemployed',
      'dst.folketal',
      'star.ledighed',
      'lower is better',
      '2026-08-19',
      '>arbejde</text>',
    ])
      expect(page).toContain(said);
    // Lines of the graph: two sources, two components, one KPI, one cube.
    expect(page.match(/<path d=/g)).toHaveLength(5);
  });

  it('escapes everything that a definition may say', async () => {
    const { flis, edit, read } = miniRoot();
    const evil = `<script>alert("x")</script> & 'y'`;
    edit(
      folketal,
      'label: { da: Folketal, en: Population }',
      `label: { da: ${JSON.stringify(evil)}, en: Population }`,
    );
    edit(
      folketal,
      'unit: borger',
      `flis_id: ${JSON.stringify(evil)}\nnote: ${JSON.stringify(evil)}\nunit: borger`,
    );
    await flis(['docs', '--to', 'k']);
    for (const file of [
      'k/index.html',
      'k/kpi/befolkning.folketal.html',
      'k/kpi/beskaeftigelse.ledige_pr_1000.html',
    ]) {
      expect(read(file)).not.toContain('<script>alert');
      expect(unbalanced(read(file))).toEqual([]);
    }
    expect(read('k/kpi/befolkning.folketal.html')).toContain(
      '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;',
    );
  });

  it('says loudly that a draft is one, keeps old versions, and shows the FLIS record', async () => {
    const { flis, edit, read, write } = miniRoot();
    const second = read(folketal)
      .replace('version: 1', 'version: 2')
      .replace('status: approved', 'status: draft')
      .replace('"2020"', '"2027"')
      .replace(
        'unit: borger',
        'flis_record: { visningstype: Normal, andet: { "eFLIS-nummer": "9" } }\nunit: borger',
      );
    edit(folketal, 'valid_from: "2020"', 'valid_from: "2020"\nvalid_to: "2026"');
    write('kpi-definitions/befolkning/folketal_2.yaml', second);
    await flis(['docs', '--to', 'k']);
    const page = read('k/kpi/befolkning.folketal.html');
    expect(page).toContain('Draft: the definition is not confirmed');
    expect(page).toContain('2020 – 2026');
    expect(page).toContain('folketal_2.yaml');
    expect(page).toContain('<dt>eFLIS-nummer</dt><dd class="kept">9</dd>');
  });

  it('writes nothing of definitions with errors', async () => {
    const { flis, edit, read } = miniRoot();
    edit(folketal, 'formula: folketal', 'formula: folketl');
    expect((await flis(['docs', '--to', 'k'])).code).toBe(1);
    expect(() => read('k/index.html')).toThrow('ENOENT');
  });
});
