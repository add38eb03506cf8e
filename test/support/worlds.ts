import fc from 'fast-check';
import type {
  World,
  WorldCode,
  WorldFilter,
  WorldFrequency,
  WorldKpi,
  WorldMember,
  WorldQuestion,
  WorldRow,
  WorldSource,
} from './world.ts';

/** Random worlds: small, but with every trap that real deliveries have. */

// --- structure -------------------------------------------------------------------------------------

const kommuneCodes = ['101', '147', '400', '411', '751', '851'];
const regionCodes = ['081', '082', '083'];
/** Days on which things change: the first of a month, of a year, and one amid a month. */
const changeDays = ['2026-01-01', '2026-02-01', '2026-02-15', '2026-03-01'];

const dayBefore = (date: string): string =>
  new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);

const region = fc.constantFrom(...regionCodes);

/** A region for good, another one from some day, or none at all. */
const regionsOfKommune = fc.oneof(
  { weight: 5, arbitrary: region.map((code) => [{ code }]) },
  {
    weight: 4,
    arbitrary: fc.tuple(region, region, fc.constantFrom(...changeDays)).map(([before, after, date]) => [
      { code: before, to: dayBefore(date) },
      { code: after, from: date },
    ]),
  },
  { weight: 1, arbitrary: fc.constant([]) },
);

const lifeOfKommune = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom(...changeDays).map((date) => ({ from: date })) },
  { weight: 1, arbitrary: fc.constantFrom(...changeDays).map((date) => ({ to: dayBefore(date) })) },
);

const kommune = (code: string): fc.Arbitrary<WorldMember> =>
  fc
    .tuple(regionsOfKommune, fc.option(fc.constantFrom('A', 'B'), { nil: null }), lifeOfKommune)
    .map(([regions, gruppe, life]) => ({
      code,
      ...life,
      // Christiansø: a delivery need not hold it.
      ...(code === '411' ? { expected: false } : {}),
      parents: { region: regions, ...(gruppe === null ? {} : { gruppe: [{ code: gruppe }] }) },
    }));

const kommuner = fc
  .subarray(kommuneCodes, { minLength: 2, maxLength: 5 })
  .chain((codes) => fc.tuple(...codes.map(kommune)))
  .map(withParents);

/** A level without any member below it is refused, so the first kommune belongs somewhere. */
function withParents([first, ...others]: readonly WorldMember[]): WorldMember[] {
  if (!first) return [];
  const { region: regions = [] } = first.parents ?? {};
  return [
    {
      ...first,
      parents: { region: regions.length > 0 ? regions : [{ code: '081' }], gruppe: [{ code: 'A' }] },
    },
    ...others,
  ];
}

function structure(members: readonly WorldMember[]): Pick<World, 'classifications' | 'dimensions'> {
  const plain = (id: string, codes: readonly string[]) => ({ id, members: codes.map((code) => ({ code })) });
  return {
    classifications: [
      { id: 'kommune', members },
      { id: 'region', members: regionCodes.map((code) => ({ code, parents: { land: [{ code: '000' }] } })) },
      plain('land', ['000']),
      plain('gruppe', ['A', 'B']),
      plain('koen', ['1', '2']),
      { id: 'art', members: ['a', 'b'].map((code) => ({ code, parents: { art_i_alt: [{ code: 'alt' }] } })) },
      plain('art_i_alt', ['alt']),
    ],
    dimensions: [
      {
        id: 'kommune',
        hierarchies: { geografi: ['kommune', 'region', 'land'], grupper: ['kommune', 'gruppe'] },
      },
      { id: 'koen', hierarchies: { koen: ['koen'] } },
      { id: 'art', hierarchies: { art: ['art', 'art_i_alt'] } },
    ],
  };
}

// --- sources and rows ------------------------------------------------------------------------------

const expectation = (codes: readonly string[]): fc.Arbitrary<WorldCode['expect']> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant('all' as const) },
    { weight: 2, arbitrary: fc.constant('delivered' as const) },
    { weight: 1, arbitrary: fc.subarray([...codes], { minLength: 1 }) },
  );

const kommuneColumn = (members: readonly WorldMember[]): fc.Arbitrary<WorldCode> =>
  fc
    .tuple(
      fc.constantFrom(['kommune'], ['kommune', 'land'], ['kommune', 'region', 'land']),
      expectation(members.map(({ code }) => code)),
    )
    .map(([levels, expect]) => ({ dimension: 'kommune', levels, expect }));

