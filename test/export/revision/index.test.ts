import { describe, expect, it } from 'vitest';
import { revisionPage } from '../../../src/export/revision/index.ts';
import { exampleLedger, exampleReport } from '../../ledger/example.ts';

const page = revisionPage(exampleReport(), '2026-11-23');

/** A piece of the page as its text, spaces as one. */
const textOf = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

const sectionOf = (id: string) =>
  /<section id="[^"]*">[\s\S]*?<\/section>/g.exec(page.slice(page.indexOf(`<section id="${id}"`)))?.[0] ?? '';

describe('the revision report', () => {
  it('needs nothing else: no file, no network', () => {
    expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
    expect(page).not.toMatch(/@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  it('takes no name for markup', () => {
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('Beskæftigelse &lt;&amp;&gt;');
    expect(page).toContain('En &lt;bemærkning&gt;.');
  });

  it('says in both languages what moved, why, and what is behind it', () => {
    expect(textOf(sectionOf('noegletal'))).toContain(
      'Ledige pr. 1.000 Unemployed per 1,000 person/1000 borger',
    );
    expect(textOf(sectionOf('aarsager'))).toContain('star_2.csv (STAR 2026-08-19): rettede rækker');
    expect(textOf(sectionOf('leverancer'))).toContain(
      '2 star_2.csv STAR 2026-08-19 07:58 star.ledighed : 3 rettede changed',
    );
    expect(textOf(sectionOf('status'))).toContain('tal a number → diskretioneret suppressed');
  });

  it('draws the parts of a movement to one scale, the fall to the left', () => {
    const bars = sectionOf('delt').split('<h3>')[2] ?? '';
    const rects = [...bars.matchAll(/<rect class="(\w+)" x="([\d.]+)" y="2" width="([\d.]+)"/g)].map(
      ([, colour, x, width]) => [colour, Number(x), Number(width)],
    );
    // Of 320 wide: 0.8 to the right and 2.1 to the left, where the last part takes the rounding.
    expect(rects).toEqual([
      ['c0', 231.7, 88.3],
      ['c1', 0, 231.7],
      ['all', 88.3, 143.4],
    ]);
    expect(textOf(bars)).toMatch(/−2,1 −2\.1/);
  });

  it('says so where nothing differs', () => {
    const empty = revisionPage(exampleReport({ ...exampleLedger, entries: [] }), '2026-11-23');
    expect(empty).toContain('Intet tal er anderledes');
    expect(empty).not.toContain('<section id="noegletal"');
  });
});
