import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const page = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8');
const section = page.slice(page.indexOf('\n## Rows\n')).split(/\n## (?!Rows)/)[0] ?? '';
const blocks = [...section.matchAll(/```(\w+) ?(\S*)\n([\s\S]*?)```/g)].map(([, kind, name, text = '']) => ({
  kind,
  name,
  text,
}));

/** Cells of the tables whose first column is called so. */
function table(first: string): string[][] {
  const lines = section.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`)) + 2;
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines
    .slice(start, end < 0 ? undefined : end)
    .filter((line) => line !== '')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

const definitions: RowsWorld = Object.fromEntries([
  ...blocks
    .filter(({ kind }) => kind === 'yaml')
    .map(({ text }, at) => [`kpi-definitions/side/${at}.yaml`, text]),
  ...blocks.filter(({ kind }) => kind === 'csv').map(({ name, text }) => [`data/deliveries/${name}`, text]),
]);

describe('the rows of docs/language.md', () => {
  it('give the figures that stand there', async () => {
    const figures = table('figure');
    expect(figures.length).toBeGreaterThan(5);
    const world = await publishWorld({
      ...definitions,
      ...Object.fromEntries(
        figures.map(([name = '', measure = '']) => [
          `kpi-definitions/side/k_${name}.yaml`,
          kpiOf(name, measure),
        ]),
      ),
      'cubes/proeve.yaml': cubeOf(
        figures.map(([name = '']) => `proeve.${name}`),
        ['kommune'],
        'skole.elever',
      ),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    for (const [name = '', , kommune = '', january = '', february = ''] of figures) {
      const answer = await world.ask({ kpis: [name], by: ['kommune', 'maaned'], period: '2026M01..2026M02' });
      expect(answer.filter((line) => line.startsWith(`${kommune} `))).toEqual([
        `${kommune} 2026M01 ${january}`,
        `${kommune} 2026M02 ${february}`,
      ]);
    }
  });

  it('have expressions that give what stands there', async () => {
    const examples = table('expression');
    expect(examples.length).toBeGreaterThan(10);
    const world = await publishWorld({
      ...definitions,
      ...Object.fromEntries(
        examples.flatMap(([expression = '', gives = ''], at) => {
          const sum = gives.startsWith('"')
            ? `if(${expression} == ${gives}, 1, 0)`
            : `if(1 == 1, ${expression}, 0)`;
          const measure = `source: skole.elever, role: skoleejerkommune, max: tal`;
          const rows = `rows: side.r${at}\nlabel: { da: r, en: r }\nfrom: skole.elever\nsteps:\n  - derive: { tal: { value: '${sum}' } }\n`;
          return [
            [`kpi-definitions/side/r_${at}.yaml`, rows],
            [
              `kpi-definitions/side/e_${at}.yaml`,
              kpiOf(`e${at}`, measure.replace('skole.elever', `side.r${at}`)),
            ],
          ];
        }),
      ),
      'cubes/proeve.yaml': cubeOf(
        examples.map((_, at) => `e${at}`),
        ['kommune'],
        'skole.elever',
      ),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({
      kpis: examples.map((_, at) => `e${at}`),
      by: ['kommune'],
      period: '2026M01',
      where: 'kommune == "101"',
    });
    expect(answer).toEqual([
      ['101', ...examples.map(([, gives = '']) => (gives.startsWith('"') ? '1' : gives))].join(' '),
    ]);
  });
});