const koenColumn: fc.Arbitrary<WorldCode> = fc
  .constantFrom('all' as const, 'delivered' as const)
  .map((expect) => ({ dimension: 'koen', levels: ['koen'], expect }));

const artColumn: fc.Arbitrary<WorldCode> = fc
  .constantFrom(['art'], ['art', 'art_i_alt'])
  .map((levels) => ({ dimension: 'art', levels, expect: 'delivered' }));

/** How whole a delivery is: the chances in a hundred of an absent, suppressed, not applicable and empty value. */
const wholeness = fc.constantFrom([0, 0, 0, 0], [0, 0, 0, 0], [3, 2, 1, 1], [15, 8, 5, 3], [0, 10, 0, 0]);
const nothingMissing = fc.constant([0, 0, 0, 0]);

interface Shape {
  readonly id: string;
  readonly frequency: WorldFrequency;
  readonly codes: readonly WorldCode[];
  readonly numbers: WorldSource['numbers'];
  readonly slags: readonly string[];
  readonly periods: readonly string[];
}

/** Every combination of codes that a source could hold, in every period. */
function places(shape: Shape, base: Pick<World, 'classifications'>): Omit<WorldRow, 'values'>[] {
  const codesAt = (level: string) =>
    base.classifications.find(({ id }) => id === level)?.members.map(({ code }) => code) ?? [];
  let combinations: WorldRow['codes'][] = [{}];
  for (const { dimension, levels } of shape.codes) {
    const choices = levels.flatMap((level, position) =>
      [...new Set([...codesAt(level), ...(position === 0 ? ['uoplyst'] : [])])].map((code) => ({
        level,
        code,
      })),
    );
    combinations = combinations.flatMap((codes) =>
      choices.map((choice) => ({ ...codes, [dimension]: choice })),
    );
  }
  return shape.periods.flatMap((period) =>
    shape.slags.flatMap((slags) => combinations.map((codes) => ({ period, slags, codes }))),
  );
}

function rows(shape: Shape, base: Pick<World, 'classifications'>, whole: boolean): fc.Arbitrary<WorldRow[]> {
  const all = places(shape, base);
  const outcome = fc.tuple(fc.nat(99), fc.integer({ min: -20, max: 400 }));
  return fc
    .tuple(
      whole ? nothingMissing : wholeness,
      fc.array(outcome, { minLength: all.length, maxLength: all.length }),
      fc.nat(2),
    )
    .map(([chances, outcomes, unknowns]) => {
      const [absent = 0, suppressed = 0, notApplicable = 0, empty = 0] = chances;
      return all.flatMap((place, position): WorldRow[] => {
        const [chance, number] = outcomes[position] ?? [0, 0];
        const unknownCode = Object.values(place.codes).some(({ code }) => code === 'uoplyst');
        // Unknown codes are rare, and in a third of the worlds there are none.
        if (chance < absent || (unknownCode && (unknowns === 0 || (unknowns === 1 && chance % 2 === 0))))
          return [];
        const why =
          chance < absent + suppressed
            ? 'suppressed'
            : chance < absent + suppressed + notApplicable
              ? 'not_applicable'
              : chance < absent + suppressed + notApplicable + empty
                ? 'not_delivered'
                : null;
        const values = shape.numbers.map(({ name }, at) => [name, why ?? BigInt(number + at)]);
        return [{ ...place, values: Object.fromEntries(values) }];
      });
    });
}

const someOf = <Item>(items: readonly Item[], least: number, most: number): fc.Arbitrary<Item[]> =>
  fc.subarray([...items], {
    minLength: Math.min(least, items.length),
    maxLength: Math.min(most, items.length),
  });

function source(
  shape: Omit<Shape, 'codes' | 'periods' | 'slags'>,
  codes: fc.Arbitrary<readonly WorldCode[]>,
  periods: fc.Arbitrary<readonly string[]>,
  slags: fc.Arbitrary<readonly string[]>,
  base: Pick<World, 'classifications'>,
  whole: boolean,
): fc.Arbitrary<WorldSource> {
  return fc.tuple(codes, periods, slags).chain(([columns, held, kinds]) => {
    const complete: Shape = { ...shape, codes: columns, periods: held, slags: kinds };
    const { id, frequency, numbers } = shape;
    return rows(complete, base, whole).map((found) => ({
      id,
      frequency,
      numbers,
      codes: columns,
      rows: found,
    }));
  });
}

