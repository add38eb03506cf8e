import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, dayOfDate } from '../../src/model/periods.ts';
import { type StructureRow, structureOf } from '../../src/model/structure.ts';
import type { Classification, Dimension, Member, SemanticModel } from '../../src/model/types.ts';
import { beginningOfTime, endOfTime, unknownMember } from '../../src/model/types.ts';
import { modelOf, withChange } from '../support/definitions.ts';
import { bundledModel } from '../workspace/bundled.ts';

function rowsOf(
  model: Pick<SemanticModel, 'classifications' | 'dimensions'>,
  dimension = 'kommune',
): readonly StructureRow[] {
  const bound = model.dimensions[dimension];
  if (!bound) throw new Error(`no dimension ${dimension}`);
  return structureOf(model, bound);
}

/** Where a member belongs on a day; asking for a day that two rows hold is a fault. */
function on(rows: readonly StructureRow[], leaf: string, day: string): StructureRow | undefined {
  const found = rows.filter((row) => row.leaf === leaf && row.validFrom <= day && day <= row.validTo);
  expect(found.length, `${leaf} on ${day}`).toBeLessThanOrEqual(1);
  return found[0];
}

describe('the structure of a dimension', () => {
  const rows = rowsOf(modelOf());

  it('has the levels of every member on every day', () => {
    expect(on(rows, '101', '2026-12-31')?.levels).toEqual({
      kommune: '101',
      landsdel: '01',
      region: '084',
      land: '000',
    });
    expect(on(rows, '101', '2027-01-01')?.levels).toEqual({
      kommune: '101',
      landsdel: '01',
      region: '086',
      land: '000',
    });
  });

  it('has one row where nothing changes, and two where something does', () => {
    expect(rows.filter(({ leaf }) => leaf === '751')).toEqual([
      {
        leaf: '751',
        validFrom: beginningOfTime,
        validTo: endOfTime,
        levels: { kommune: '751', landsdel: '09', region: '082', land: '000' },
        expected: true,
      },
    ]);
    expect(
      rows.filter(({ leaf }) => leaf === '101').map(({ validFrom, validTo }) => [validFrom, validTo]),
    ).toEqual([
      [beginningOfTime, '2026-12-31'],
      ['2027-01-01', endOfTime],
    ]);
  });

  it('has the unknown member at every level, at all times, expected by nobody', () => {
    expect(rows.filter(({ leaf }) => leaf === unknownMember)).toEqual([
      {
        leaf: unknownMember,
        validFrom: beginningOfTime,
        validTo: endOfTime,
        levels: { kommune: 'uoplyst', landsdel: 'uoplyst', region: 'uoplyst', land: 'uoplyst' },
        expected: false,
      },
    ]);
  });

  it('expects what its classification says', () => {
    expect(rows.filter(({ expected }) => !expected).map(({ leaf }) => leaf)).toEqual([
      '411',
      '411',
      'uoplyst',
    ]);
  });

  it('has nothing of a member before it begins and after it ends', () => {
    const files = withChange(
      'data/classifications/kommune.yaml',
      '{ code: "851",',
      '{ code: "851", valid_from: 2007-01-01, valid_to: 2030-06-30,',
    );
    const dated = rowsOf(modelOf(files));
    expect(on(dated, '851', '2006-12-31')).toBeUndefined();
    expect(on(dated, '851', '2007-01-01')?.levels.region).toBe('081');
    expect(on(dated, '851', '2030-06-30')?.levels.region).toBe('081');
    expect(on(dated, '851', '2030-07-01')).toBeUndefined();
  });

  it('says uoplyst above a member that belongs nowhere', () => {
    const file = 'data/classifications/kommune.yaml';
    const files = withChange(file, 'Aalborg }, parents: { landsdel: "11" } }', 'Aalborg } }');
    expect(on(rowsOf(modelOf(files)), '851', '2026-01-01')?.levels).toEqual({
      kommune: '851',
      landsdel: 'uoplyst',
      region: 'uoplyst',
      land: 'uoplyst',
    });
  });
});

describe('the structure of the bundled kommuner', () => {
  /** Rows about figures of a day in the structure of that day. */
  const of = (rows: readonly StructureRow[], day: string) =>
    rows.filter(
      ({ validFrom, validTo, mapping }) =>
        validFrom <= day &&
        day <= validTo &&
        (mapping?.figuresFrom ?? day) <= day &&
        day <= (mapping?.figuresTo ?? day),
    );

  it('puts 46 kommuner of two regions into Østdanmark in one night', async () => {
    const { value: model } = await bundledModel();
    if (!model) throw new Error('the bundled definitions are sound');
    const rows = rowsOf(model).filter(({ expected }) => expected);
    const regions = (day: string) => of(rows, day).map(({ levels }) => levels.region);
    const count = (codes: readonly (string | undefined)[], ...wanted: string[]) =>
      codes.filter((code) => code !== undefined && wanted.includes(code)).length;
    expect(count(regions('2026-12-31'), '084', '085')).toBe(46);
    expect(count(regions('2026-12-31'), '086')).toBe(0);
    expect(count(regions('2027-01-01'), '084', '085')).toBe(0);
    expect(count(regions('2027-01-01'), '086')).toBe(46);
    expect(regions('2027-01-01')).toHaveLength(98);
  });

  it('has nothing unknown in the geography since the reform of 2007', async () => {
    const { value: model } = await bundledModel();
    if (!model) throw new Error('the bundled definitions are sound');
    const known = rowsOf(model).filter(({ leaf, mapping }) => leaf !== unknownMember && mapping?.holds);
    const days = ['2007-01-01', '2018-01-01', '2026-12-31', '2027-01-01'];
    expect(days.map((each) => of(known, each).length)).toEqual([99, 99, 99, 99]);
    const open = days
      .flatMap((each) => of(known, each))
      .filter(({ levels }) => [levels.landsdel, levels.region, levels.land].includes(unknownMember));
    expect(open).toEqual([]);
  });
});

