import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld } from '../support/rowsWorld.ts';

const page = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8');
const section = page.slice(page.indexOf('\n## Measures\n'), page.indexOf('\n## Functions\n'));
const block = (kind: string): string =>
  new RegExp(`\`\`\`${kind}[^\\n]*\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? '';
const figures = section
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );

describe('the measures of docs/language.md', () => {
  it('give the figures that stand there', async () => {
    expect(figures.length).toBeGreaterThan(8);
    const names = figures.map(([name = '']) => name);
    const world = await publishWorld({
      'kpi-definitions/sources/besoeg.yaml': block('yaml'),
      'data/deliveries/besoeg_2026.csv': block('csv'),
      ...Object.fromEntries(
        figures.map(([name = '', measure = '']) => [
          `kpi-definitions/side/${name}.yaml`,
          // The rule over time stands in the table, where the helper has one of its own.
          kpiOf(name, `source: aeldre.besoeg, ${measure}`).replace(/, over_time: sum \}$/m, ' }'),
        ]),
      ),
      'cubes/proeve.yaml': cubeOf(
        names.map((name) => `proeve.${name}`),
        ['kommune'],
        'aeldre.besoeg',
      ),
    });
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const cellOf = async (name: string, kommune: string, time: string, period: string) => {
      const answer = await world.ask({ kpis: [name], by: ['kommune', time], period });
      const line = answer.find((each) => each.startsWith(`${kommune} ${period} `));
      return line?.slice(`${kommune} ${period} `.length);
    };
    for (const [name = '', , january = '', february = '', quarter = ''] of figures)
      expect([
        name,
        await cellOf(name, '101', 'maaned', '2026M01'),
        await cellOf(name, '400', 'maaned', '2026M02'),
        await cellOf(name, '101', 'kvartal', '2026K1'),
      ]).toEqual([name, january, february, quarter]);
  });
});