// --- measures --------------------------------------------------------------------------------------

type Over = NonNullable<WorldKpi['measures'][number]['over']>;

/** Rules over dimensions that the source has and the cube keeps; a source's own total only where it gives one. */
function overRules(source: WorldSource, kept: readonly string[]): fc.Arbitrary<Over> {
  const rules = source.codes
    .filter(({ dimension }) => kept.includes(dimension))
    .map(({ dimension, levels }) =>
      fc
        .oneof(
          { weight: 8, arbitrary: fc.constant('sum' as const) },
          { weight: 1, arbitrary: fc.constant('none' as const) },
          { weight: levels.length > 1 ? 2 : 0, arbitrary: fc.constant('source_total' as const) },
        )
        .map((rule) => [dimension, rule] as const),
    );
  return fc.tuple(...rules).map((pairs) => Object.fromEntries(pairs.filter(([, rule]) => rule !== 'sum')));
}

const overTime = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('sum' as const, 'mean' as const) },
  { weight: 1, arbitrary: fc.constantFrom('last' as const, 'first' as const, 'none' as const) },
);

const onlyX = fc.option(fc.constant(['x']), { nil: undefined });

const missingOfOne: fc.Arbitrary<WorldKpi['missing']> = fc.oneof(
  fc.constant({ parts: 'require_all' as const, operand: 'require_all' as const }),
  fc
    .constantFrom(0, 0.5, 0.75, 1)
    .map((coverage) => ({ parts: 'skip' as const, coverage, operand: 'require_all' as const })),
  fc.constant({ parts: 'as_zero' as const, operand: 'require_all' as const }),
);

const missingOfTwo: fc.Arbitrary<WorldKpi['missing']> = fc
  .constantFrom('require_all' as const, 'as_zero' as const)
  .map((operand) => ({ parts: 'require_all', operand }));

const validity = fc.constantFrom({}, {}, {}, { validFrom: '2026M02' }, { validTo: '2026K1' });

function kpis(
  main: WorldSource,
  population: WorldSource,
  quarterly: WorldSource,
  kept: readonly string[],
): fc.Arbitrary<WorldKpi[]> {
  const read = (name: string) => ({ kind: 'measure', name }) as const;
  const common = { source: main.id, column: 'antal', aggregate: 'sum', unit: 'person' } as const;
  const onlyWomen = main.codes.some(({ dimension }) => dimension === 'koen')
    ? fc.constantFrom(undefined, undefined, { dimension: 'koen', in: ['2'] })
    : fc.constant(undefined);
  const antal = fc
    .tuple(overRules(main, kept), overTime, onlyX, onlyWomen)
    .map(([over, time, slags, codes]) => ({
      ...common,
      name: 'antal',
      over,
      overTime: time,
      ...(slags ? { slags } : {}),
      ...(codes ? { codes } : {}),
    }));
  const personer = {
    name: 'personer',
    source: population.id,
    column: 'personer',
    aggregate: 'sum',
    unit: 'borger',
    overTime: 'last',
    period: 'Å_Primo',
  } as const;
  const ofPopulation = fc.constantFrom(personer, { ...personer, period: '2026' });
  const extreme = fc
    .tuple(overRules(main, kept), overTime, fc.constantFrom('min' as const, 'max' as const))
    .map(([over, time, aggregate]) => ({
      ...common,
      name: 'yderst',
      column: 'beloeb',
      unit: 'kr.',
      aggregate,
      over,
      overTime: time,
    }));
  const counted = fc.tuple(overRules(main, kept), overTime, onlyX).map(([over, time, slags]) => ({
    ...common,
    name: 'raekker',
    column: null,
    aggregate: 'count' as const,
    over,
    overTime: time,
    ...(slags ? { slags } : {}),
  }));
  const weighed = fc.tuple(overRules(main, kept), overTime).map(([over, time]) => ({
    ...common,
    name: 'pris',
    column: 'beloeb',
    unit: 'kr./borger',
    slags: ['x'],
    over: { ...over, kommune: { weighted_by: 'personer' } },
    overTime: time,
  }));
  const perQuarter = fc.tuple(overRules(quarterly, kept), overTime).map(([over, time]) => ({
    name: 'saldo',
    source: quarterly.id,
    column: 'saldo',
    aggregate: 'sum' as const,
    unit: 'person',
    over,
    overTime: time,
  }));
  const single = (
    name: string,
    measure: fc.Arbitrary<WorldKpi['measures'][number]>,
  ): fc.Arbitrary<WorldKpi> =>
    fc.tuple(measure, missingOfOne, validity).map(([each, missing, dates]) => ({
      name,
      unit: each.unit,
      formula: read(each.name),
      measures: [each],
      missing,
      ...dates,
    }));
  return fc.tuple(
    single('alene', antal),
    single('sparet', antal),
    single('graense', extreme),
    single('optalt', counted),
    fc.tuple(antal, ofPopulation, missingOfTwo, validity).map(([over, under, missing, dates]) => ({
      name: 'andel',
      unit: 'person/1000 borger',
      formula: { kind: '/', left: read('antal'), right: read('personer') },
      measures: [over, under],
      missing,
      ...dates,
    })),
    fc.tuple(antal, perQuarter, missingOfTwo).map(([one, other, missing]) => ({
      name: 'forskel',
      unit: 'person',
      formula: {
        kind: '-',
        left: read('antal'),
        right: { kind: '*', left: { kind: 'number', value: '1.5' }, right: read('saldo') },
      },
      measures: [one, other],
      missing,
    })),
    ...(kept.includes('kommune')
      ? [
          fc.tuple(weighed, ofPopulation, missingOfOne).map(
            ([price, weight, missing]): WorldKpi => ({
              name: 'pris',
              unit: 'kr./borger',
              formula: read('pris'),
              measures: [price, weight],
              missing,
            }),
          ),
        ]
      : []),
  );
}

