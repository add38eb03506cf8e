import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divide, rational } from '../../src/model/rational.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { World } from '../support/world.ts';
import { lawHarness, longer, patience, tally, textOf } from './support.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

const kommuner = ['101', '147', '400', '751', '851'];
const measure = (name: string, column: string, unit: string) => ({
  name,
  source: 'test.maaned',
  aggregate: 'sum' as const,
  column,
  unit,
  overTime: 'sum' as const,
});

/** Each kommune has a list of those it is compared with, itself or not, and a figure or none. */
function worldOf(lists: readonly (readonly string[])[], antal: readonly (number | null)[]): World {
  return {
    classifications: [
      {
        id: 'kommune',
        members: kommuner.map((code, at) => ({
          code,
          parents: { region: [{ code: at < 2 ? '084' : '082' }] },
        })),
      },
      { id: 'region', members: ['082', '084'].map((code) => ({ code })) },
      { id: 'ligner', members: lists.map((of, at) => ({ code: kommuner[at] ?? '', of })) },
    ],
    dimensions: [{ id: 'kommune', hierarchies: { geografi: ['kommune', 'region'] }, groups: ['ligner'] }],
    sources: [
      {
        id: 'test.maaned',
        frequency: 'M',
        codes: [{ dimension: 'kommune', levels: ['kommune'], expect: 'all' }],
        numbers: [
          { name: 'antal', decimals: 0 },
          { name: 'personer', decimals: 0 },
        ],
        rows: [...kommuner, 'uoplyst'].flatMap((code, at) => {
          const value = antal[at] ?? null;
          if (value === null) return [];
          return [
            {
              period: '2026M01',
              codes: { kommune: { level: 'kommune', code } },
              slags: 'x',
              values: { antal: BigInt(value), personer: BigInt(value * 3 + at + 1) },
            },
          ];
        }),
      },
    ],
    kpis: [
      {
        name: 'antal',
        unit: 'person',
        formula: { kind: 'measure', name: 'antal' },
        measures: [measure('antal', 'antal', 'person')],
        missing: { parts: 'require_all', operand: 'require_all' },
      },
      {
        name: 'andel',
        unit: 'person/borger',
        formula: {
          kind: '/',
          left: { kind: 'measure', name: 'antal' },
          right: { kind: 'measure', name: 'personer' },
        },
        measures: [measure('antal', 'antal', 'person'), measure('personer', 'personer', 'borger')],
        missing: { parts: 'require_all', operand: 'require_all' },
      },
    ],
    cube: { dimensions: ['kommune'], waitFor: 'test.maaned' },
  };
}

const texts = ({ rows }: Answer): string[] =>
  rows.map(({ members, cells }) =>
    [
      members.join('/'),
      ...cells.map(({ status, value, coverage }) =>
        [value ? textOf(value) : status, `${coverage.delivered} of ${coverage.expected}`].join(' '),
      ),
    ].join(': '),
  );

const worlds = fc.tuple(
  fc.array(fc.subarray(kommuner, { minLength: 1 }), { minLength: 5, maxLength: 5 }),
  fc.array(fc.option(fc.integer({ min: 1, max: 99 }), { freq: 6 }), { minLength: 6, maxLength: 6 }),
);

describe('the kommuner that one is compared with', () => {
  it(
    'are merged before the division, whatever other groups they are in, and reach no total',
    async () => {
      await fc.assert(
        fc.asyncProperty(worlds, async ([lists, antal]) => {
          const built = await harness().build(worldOf(lists, antal));
          const ask = async (by: readonly string[]) => {
            const { value, diagnostics } = await built.ask(
              { kpis: ['antal', 'andel'], by: [...by], where: [], period: '2026M01', hierarchy: 'as-is' },
              { totals: true },
            );
            if (!value) throw new Error(diagnostics.map(({ message }) => message).join());
            return value;
          };
          const figureOf = (code: string) => antal[kommuner.indexOf(code)] ?? null;
          const wanted = lists.map((of, at) => {
            const known = of.filter((code) => figureOf(code) !== null);
            const coverage = `${known.length} of ${of.length}`;
            const status = known.length === 0 ? 'not_delivered' : 'below_coverage';
            const sum = known.reduce((total, code) => total + (figureOf(code) ?? 0), 0);
            const persons = known.reduce(
              (total, code) => total + (figureOf(code) ?? 0) * 3 + kommuner.indexOf(code) + 1,
              0,
            );
            const isWhole = known.length === of.length;
            const share = isWhole ? textOf(divide(rational(BigInt(sum)), rational(BigInt(persons)))) : status;
            return `${kommuner[at]}: ${isWhole ? `${sum}/1` : status} ${coverage}: ${share} ${coverage}`;
          });
          const answer = await ask(['ligner']);
          expect(texts(answer)).toEqual(wanted);
          const byKommune = await ask(['kommune']);
          expect(answer.total?.cells).toEqual(byKommune.total?.cells);
          const pairs = await ask(['ligner', 'kommune']);
          expect(pairs.rows.map(({ members }) => members.join('/'))).toEqual(
            lists.flatMap((of, at) => of.map((code) => `${kommuner[at]}/${code}`)),
          );
          const alone = new Map(byKommune.rows.map(({ members, cells }) => [members[0], cells]));
          for (const { members, cells } of pairs.rows) expect(cells).toEqual(alone.get(members[1] ?? ''));
        }),
        { numRuns: 15 * longer },
      );
      tally(3 * 15 * longer, 15 * longer, fc.readConfigureGlobal()?.seed ?? 0);
    },
    patience,
  );

  it('are no filter, since what is in two groups would count twice', async () => {
    const built = await harness().build(
      worldOf([kommuner, ['101'], ['101'], ['101'], ['101']], [1, 2, 3, 4, 5]),
    );
    const { diagnostics } = await built.ask({
      kpis: ['antal'],
      by: [],
      where: [{ level: 'ligner', is: '==', codes: ['101'] }],
      period: '2026M01',
      hierarchy: 'as-is',
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['group-in-filter']);
  });
});