// --- random hierarchies ---------------------------------------------------------------------------

/** Days of one fortnight, so that dates meet. */
const day = fc.integer({ min: 0, max: 14 }).map((number) => dateOf((dayOfDate('2026-01-01') ?? 0) + number));
const stretches = fc.tuple(fc.option(day), fc.option(day)).map(([a, b]) => {
  const [from, to] = a !== null && b !== null && a > b ? [b, a] : [a, b];
  return { validFrom: from ?? beginningOfTime, validTo: to ?? endOfTime };
});

const overlaps = (a: { validFrom: string; validTo: string }, b: { validFrom: string; validTo: string }) =>
  a.validFrom <= b.validTo && b.validFrom <= a.validTo;

/** As the rules have it: nothing twice on one day. */
const apart = <T extends { validFrom: string; validTo: string }>(
  all: readonly T[],
  same: (a: T, b: T) => boolean,
) => all.filter((one, at) => !all.slice(0, at).some((other) => same(one, other) && overlaps(one, other)));

const codes = ['a', 'b', 'c'];
const level = (above: string | null) =>
  fc
    .array(
      fc.record({
        code: fc.constantFrom(...codes),
        stretch: stretches,
        parents: fc.array(fc.tuple(fc.constantFrom(...codes), stretches), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((members): Member[] =>
      apart(
        members.map(({ code, stretch, parents }) => ({
          code,
          label: { da: code, en: code },
          ...stretch,
          parents:
            above === null
              ? {}
              : {
                  [above]: apart(
                    parents.map(([parent, when]) => ({ code: parent, ...when })),
                    () => true,
                  ),
                },
          aliases: [],
          expected: true,
          provisional: false,
        })),
        (a, b) => a.code === b.code,
      ),
    );

const names = ['leaf', 'middle', 'top'] as const;
const hierarchies = fc.tuple(level('middle'), level('top'), level(null)).map((members) => {
  const classifications = Object.fromEntries(
    names.map((id, at): [string, Classification] => [
      id,
      { id, label: { da: id, en: id }, members: members[at] ?? [] },
    ]),
  );
  const dimension: Dimension = {
    id: 'd',
    label: { da: 'd', en: 'd' },
    leaf: 'leaf',
    levels: names,
    hierarchies: { h: names },
  };
  return { classifications, dimensions: { d: dimension } };
});

type Small = Pick<SemanticModel, 'classifications' | 'dimensions'>;

/** One day, one member: up the levels by hand. */
function walk(model: Small, leaf: string, date: string): readonly string[] | null {
  const holding = (id: string, code: string | undefined) =>
    (model.classifications[id]?.members ?? []).find(
      (member) => member.code === code && member.validFrom <= date && date <= member.validTo,
    );
  const first = holding('leaf', leaf);
  if (!first) return null;
  const parent = (member: Member | undefined, id: string) => {
    const found = (member?.parents[id] ?? []).filter(
      (each) => each.validFrom <= date && date <= each.validTo,
    );
    return holding(id, found[0]?.code);
  };
  const middle = parent(first, 'middle');
  const top = parent(middle, 'top');
  return [first.code, middle?.code ?? unknownMember, top?.code ?? unknownMember];
}

describe('the structure of any dated hierarchy', () => {
  it('is what a walk by hand finds on every day', () => {
    fc.assert(
      fc.property(hierarchies, (model) => {
        const rows = rowsOf(model, 'd');
        for (let number = -2; number <= 17; number += 1) {
          const date = dateOf((dayOfDate('2026-01-01') ?? 0) + number);
          for (const leaf of codes) {
            const row = on(rows, leaf, date);
            const found = row ? names.map((name) => row.levels[name]) : null;
            expect(found, `${leaf} on ${date}`).toEqual(walk(model, leaf, date));
          }
          expect(on(rows, unknownMember, date)?.levels.top).toBe(unknownMember);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has no two rows that could be one', () => {
    fc.assert(
      fc.property(hierarchies, (model) => {
        const members = model.classifications.leaf?.members ?? [];
        for (const { code, validFrom, validTo } of members) {
          const own = rowsOf(model, 'd').filter(
            (row) => row.leaf === code && overlaps(row, { validFrom, validTo }),
          );
          for (const [at, row] of own.entries()) {
            const next = own[at + 1];
            if (next) expect(next.levels).not.toEqual(row.levels);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