const columnsWith = (
  first: WorldCode,
  second: fc.Arbitrary<WorldCode> | null,
): fc.Arbitrary<readonly WorldCode[]> =>
  second === null ? fc.constant([first]) : second.map((other) => [first, other]);

/** All periods, or now and then only some of them. */
const mostOf = (periods: readonly string[], least: number, whole: boolean): fc.Arbitrary<readonly string[]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(periods) },
    { weight: whole ? 0 : 1, arbitrary: someOf(periods, least, periods.length) },
  );

// --- worlds and questions --------------------------------------------------------------------------

/** What a test needs of a world, if not just anything. */
export interface Wishes {
  /** Only these of its KPIs, and the sources that they read. */
  readonly kpis?: readonly string[];
  /** Nothing is missing, suppressed or out of its dates. */
  readonly whole?: boolean;
}

export const worlds: fc.Arbitrary<World> = worldsWith({});

export function worldsWith({ kpis: names, whole = false }: Wishes): fc.Arbitrary<World> {
  return kommuner
    .chain((members) => worldOf(whole ? members.map(withoutDates) : members, whole))
    .chain((world) => {
      const wanted = world.kpis.filter(({ name }) => names === undefined || names.includes(name));
      const kept = wanted.map((kpi) => (whole ? always(kpi) : kpi));
      // Three KPIs at most, since a world is the faster built the less it holds.
      const some = names === undefined ? someOf(kept, 1, 3) : fc.constant(kept);
      return some.map((chosen) => ({ ...world, kpis: chosen }));
    })
    .filter((world) => world.kpis.length > 0);
}

const withoutDates = ({ from: _from, to: _to, ...member }: WorldMember): WorldMember => member;
const always = ({ validFrom: _from, validTo: _to, ...kpi }: WorldKpi): WorldKpi => kpi;

