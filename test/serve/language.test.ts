import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toPlain } from '../../src/model/rational.ts';
import { lawHarness } from '../laws/support.ts';
import { bound, scopeOf, useOf, withLedige } from '../query/support.ts';
import { withChange } from '../support/definitions.ts';
import { textOf } from '../support/sources.ts';
import type { World, WorldMember } from '../support/world.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });
const docs = textOf('docs/language.md');

/** The part of the page under a heading, up to the next one. */
function section(heading: string): string {
  const start = docs.indexOf(`### ${heading}\n`);
  expect(start).toBeGreaterThan(0);
  const end = docs.indexOf('\n### ', start + 4);
  return docs.slice(start, end < 0 ? undefined : end);
}

/** Rows of the first table of a section, without its head. */
function tableOf(heading: string): string[][] {
  const lines = section(heading)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

interface WrittenMember {
  readonly code: string;
  readonly valid_from?: string;
  readonly valid_to?: string;
  readonly parents: { readonly region: string };
  readonly successors?: string | NonNullable<WorldMember['successors']>;
}

function memberOf({ code, valid_from: from, valid_to: to, parents, successors }: WrittenMember): WorldMember {
  return {
    code,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    parents: { region: [{ code: parents.region }] },
    ...(successors === undefined
      ? {}
      : {
          successors:
            typeof successors === 'string' ? { to: [{ code: successors }] } : { to: successors.to ?? [] },
        }),
  };
}

function worldOf(members: readonly WorldMember[]): World {
  const figures: readonly [string, string, bigint][] = [
    ['2002', '401', 10n],
    ['2002', '403', 20n],
    ['2003', '400', 31n],
    ['2007', '420', 1n],
  ];
  return {
    classifications: [
      { id: 'kommune', members },
      { id: 'region', members: [{ code: '081' }, { code: '082' }] },
    ],
    dimensions: [{ id: 'kommune', hierarchies: { geografi: ['kommune', 'region'] } }],
    sources: [
      {
        id: 'test.aar',
        frequency: 'Å',
        codes: [{ dimension: 'kommune', levels: ['kommune'], expect: 'all' }],
        numbers: [{ name: 'antal', decimals: 0 }],
        rows: figures.map(([period, code, antal]) => ({
          period,
          codes: { kommune: { level: 'kommune', code } },
          slags: 'x',
          values: { antal },
        })),
      },
    ],
    kpis: [
      {
        name: 'antal',
        unit: 'person',
        formula: { kind: 'measure', name: 'antal' },
        measures: [
          {
            name: 'antal',
            source: 'test.aar',
            aggregate: 'sum',
            column: 'antal',
            unit: 'person',
            overTime: 'sum',
          },
        ],
        missing: { parts: 'require_all', operand: 'require_all' },
      },
    ],
    cube: { dimensions: ['kommune'], waitFor: 'test.aar' },
  };
}

describe('what the page on the language says', () => {
  it.each(tableOf('Members that become others'))(
    'of members that become others holds: %s %s by %s is %s',
    async (period = '', hierarchy = '', by = '', wanted = '') => {
      const yaml = /```yaml\n([\s\S]*?)```/.exec(section('Members that become others'))?.[1] ?? '';
      const { members } = parse(yaml) as { readonly members: readonly WrittenMember[] };
      const built = await harness().build(worldOf(members.map(memberOf)));
      const { value } = await built.ask({
        kpis: ['antal'],
        by: by ? [by] : [],
        where: [],
        period,
        hierarchy,
      });
      const said = value?.rows.map(({ members: codes, cells: [cell] }) =>
        [...codes, cell?.value ? toPlain(cell.value, 6) : cell?.status, ...(cell?.flags ?? [])].join(' '),
      );
      expect(said?.join(', ')).toBe(wanted);
    },
  );

  it.each(tableOf('Stocks on a day'))(
    'of stocks on a day holds: %s of %s on its %s for %s takes %s',
    (alignment, frequency, day, period = '', wanted) => {
      const files = withChange(
        'kpi-definitions/sources/star.ledighed.yaml',
        'frequency: M',
        `frequency: ${frequency}\ncounted_on: ${day}`,
        withLedige(`over_time: last\n    period: ${alignment}`),
      );
      const { pairs } = useOf(bound({ kpi: 'ledige', period }, scopeOf(files)), 'ledige');
      expect(pairs.map(({ source }) => source)).toEqual([wanted]);
    },
  );
});