function worldOf(members: readonly WorldMember[], whole: boolean): fc.Arbitrary<World> {
  const base = structure(members);
  const slags = fc.constantFrom(['x'], ['x'], ['x', 'y']);
  const main = source(
    {
      id: 'test.maaned',
      frequency: 'M',
      numbers: [
        { name: 'antal', decimals: 0 },
        { name: 'beloeb', decimals: 2 },
      ],
    },
    fc
      .tuple(
        kommuneColumn(members),
        fc.constantFrom('' as const, 'koen' as const, 'art' as const, 'koen' as const),
      )
      .chain(([first, second]) => columnsWith(first, { '': null, koen: koenColumn, art: artColumn }[second])),
    mostOf(['2025M12', '2026M01', '2026M02', '2026M03'], 1, whole),
    slags,
    base,
    whole,
  );
  const population = source(
    { id: 'test.folketal', frequency: 'Å_Primo', numbers: [{ name: 'personer', decimals: 0 }] },
    fc
      .tuple(kommuneColumn(members), fc.boolean())
      .chain(([first, split]) => columnsWith(first, split ? koenColumn : null)),
    mostOf(['2025', '2026'], 1, whole),
    fc.constant(['x']),
    base,
    whole,
  );
  const quarterly = source(
    { id: 'test.kvartal', frequency: 'K', numbers: [{ name: 'saldo', decimals: 1 }] },
    fc
      .tuple(kommuneColumn(members), fc.boolean())
      .chain(([first, split]) => columnsWith(first, split ? koenColumn : null)),
    mostOf(['2025K4', '2026K1'], 0, whole),
    fc.constant(['x']),
    base,
    whole,
  );
  return fc.tuple(main, population, quarterly, fc.nat(9)).chain(([one, two, three, drop]) => {
    const own = one.codes.map(({ dimension }) => dimension);
    const kept =
      drop === 0 && own.length > 1 && !whole
        ? own.slice(1)
        : drop < 3
          ? ['kommune']
          : [...new Set(['kommune', ...own])];
    // A cube keeps every dimension whose members its sources expect.
    const sources = [one, two, three].map((each) => ({
      ...each,
      codes: each.codes.map((code) =>
        kept.includes(code.dimension) ? code : { ...code, expect: 'delivered' as const },
      ),
    }));
    return kpis(one, two, three, kept).map((defined) => ({
      ...base,
      sources,
      kpis: defined,
      cube: { dimensions: kept, waitFor: one.id },
    }));
  });
}

const filterCodes: Readonly<Record<string, readonly string[]>> = {
  kommune: ['101', '147', '400', '411', '751', '851', 'uoplyst'],
  region: [...regionCodes, 'uoplyst'],
  land: ['000', 'uoplyst'],
  gruppe: ['A', 'B', 'uoplyst'],
  koen: ['1', '2', 'uoplyst'],
  art: ['a', 'b', 'uoplyst'],
  art_i_alt: ['alt'],
};

const periodsBy: Readonly<Record<string, readonly string[]>> = {
  '': [
    '2025M12',
    '2026M01',
    '2026M02',
    '2026M03',
    '2026K1',
    '2026',
    '2026M01..2026M03',
    '2025K4..2026K1',
    '2026M02..2026M03',
  ],
  maaned: ['2026M01', '2025M12..2026M02', '2026K1', '2026M02..2026M03'],
  kvartal: ['2026K1', '2025K4..2026K1'],
  aar: ['2026', '2025..2026'],
};

/** A question to a world, mostly one that it can answer. */
export function questions(world: World): fc.Arbitrary<WorldQuestion> {
  const levels = world.cube.dimensions.flatMap((id) => [
    ...new Set(Object.values(world.dimensions.find((each) => each.id === id)?.hierarchies ?? {}).flat()),
  ]);
  const known = (level: string, codes: readonly string[]) => {
    const members =
      world.classifications.find(({ id }) => id === level)?.members.map(({ code }) => code) ?? [];
    return codes.filter((code) => code === 'uoplyst' || members.includes(code));
  };
  const filter: fc.Arbitrary<WorldFilter> = fc
    .constantFrom(...levels)
    .chain((level) =>
      fc
        .tuple(
          fc.constantFrom('==' as const, '!=' as const, 'in' as const, 'not in' as const),
          someOf(known(level, filterCodes[level] ?? []), 1, 3),
        )
        .map(([is, codes]) => ({ level, is, codes: is === '==' || is === '!=' ? codes.slice(0, 1) : codes })),
    );
  return fc
    .record({
      kpis: someOf(
        world.kpis.map(({ name }) => name),
        1,
        2,
      ),
      levels: fc.shuffledSubarray(levels, { maxLength: Math.min(2, levels.length) }),
      time: fc.constantFrom('', '', 'maaned', 'kvartal', 'aar'),
      where: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.array(filter, { minLength: 1, maxLength: 2 }) },
      ),
      hierarchy: fc.constantFrom('as-is', 'as-was', 'as-was', '2026-02-01', '2027-01-01'),
      first: fc.boolean(),
    })
    .chain(({ kpis: asked, levels: by, time, where, hierarchy, first }) =>
      fc.constantFrom(...(periodsBy[time] ?? [])).map((period) => ({
        kpis: asked,
        by: time === '' ? by : first ? [time, ...by] : [...by, time],
        where,
        period,
        hierarchy,
      })),
    );
}
