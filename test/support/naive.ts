/**
 * The laws of the numbers, read off row by row and in the slowest way there is: for one cell, look at
 * every row of a source and ask whether it belongs there. Nothing of the product is used, so that a
 * mistake would have to be made twice, in two ways, to pass.
 */
import type {
  World,
  WorldClassification,
  WorldCode,
  WorldFilter,
  WorldFormula,
  WorldFrequency,
  WorldKpi,
  WorldMeasure,
  WorldMember,
  WorldQuestion,
  WorldRow,
  WorldSource,
} from './world.ts';

export const unknown = 'uoplyst';

/** An exact fraction; not reduced, so compare by multiplying crosswise. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export interface NaiveCoverage {
  readonly expected: number;
  readonly delivered: number;
  readonly suppressed: number;
  readonly notApplicable: number;
  readonly absent: number;
}

export interface NaiveCell {
  readonly status: string;
  readonly value: Fraction | null;
  readonly coverage: NaiveCoverage;
  /** Of `source_total` and `weighted`. */
  readonly flags: readonly string[];
}

export interface Refusal {
  readonly refused:
    | 'does-not-add'
    | 'not-sliceable'
    | 'frequency-too-coarse'
    | 'window-does-not-fit'
    | 'not-in-cube';
}

// --- time ------------------------------------------------------------------------------------------

interface Stretch {
  readonly code: string;
  readonly from: string;
  readonly to: string;
  /** Source periods that are left out, because what they are compared with is not held. */
  readonly without?: ReadonlySet<string>;
}

const day = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

/** First and last day of `2026M07`, `2026K3`, `2026` or a range. */
export function stretchOf(code: string): Stretch {
  const [first = '', last = first] = code.split('..');
  if (last !== first) return { code, from: stretchOf(first).from, to: stretchOf(last).to };
  const year = Number(code.slice(0, 4));
  if (code.length === 4) return { code, from: day(year, 0, 1), to: day(year, 11, 31) };
  const number = Number(code.slice(5));
  if (code[4] === 'K') return { code, from: day(year, number * 3 - 3, 1), to: day(year, number * 3, 0) };
  return { code, from: day(year, number - 1, 1), to: day(year, number, 0) };
}

type TimeKind = 'maaned' | 'kvartal' | 'aar';
const timeKinds: readonly string[] = ['maaned', 'kvartal', 'aar'];
const kindOf: Readonly<Record<WorldFrequency, TimeKind>> = {
  M: 'maaned',
  K: 'kvartal',
  Å: 'aar',
  Å_Primo: 'aar',
};

/** Periods of a kind that have a day in common with a stretch. */
function periodsIn(stretch: { readonly from: string; readonly to: string }, kind: TimeKind): Stretch[] {
  const found: Stretch[] = [];
  for (let year = Number(stretch.from.slice(0, 4)); year <= Number(stretch.to.slice(0, 4)); year++) {
    const codes = {
      maaned: Array.from({ length: 12 }, (_, at) => `${year}M${String(at + 1).padStart(2, '0')}`),
      kvartal: [1, 2, 3, 4].map((quarter) => `${year}K${quarter}`),
      aar: [String(year)],
    }[kind];
    found.push(...codes.map(stretchOf).filter(({ from, to }) => from <= stretch.to && stretch.from <= to));
  }
  return found;
}

export function outPeriods(question: WorldQuestion): Stretch[] {
  const asked = stretchOf(question.period);
  const time = question.by.find((level) => timeKinds.includes(level));
  return time === undefined ? [asked] : periodsIn(asked, time as TimeKind);
}

// --- structure -------------------------------------------------------------------------------------

const holds = (dated: { readonly from?: string; readonly to?: string }, date: string): boolean =>
  (dated.from ?? '0001-01-01') <= date && date <= (dated.to ?? '9999-12-31');

function classification(world: World, id: string): WorldClassification {
  const found = world.classifications.find((each) => each.id === id);
  if (!found) throw new Error(`naive: no classification ${id}`);
  return found;
}

function memberOn(world: World, level: string, code: string, date: string): WorldMember | undefined {
  return classification(world, level).members.find((member) => member.code === code && holds(member, date));
}

function dimensionOf(world: World, level: string): string {
  const found = world.dimensions.find(({ hierarchies }) =>
    Object.values(hierarchies).some((levels) => levels.includes(level)),
  );
  if (!found) throw new Error(`naive: no dimension has the level ${level}`);
  return found.id;
}

const levelsOf = (world: World, dimension: string): string[] => [
  ...new Set(Object.values(world.dimensions.find(({ id }) => id === dimension)?.hierarchies ?? {}).flat()),
];

const leafOf = (world: World, dimension: string): string => levelsOf(world, dimension)[0] ?? dimension;

/** Where a finest member belongs at a level on a day; what belongs nowhere is unknown. */
function placeOf(world: World, dimension: string, leaf: string, level: string, date: string): string {
  if (level === leafOf(world, dimension)) return leaf;
  const path = Object.values(world.dimensions.find(({ id }) => id === dimension)?.hierarchies ?? {}).find(
    (levels) => levels.includes(level),
  );
  let current = memberOn(world, leafOf(world, dimension), leaf, date);
  for (const step of path?.slice(1, path.indexOf(level) + 1) ?? []) {
    const parent: string | undefined = current?.parents?.[step]?.find((each) => holds(each, date))?.code;
    current = parent === undefined ? undefined : memberOn(world, step, parent, date);
  }
  return current?.code ?? unknown;
}

function passes(filter: WorldFilter, code: string): boolean {
  const found = filter.codes.includes(code);
  return filter.is === '==' || filter.is === 'in' ? found : !found;
}

/** All days on which something in the world changes. */
function turningDays(world: World): string[] {
  const dated = world.classifications.flatMap(({ members }) =>
    members.flatMap((member) => [member, ...Object.values(member.parents ?? {}).flat()]),
  );
  const after = (date: string) =>
    day(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)) + 1);
  return [
    ...new Set([
      '1900-01-01',
      ...dated.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [after(to)] : [])]),
    ]),
  ];
}

/** Finest codes that the filters on a dimension let through on some day. */
function letThrough(world: World, question: WorldQuestion, dimension: string): string[] {
  const leaf = leafOf(world, dimension);
  const filters = question.where.filter(({ level }) => dimensionOf(world, level) === dimension);
  const codes = [...new Set([...classification(world, leaf).members.map(({ code }) => code), unknown])];
  return codes.filter((code) =>
    turningDays(world).some((date) =>
      filters.every((filter) => passes(filter, placeOf(world, dimension, code, filter.level, date))),
    ),
  );
}

// --- how a measure comes to the grain --------------------------------------------------------------

interface Pair {
  readonly source: Stretch;
  readonly date: string;
  readonly held: boolean;
}

interface Way {
  readonly source: WorldSource;
  readonly measure: WorldMeasure;
  /** Dimension to the level whose rows are the source's own totals, where those may answer. */
  readonly totals: Readonly<Record<string, string>>;
  /** The totals alone may answer: parts do not add. */
  readonly onlyTotals: boolean;
  readonly weight: {
    readonly measure: WorldMeasure;
    readonly source: WorldSource;
    readonly dimension: string;
  } | null;
}

function sourceOf(world: World, id: string): WorldSource {
  const found = world.sources.find((source) => source.id === id);
  if (!found) throw new Error(`naive: no source ${id}`);
  return found;
}

function newestPeriod(world: World): string {
  const codes = sourceOf(world, world.cube.waitFor).rows.map(({ period }) => period);
  return codes.sort().at(-1) ?? '2026M01';
}

function pairsOf(world: World, question: WorldQuestion, measure: WorldMeasure, out: Stretch): Pair[] {
  const source = sourceOf(world, measure.source);
  const kind = kindOf[source.frequency];
  const heldCodes = new Set(source.rows.map(({ period }) => period));
  const periods =
    measure.period === undefined
      ? periodsIn(out, kind)
      : measure.period === 'Å_Primo'
        ? periodsIn(out, 'aar')
        : [stretchOf(measure.period)];
  const dateOf = (period: Stretch): string => {
    if (question.hierarchy === 'as-is') return stretchOf(newestPeriod(world)).to;
    if (question.hierarchy !== 'as-was') return question.hierarchy;
    if (measure.period !== undefined) return out.to;
    return source.frequency === 'Å_Primo' ? period.from : period.to;
  };
  const pairs = periods.map((period) => ({
    source: period,
    date: dateOf(period),
    held: heldCodes.has(period.code),
  }));
  // Of a stock the figure is that of the last period, and is it missing, no other stands in for it.
  const taken =
    measure.overTime === 'last' ? pairs.slice(-1) : measure.overTime === 'first' ? pairs.slice(0, 1) : pairs;
  return taken.filter(({ source: { code } }) => !out.without?.has(code));
}

/**
 * How a measure is brought to the grain of a question, or why it cannot be. A total of the source goes before
 * the one member that a filter leaves, unless there is no answer by it.
 */
function wayOf(
  world: World,
  question: WorldQuestion,
  kpi: WorldKpi,
  measure: WorldMeasure,
  outs: readonly Stretch[],
): Way | Refusal {
  const byTotals = wayWith(world, question, kpi, measure, 'total', outs);
  return 'doesNotAddOver' in byTotals ? wayWith(world, question, kpi, measure, 'member', outs) : byTotals;
}

/** Refused because of a dimension: another order of preference may do. */
interface OverRefusal extends Refusal {
  readonly doesNotAddOver?: true;
}

function wayWith(
  world: World,
  question: WorldQuestion,
  kpi: WorldKpi,
  measure: WorldMeasure,
  first: 'total' | 'member',
  outs: readonly Stretch[],
): Way | OverRefusal {
  const source = sourceOf(world, measure.source);
  const own = source.codes.map(({ dimension }) => dimension);
  const levels = question.by.filter((level) => !timeKinds.includes(level));
  if (
    [...levels, ...question.where.map(({ level }) => level)].some(
      (level) => !own.includes(dimensionOf(world, level)),
    )
  ) {
    return { refused: 'not-sliceable' };
  }
  const totals: Record<string, string> = {};
  const weighed: { dimension: string; by: string; total: string | undefined }[] = [];
  for (const code of source.codes) {
    const rule = measure.over?.[code.dimension] ?? 'sum';
    const asked = levels.filter((level) => dimensionOf(world, level) === code.dimension);
    if (rule === 'sum' || asked.includes(leafOf(world, code.dimension))) continue;
    const filtered = question.where.some(({ level }) => dimensionOf(world, level) === code.dimension);
    const total = totalLevel(world, question, code, asked);
    const single = filtered && letThrough(world, question, code.dimension).length === 1;
    if (single && (first === 'member' || total === undefined)) continue;
    if (typeof rule === 'object') weighed.push({ dimension: code.dimension, by: rule.weighted_by, total });
    else if (total === undefined) return { refused: 'does-not-add', doesNotAddOver: true };
    else totals[code.dimension] = total;
  }
  const [weighing] = weighed;
  const mustBeTotals = Object.keys(totals).length > 0 || weighed.length > 1;
  if (mustBeTotals && weighed.some(({ total }) => total === undefined))
    return { refused: 'does-not-add', doesNotAddOver: true };
  for (const { dimension, total } of weighed) if (total !== undefined) totals[dimension] = total;
  const weightMeasure = weighing && kpi.measures.find(({ name }) => name === weighing.by);
  const weight =
    weighing && weightMeasure
      ? {
          measure: weightMeasure,
          source: sourceOf(world, weightMeasure.source),
          dimension: weighing.dimension,
        }
      : null;

  for (const out of outs) {
    const pairs = pairsOf(world, question, measure, out);
    if (
      measure.period === undefined &&
      pairs.some(({ source: { from, to } }) => from < out.from || to > out.to)
    ) {
      return { refused: 'frequency-too-coarse' };
    }
    // The source's own totals are weighed by nobody, and go over time like any figure.
    const isWeighed = weight !== null && !mustBeTotals;
    if (pairs.length > 1 && (measure.overTime === 'none' || isWeighed)) return { refused: 'does-not-add' };
  }
  return { source, measure, totals, onlyTotals: mustBeTotals, weight: mustBeTotals ? null : weight };
}

function totalLevel(
  world: World,
  question: WorldQuestion,
  code: WorldCode,
  asked: readonly string[],
): string | undefined {
  const above = code.levels.slice(1);
  const alone = above.find((level) => classification(world, level).members.length === 1);
  const level = asked.length === 0 ? alone : asked.length === 1 ? asked[0] : undefined;
  if (level === undefined || !above.includes(level)) return undefined;
  const elsewhere = question.where.some(
    (filter) => dimensionOf(world, filter.level) === code.dimension && filter.level !== level,
  );
  return elsewhere ? undefined : level;
}

// --- one measure in one cell -----------------------------------------------------------------------

interface Found {
  readonly status: string;
  readonly value: Fraction | null;
  readonly coverage: NaiveCoverage;
  readonly flags: readonly string[];
}

/** Level to code, as the cell asks. */
type Place = Readonly<Record<string, string>>;

function belongs(
  world: World,
  question: WorldQuestion,
  way: Way,
  row: WorldRow,
  place: Place,
  date: string,
  at: Readonly<Record<string, string>>,
): boolean {
  const rightLevels = way.source.codes.every(
    ({ dimension }) => row.codes[dimension]?.level === (at[dimension] ?? leafOf(world, dimension)),
  );
  return (
    rightLevels &&
    Object.entries(place).every(([level, code]) => codeAt(world, row, level, date, at) === code) &&
    question.where.every((filter) => passes(filter, codeAt(world, row, filter.level, date, at)))
  );
}

function applies(measure: WorldMeasure, row: WorldRow): boolean {
  const bySlags = measure.slags === undefined || measure.slags.includes(row.slags);
  return (
    bySlags &&
    (measure.codes === undefined || measure.codes.in.includes(row.codes[measure.codes.dimension]?.code ?? ''))
  );
}

interface Counted {
  known: number;
  suppressed: number;
  notApplicable: number;
  value: bigint | null;
}

const nothing = (): Counted => ({ known: 0, suppressed: 0, notApplicable: 0, value: null });

function count(measure: WorldMeasure, rows: readonly WorldRow[]): Counted {
  const counted = nothing();
  for (const row of rows) {
    if (!applies(measure, row)) continue;
    const value = measure.column === null ? 1n : (row.values[measure.column] ?? 'not_delivered');
    if (value === 'suppressed') counted.suppressed += 1;
    if (value === 'not_applicable') counted.notApplicable += 1;
    if (typeof value !== 'bigint') continue;
    counted.known += 1;
    counted.value = counted.value === null ? value : merge(measure, counted.value, value);
  }
  return counted;
}

function merge(measure: WorldMeasure, a: bigint, b: bigint): bigint {
  if (measure.aggregate === 'min') return a < b ? a : b;
  if (measure.aggregate === 'max') return a > b ? a : b;
  return a + b;
}

/**
 * Columns whose members are parts: all that say whom they expect, of those the cube keeps, else the
 * first; and the one that the measure is weighed over, if it is.
 */
function partColumns(world: World, { source, measure }: Pick<Way, 'source' | 'measure'>): WorldCode[] {
  const kept = source.codes.filter(({ dimension }) => world.cube.dimensions.includes(dimension));
  const expecting = kept.filter(({ expect }) => expect !== 'delivered');
  const found = expecting.length > 0 ? expecting : kept.slice(0, 1);
  const weighed = kept.filter(({ dimension }) => typeof measure.over?.[dimension] === 'object');
  return [...new Set([...found, ...weighed])];
}

/** Members that a part column expects on a day and that belong to the cell. */
function expectedOn(
  world: World,
  question: WorldQuestion,
  code: WorldCode,
  place: Place,
  date: string,
): string[] {
  const leaf = leafOf(world, code.dimension);
  const inCell = (member: string) =>
    Object.entries(place).every(
      ([level, wanted]) =>
        dimensionOf(world, level) !== code.dimension ||
        placeOf(world, code.dimension, member, level, date) === wanted,
    ) &&
    question.where.every(
      (filter) =>
        dimensionOf(world, filter.level) !== code.dimension ||
        passes(filter, placeOf(world, code.dimension, member, filter.level, date)),
    );
  return classification(world, leaf)
    .members.filter(
      (member) =>
        holds(member, date) &&
        (typeof code.expect === 'string' ? member.expected !== false : code.expect.includes(member.code)),
    )
    .map((member) => member.code)
    .filter(inCell);
}

/** Parts that a complete delivery holds in a cell on a day: one member of each column; null where nobody says. */
function expectedParts(
  world: World,
  question: WorldQuestion,
  measure: WorldMeasure,
  columns: readonly WorldCode[],
  place: Place,
  date: string,
): number | null {
  if (columns.some(({ expect }) => expect === 'delivered')) return null;
  // A measure of women expects no men.
  const meant = (code: WorldCode, member: string) =>
    measure.codes?.dimension !== code.dimension || measure.codes.in.includes(member);
  return columns.reduce(
    (product, code) =>
      product * expectedOn(world, question, code, place, date).filter((member) => meant(code, member)).length,
    1,
  );
}

/**
 * A cell of the unknown member is one that nobody expects; unless the unknown member of a part column is
 * asked for above the finest level, where kommuner lie that lie in no region.
 */
function isUnexpected(world: World, columns: readonly WorldCode[], said: boolean, place: Place): boolean {
  return Object.entries(place).some(
    ([level, code]) =>
      code === unknown && !(said && columns.some(({ dimension }) => dimension === dimensionOf(world, level))),
  );
}

function foundFor(
  world: World,
  question: WorldQuestion,
  kpi: WorldKpi,
  way: Way,
  out: Stretch,
  place: Place,
): Found {
  const parts = foundInParts(world, question, kpi, way, out, place);
  if (Object.keys(way.totals).length === 0) return parts;
  if (way.onlyTotals && standsAlone(world, question, way, out, place)) return parts;
  const total = foundInTotals(world, question, kpi, way, out, place, parts.coverage);
  return way.onlyTotals || total.status === 'ok' ? total : parts;
}

/** Where there is no row of totals, what is one row of a member that nobody expects is its own total. */
function standsAlone(world: World, question: WorldQuestion, way: Way, out: Stretch, place: Place): boolean {
  const pairs = pairsOf(world, question, way.measure, out);
  const rowsAt = (at: Readonly<Record<string, string>>) =>
    pairs.flatMap(({ source, date }) =>
      way.source.rows.filter(
        (row) => row.period === source.code && belongs(world, question, way, row, place, date, at),
      ),
    );
  if (rowsAt(way.totals).length > 0) return false;
  if (unknownAlone(world, question, way, out, place)) return true;
  const columns = partColumns(world, way);
  const said = !columns.some(({ expect }) => expect === 'delivered');
  const unexpected = isUnexpected(world, columns, said, place);
  const none = pairs.every(
    ({ date }) => unexpected || expectedParts(world, question, way.measure, columns, place, date) === 0,
  );
  const rows = rowsAt({});
  return none && rows.length > 0 && count(way.measure, rows).known <= 1;
}

/** Nobody gives a total of the unknown; where it is one finest member, that member is the answer. */
function unknownAlone(world: World, question: WorldQuestion, way: Way, out: Stretch, place: Place): boolean {
  return Object.entries(way.totals).every(([dimension, level]) => {
    if (place[level] !== unknown) return false;
    const leaf = leafOf(world, dimension);
    const others = classification(world, leaf).members.map(({ code }) => code);
    return pairsOf(world, question, way.measure, out).every(({ date }) =>
      others.every((code) => placeOf(world, dimension, code, level, date) !== unknown),
    );
  });
}

function foundInTotals(
  world: World,
  question: WorldQuestion,
  kpi: WorldKpi,
  way: Way,
  out: Stretch,
  place: Place,
  coverage: NaiveCoverage,
): Found {
  const pairs = pairsOf(world, question, way.measure, out);
  const columns = partColumns(world, way).filter(({ dimension }) => way.totals[dimension] === undefined);
  const said = !partColumns(world, way).some(({ expect }) => expect === 'delivered');
  const own = Object.fromEntries(
    Object.entries(place).filter(([level]) => way.totals[dimensionOf(world, level)] === undefined),
  );
  const unexpected = isUnexpected(world, columns, said, own);
  let [expected, delivered] = [0, 0];
  const all = nothing();
  const values: bigint[] = [];
  for (const { source, date } of pairs) {
    const rows = way.source.rows.filter(
      (row) => row.period === source.code && belongs(world, question, way, row, place, date, way.totals),
    );
    if (said && !unexpected) expected += expectedParts(world, question, way.measure, columns, own, date) ?? 0;
    for (const part of partsIn(columns, rows)) {
      const counted = count(way.measure, part.rows);
      all.suppressed += counted.suppressed;
      all.known += counted.known;
      all.notApplicable += counted.notApplicable;
      if (!isWanted(world, question, columns, part, place, date)) continue;
      if (counted.known > 0 && counted.suppressed === 0) delivered += 1;
      if (counted.known + counted.suppressed === 0 && counted.notApplicable > 0) expected -= 1;
    }
    const { value } = count(way.measure, rows);
    if (value !== null) values.push(value);
  }
  const without = (status: string): Found => ({ status, value: null, coverage, flags: [] });
  if (all.suppressed > 0) return without('suppressed');
  if (all.known === 0) return without(all.notApplicable > 0 ? 'not_applicable' : 'not_delivered');
  if (values.length < pairs.length) return without('below_coverage');
  if (said && !unexpected && expected > 0 && delivered / expected < leastShare(kpi))
    return without('below_coverage');
  return {
    status: 'ok',
    value: overTime(way, values, values.length),
    coverage,
    flags: ['source_total'],
  };
}

function leastShare({ missing }: WorldKpi): number {
  return missing.parts === 'require_all' ? 1 : missing.parts === 'skip' ? (missing.coverage ?? 1) : 0;
}

interface Part {
  readonly members: readonly string[];
  readonly rows: readonly WorldRow[];
}

/** Rows of one period, gathered by the members of the part columns. */
function partsIn(columns: readonly WorldCode[], rows: readonly WorldRow[]): Part[] {
  const membersOf = (row: WorldRow) => columns.map(({ dimension }) => row.codes[dimension]?.code ?? unknown);
  const keys = new Map(rows.map((row) => [membersOf(row).join('/'), membersOf(row)]));
  return [...keys].map(([key, members]) => ({
    members,
    rows: rows.filter((row) => membersOf(row).join('/') === key),
  }));
}

/** Whether a complete delivery holds the part: by each of its members. */
function isWanted(
  world: World,
  question: WorldQuestion,
  columns: readonly WorldCode[],
  part: Part,
  place: Place,
  date: string,
): boolean {
  return columns.every((code, at) =>
    expectedOn(world, question, code, place, date).includes(part.members[at] ?? ''),
  );
}

function decimalsOf(source: WorldSource, measure: WorldMeasure): bigint {
  const decimals = source.numbers.find(({ name }) => name === measure.column)?.decimals ?? 0;
  return 10n ** BigInt(decimals);
}

/** Values of periods, in order, to one; in base units. */
function overTime(way: Way, values: readonly bigint[], periods: number): Fraction | null {
  const { measure, source } = way;
  if (values.length === 0) return null;
  const scale = scaleOf(measure.unit);
  const d = decimalsOf(source, measure);
  const total =
    measure.overTime === 'mean'
      ? values.reduce((a, b) => a + b)
      : values.reduce((a, b) => merge(measure, a, b));
  return times({ n: total, d: d * BigInt(measure.overTime === 'mean' ? periods : 1) }, scale);
}

function foundInParts(
  world: World,
  question: WorldQuestion,
  kpi: WorldKpi,
  way: Way,
  out: Stretch,
  place: Place,
): Found {
  const { measure, source } = way;
  const columns = partColumns(world, way);
  const said = !columns.some(({ expect }) => expect === 'delivered');
  const unexpected = isUnexpected(world, columns, said, place);

  let [expected, delivered, suppressed, notApplicable] = [0, 0, 0, 0];
  const all = nothing();
  let weighted: Fraction = { n: 0n, d: 1n };
  let weights = 0n;
  let weighedParts = 0;
  let alone = false;
  let heldPeriods = 0;
  const values: bigint[] = [];
  for (const pair of pairsOf(world, question, measure, out)) {
    const rows = source.rows.filter(
      (row) => row.period === pair.source.code && belongs(world, question, way, row, place, pair.date, {}),
    );
    const wanted = unexpected ? 0 : expectedParts(world, question, measure, columns, place, pair.date);
    expected += wanted ?? 0;
    const weighedOver = way.weight?.dimension ?? '';
    const memberOf = (row: WorldRow | undefined) => row?.codes[weighedOver]?.code ?? unknown;
    const known = rows.filter((row) => count(measure, [row]).known > 0);
    // What one member alone gives is its own mean: nothing is weighed.
    alone = new Set(known.map(memberOf)).size === 1;
    for (const part of partsIn(columns, rows)) {
      const counted = count(measure, part.rows);
      const weight = way.weight && weightOf(world, way.weight, memberOf(part.rows[0]), pair.source.code);
      const needsWeight = way.weight !== null && !alone;
      const whole = counted.known > 0 && counted.suppressed === 0 && (!needsWeight || weight !== null);
      all.known += counted.known;
      all.suppressed += counted.suppressed;
      all.notApplicable += counted.notApplicable;
      if (!unexpected && isWanted(world, question, columns, part, place, pair.date)) {
        if (whole) delivered += 1;
        else if (counted.suppressed > 0) suppressed += 1;
        else if (counted.known === 0 && counted.notApplicable > 0) notApplicable += 1;
      }
      if (whole && counted.value !== null && weight !== null) {
        weighted = plus(weighted, { n: counted.value * weight, d: decimalsOf(source, measure) });
        weights += weight;
        weighedParts += 1;
      }
    }
    const { value } = count(measure, rows);
    if (value !== null) values.push(value);
    if (pair.held) heldPeriods += 1;
  }

  // What nobody expects is nothing where it has no row; what is expected is missing there.
  const missingIsNothing = kpi.missing.parts === 'as_zero' || ((said || unexpected) && expected === 0);
  const meanPeriods = missingIsNothing ? Math.max(heldPeriods, values.length) : values.length;
  expected = said || unexpected ? expected - notApplicable : delivered + suppressed;
  const coverage = {
    expected,
    delivered,
    suppressed,
    notApplicable,
    absent: expected - delivered - suppressed,
  };
  const without = (status: string): Found => ({ status, value: null, coverage, flags: [] });
  const asZero = kpi.missing.parts === 'as_zero';
  const zeroed: Found = { status: 'ok', value: { n: 0n, d: 1n }, coverage, flags: [] };
  if (!asZero) {
    if (expected === 0) {
      if (all.suppressed > 0) return without('suppressed');
      if (all.known === 0) return without(all.notApplicable > 0 ? 'not_applicable' : 'not_delivered');
    } else if (delivered === 0) return without(coverage.absent > 0 ? 'not_delivered' : 'suppressed');
    else if (delivered / expected < leastShare(kpi)) return without('below_coverage');
    else if (kpi.missing.parts === 'require_all' && all.suppressed > 0) return without('below_coverage');
  }
  if (way.weight && !alone) {
    if (weighedParts === 0) return asZero ? zeroed : without('not_delivered');
    if (weights === 0n) return without('undefined');
    // The weight's decimals are above and below the line, so that they fall out.
    return {
      status: 'ok',
      value: times({ n: weighted.n, d: weighted.d * weights }, scaleOf(measure.unit)),
      coverage,
      flags: ['weighted'],
    };
  }
  const value = overTime(way, values, meanPeriods);
  if (value === null) return asZero ? zeroed : without('not_delivered');
  return { status: 'ok', value, coverage, flags: [] };
}

/** Null where the member has no weight in the period, or one that is partly hidden. */
function weightOf(
  world: World,
  { measure, source, dimension }: NonNullable<Way['weight']>,
  member: string,
  period: string,
): bigint | null {
  const weightPeriod =
    measure.period === undefined
      ? period
      : measure.period === 'Å_Primo'
        ? period.slice(0, 4)
        : measure.period;
  const rows = source.rows.filter(
    (row) =>
      row.period === weightPeriod &&
      row.codes[dimension]?.code === member &&
      source.codes.every((code) => row.codes[code.dimension]?.level === leafOf(world, code.dimension)),
  );
  const counted = count(measure, rows);
  return counted.suppressed > 0 ? null : counted.value;
}

// --- one cell --------------------------------------------------------------------------------------

const scales: Readonly<Record<string, Fraction>> = {
  person: { n: 1n, d: 1n },
  borger: { n: 1n, d: 1n },
  andel: { n: 1n, d: 1n },
  'pct.': { n: 1n, d: 100n },
  'kr.': { n: 1n, d: 1n },
  '1.000 kr.': { n: 1000n, d: 1n },
  'kr./borger': { n: 1n, d: 1n },
  'person/borger': { n: 1n, d: 1n },
  'person/1000 borger': { n: 1n, d: 1000n },
};

function scaleOf(unit: string): Fraction {
  const scale = scales[unit];
  if (!scale) throw new Error(`naive: no unit ${unit}`);
  return scale;
}

const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });

export function sameFraction(a: Fraction | null, b: Fraction | null): boolean {
  return a === null || b === null ? a === b : a.n * b.d === b.n * a.d;
}

const rank = ['ok', 'undefined', 'not_applicable', 'below_coverage', 'suppressed', 'not_delivered'];
const worse = (a: string, b: string): string => (rank.indexOf(a) >= rank.indexOf(b) ? a : b);

interface Operand {
  readonly status: string;
  readonly value: Fraction | null;
}

/** What functions make of a question: other levels and filters, and moves of its periods, outermost first. */
interface Around {
  readonly question: WorldQuestion;
  readonly moves: readonly Move[];
  /** Levels that a mean is taken over. */
  readonly added: readonly string[];
}

interface Move {
  readonly name: string;
  readonly argument: string;
  /** Months in one period of the finest own frequency inside. */
  readonly step: number;
  readonly grows: boolean;
}

interface Leaf {
  readonly measure: WorldMeasure;
  readonly around: Around;
}

const monthsIn: Readonly<Record<TimeKind, number>> = { maaned: 1, kvartal: 3, aar: 12 };
const moving = ['lag', 'rolling', 'ytd', 'same_period_last_year', 'index'];

/** What a function does to the question inside it. */
function inside(world: World, kpi: WorldKpi, formula: WorldFormula, around: Around): Around {
  if (formula.kind !== 'call') return around;
  const [of] = formula.of;
  const { question } = around;
  if (of && moving.includes(formula.name)) {
    const move = {
      name: formula.name,
      argument: formula.with[0] ?? '',
      step: stepOf(world, kpi, of),
      grows: growthOf(kpi, of) !== 0,
    };
    return { ...around, moves: [...around.moves, move] };
  }
  if (formula.name === 'total') {
    const isDropped = (level: string) =>
      !timeKinds.includes(level) && formula.with.includes(dimensionOf(world, level));
    return {
      ...around,
      question: {
        ...question,
        by: question.by.filter((level) => !isDropped(level)),
        where: question.where.filter(({ level }) => !isDropped(level)),
      },
    };
  }
  const level = formula.with[0] ?? '';
  if (formula.name !== 'mean_over') return around;
  const by = question.by.includes(level) ? question.by : [...question.by, level];
  return { ...around, question: { ...question, by }, added: [...around.added, level] };
}

function* leavesOf(world: World, kpi: WorldKpi, formula: WorldFormula, around: Around): Generator<Leaf> {
  if (formula.kind === 'number') return;
  if (formula.kind === 'measure') {
    yield { measure: measureNamed(kpi, formula.name), around };
    return;
  }
  const inner = formula.kind === 'call' ? formula.of : [formula.left, formula.right];
  // The index stands beside its base.
  if (formula.kind === 'call' && formula.name === 'index')
    for (const each of inner) yield* leavesOf(world, kpi, each, around);
  for (const each of inner) yield* leavesOf(world, kpi, each, inside(world, kpi, formula, around));
}

const leavesOfKpi = (world: World, question: WorldQuestion, kpi: WorldKpi): Leaf[] => [
  ...leavesOf(world, kpi, kpi.formula, { question, moves: [], added: [] }),
];

function stepOf(world: World, kpi: WorldKpi, formula: WorldFormula): number {
  const measures = measuresIn(formula).map((name) => measureNamed(kpi, name));
  const own = measures.filter(({ period }) => period === undefined);
  const months = (own.length > 0 ? own : measures).map(
    ({ source }) => monthsIn[kindOf[sourceOf(world, source).frequency]],
  );
  return Math.min(...months);
}

/** 1 for what adds over months, 0 for what does not, NaN for a mixture. */
function growthOf(kpi: WorldKpi, formula: WorldFormula): number {
  switch (formula.kind) {
    case 'number':
      return 0;
    case 'measure': {
      const { overTime: rule, period } = measureNamed(kpi, formula.name);
      return rule === 'sum' && period === undefined ? 1 : 0;
    }
    case '*':
      return growthOf(kpi, formula.left) + growthOf(kpi, formula.right);
    case '/':
      return growthOf(kpi, formula.left) - growthOf(kpi, formula.right);
    case 'call': {
      if (['rolling', 'index'].includes(formula.name)) return 0;
      return commonGrowth(kpi, formula.name === 'if' ? formula.of.slice(2) : formula.of);
    }
    default:
      return commonGrowth(kpi, [formula.left, formula.right]);
  }
}

function commonGrowth(kpi: WorldKpi, formulas: readonly WorldFormula[]): number {
  const powers = formulas.filter(({ kind }) => kind !== 'number').map((each) => growthOf(kpi, each));
  const [first = 0] = powers;
  return powers.every((power) => power === first) ? first : Number.NaN;
}

// --- moved periods ---------------------------------------------------------------------------------

/** Months from the year 0, both ends within. */
interface Months {
  readonly first: number;
  readonly last: number;
  /** Months in the periods that the ends belong to. */
  readonly size: number;
}

const monthOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
const startOf = (month: number): string => day(Math.floor(month / 12), month % 12, 1);
const endOf = (month: number): string => day(Math.floor(month / 12), (month % 12) + 1, 0);

function monthsOf(code: string): Months {
  const { from, to } = stretchOf(code);
  const sizes = code.split('..').map((end) => (end.length === 4 ? 12 : end[4] === 'K' ? 3 : 1));
  return { first: monthOf(from), last: monthOf(to), size: Math.min(...sizes) };
}

/** The days that a leaf takes for an asked period, and what it leaves out; null where the functions do not fit. */
function movedTo(world: World, leaf: Leaf, leaves: readonly Leaf[], out: Stretch): Stretch | null {
  const { moves } = leaf.around;
  if (moves.length === 0) return out;
  const kind = kindOf[sourceOf(world, leaf.measure.source).frequency];
  const beside = sourcesBeside(world, leaves, kind);
  const isHeld = (code: string) => beside.every(({ rows }) => rows.some(({ period }) => period === code));
  let asked = monthsOf(out.code);
  if (moves.some(({ name }) => name === 'ytd') && beside.length > 0) {
    const last = periodsIn(out, kind)
      .filter(({ code }) => isHeld(code))
      .at(-1);
    if (last && last.to < out.to) asked = { ...asked, last: monthOf(last.to), size: monthsIn[kind] };
  }
  let here = asked;
  let back: number | null = 0;
  for (const move of moves) {
    const there: { months: Months; by: number | null } | null = movedBy(move, here);
    if (there === null) return null;
    here = there.months;
    back = back === null || there.by === null ? null : back + there.by;
  }
  const stretch = { code: out.code, from: startOf(here.first), to: endOf(here.last) };
  if (beside.length === 0 || !back || leaf.measure.period !== undefined) return stretch;
  const question = { ...leaf.around.question };
  const pairs = pairsOf(world, question, leaf.measure, stretch).map(({ source }) => source);
  const later = (period: Stretch): string =>
    periodsIn(
      { from: startOf(monthOf(period.from) + (back ?? 0)), to: endOf(monthOf(period.to) + (back ?? 0)) },
      kind,
    )[0]?.code ?? '';
  const gone = pairs.filter((period) => !isHeld(later(period))).map(({ code }) => code);
  return gone.length === 0 || gone.length === pairs.length ? stretch : { ...stretch, without: new Set(gone) };
}

/** Sources, of one frequency, of the leaves that say something of the asked period itself. */
function sourcesBeside(world: World, leaves: readonly Leaf[], kind: TimeKind): WorldSource[] {
  const unmoved = leaves.filter(
    ({ measure, around }) =>
      measure.period === undefined &&
      !around.moves.some(({ name }) => ['lag', 'same_period_last_year', 'index'].includes(name)),
  );
  return [...new Set(unmoved.map(({ measure }) => measure.source))]
    .map((id) => sourceOf(world, id))
    .filter(({ frequency }) => kindOf[frequency] === kind);
}

/** Where a function goes from some months, and how far back; null where it does not fit. */
function movedBy(move: Move, here: Months): { months: Months; by: number | null } | null {
  const { first, last, size } = here;
  const counted = Number(move.argument) * move.step;
  const back = (by: number) => ({ months: { first: first - by, last: last - by, size }, by });
  switch (move.name) {
    case 'lag':
      return counted % size === 0 ? back(counted) : null;
    case 'same_period_last_year':
      return back(12);
    case 'rolling': {
      const from = last - (last % move.step) - counted + move.step;
      if (counted % size !== 0 || from > first) return null;
      return { months: { first: from, last, size: Math.min(size, move.step) }, by: 0 };
    }
    case 'ytd': {
      const from = last - (last % 12);
      return from > first ? null : { months: { first: from, last, size: Math.min(size, move.step) }, by: 0 };
    }
    default: {
      const base = monthsOf(move.argument.replaceAll('"', ''));
      const periods = ({ first: a, last: b }: Months) =>
        Math.floor(b / move.step) - Math.floor(a / move.step) + 1;
      const isAsLong = periods(base) === periods(here);
      if (move.grows && !isAsLong) return null;
      return { months: base, by: isAsLong ? first - base.first : null };
    }
  }
}

// --- formulas --------------------------------------------------------------------------------------

/** Everything that one cell's formula is worked out from. */
const strictly = (kpi: WorldKpi): WorldKpi => ({
  ...kpi,
  missing: { parts: 'require_all', operand: kpi.missing.operand },
});

interface Desk {
  readonly world: World;
  readonly kpi: WorldKpi;
  readonly leaves: readonly Leaf[];
  readonly out: Stretch;
  /** Parts that some operand does not have are left out of all. */
  readonly isMatched: boolean;
  /** What the formula stands on, as it is met: measures, and means as one each. */
  readonly met: Found[];
}

function evaluate(desk: Desk, formula: WorldFormula, around: Around, place: Place): Operand {
  const { kpi } = desk;
  switch (formula.kind) {
    case 'number': {
      const [whole = '', decimals = ''] = formula.value.split('.');
      return { status: 'ok', value: { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) } };
    }
    case 'measure': {
      const leaf = { measure: measureNamed(kpi, formula.name), around };
      const found = desk.isMatched ? matchedAt(desk, leaf, place) : foundAt(desk, leaf, place);
      desk.met.push(found);
      const zeroed = kpi.missing.operand === 'as_zero' && found.status !== 'ok';
      return zeroed ? { status: 'ok', value: { n: 0n, d: 1n } } : found;
    }
    case 'call':
      return evaluateCall(desk, formula, around, place);
    default: {
      const left = evaluate(desk, formula.left, around, place);
      const right = evaluate(desk, formula.right, around, place);
      return combined(formula.kind, left, right);
    }
  }
}

function combined(kind: '+' | '-' | '*' | '/', left: Operand, right: Operand): Operand {
  const status = worse(left.status, right.status);
  if (status !== 'ok' || !left.value || !right.value) return { status, value: null };
  const minus = { n: -right.value.n, d: right.value.d };
  if (kind === '+') return { status, value: plus(left.value, right.value) };
  if (kind === '-') return { status, value: plus(left.value, minus) };
  if (kind === '*') return { status, value: times(left.value, right.value) };
  if (right.value.n === 0n) return { status: 'undefined', value: null };
  return { status, value: times(left.value, { n: right.value.d, d: right.value.n }) };
}

type Call = Extract<WorldFormula, { kind: 'call' }>;

function evaluateCall(desk: Desk, call: Call, around: Around, place: Place): Operand {
  const inner = inside(desk.world, desk.kpi, call, around);
  const at = (formula: WorldFormula | undefined, where = inner) =>
    formula ? evaluate(desk, formula, where, place) : { status: 'ok', value: null };
  const [first, second, third, fourth] = call.of;
  switch (call.name) {
    case 'lag':
    case 'rolling':
    case 'ytd':
    case 'same_period_last_year':
      return at(first);
    case 'index':
      return combined('/', at(first, around), at(first));
    case 'total': {
      const kept = Object.entries(place).filter(([level]) => inner.question.by.includes(level));
      return first ? evaluate(desk, first, inner, Object.fromEntries(kept)) : { status: 'ok', value: null };
    }
    case 'mean_over':
      return meanOver(desk, call, around, place);
    case 'if': {
      const [a, b, yes, no] = [at(first), at(second), at(third), at(fourth)];
      const status = worse(a.status, b.status);
      if (status !== 'ok' || !a.value || !b.value) return { status, value: null };
      const isLess = below(a.value, b.value);
      const isMore = below(b.value, a.value);
      const holding = { '<': isLess, '>': isMore, '<=': !isMore, '>=': !isLess }[call.with[0] ?? ''];
      return holding ? yes : no;
    }
    default: {
      const operands = call.of.map((each) => at(each));
      const status = operands.map((each) => each.status).reduce(worse);
      const values = operands.flatMap(({ value }) => value ?? []);
      if (status !== 'ok') return { status, value: null };
      const value = values.reduce((a, b) => (below(a, b) === (call.name === 'min') ? a : b));
      if (call.name === 'abs')
        return { status, value: value.n < 0n !== value.d < 0n ? negative(value) : value };
      if (call.name === 'round') return { status, value: roundedTo(value, Number(call.with[0])) };
      return { status, value };
    }
  }
}

const negative = ({ n, d }: Fraction): Fraction => ({ n: -n, d });
const positive = ({ n, d }: Fraction): Fraction => (d < 0n ? { n: -n, d: -d } : { n, d });

function below(a: Fraction, b: Fraction): boolean {
  const [left, right] = [positive(a), positive(b)];
  return left.n * right.d < right.n * left.d;
}

/** Half away from zero. */
function roundedTo(value: Fraction, decimals: number): Fraction {
  const { n, d } = positive(value);
  const tens = 10n ** BigInt(decimals);
  const up = 2n * (n < 0n ? -n : n) * tens + d;
  const whole = (up - (up % (2n * d))) / (2n * d);
  return { n: n < 0n ? -whole : whole, d: tens };
}

function foundAt(desk: Desk, leaf: Leaf, place: Place): Found {
  const { world, kpi, leaves, out } = desk;
  const moved = movedTo(world, leaf, leaves, out);
  if (moved === null) throw new Error('naive: a window does not fit');
  const { question } = leaf.around;
  const way = wayOf(world, question, kpi, leaf.measure, [moved]);
  if ('refused' in way) throw new Error(`naive: ${leaf.measure.name} is refused`);
  const own = Object.fromEntries(Object.entries(place).filter(([level]) => question.by.includes(level)));
  return foundFor(world, question, kpi, way, moved, own);
}

/** Whether parts that are missing in one operand are left out of all. */
const isMatched = (kpi: WorldKpi, leaves: readonly Leaf[]): boolean =>
  kpi.missing.parts === 'skip' &&
  (new Set(leaves.map(({ measure }) => measure.name)).size > 1 ||
    (leaves.length > 1 && leaves.some(({ around }) => around.moves.length > 0))) &&
  leaves.every(({ around }) => around.added.length === 0);

/** Dimensions that all operands count parts by. */
function commonParts(world: World, leaves: readonly Leaf[]): string[] {
  const counted = leaves.map(({ measure }) =>
    partColumns(world, { source: sourceOf(world, measure.source), measure }).map(
      ({ dimension }) => dimension,
    ),
  );
  return (counted[0] ?? []).filter((dimension) => counted.every((each) => each.includes(dimension)));
}

/**
 * An operand over the parts that every operand has: one finest member of each dimension that all of them count. A part
 * is had when its figure over the periods that came is one that requires all.
 */
function matchedAt(desk: Desk, leaf: Leaf, place: Place): Found {
  const { world, kpi, leaves } = desk;
  const common = commonParts(world, leaves);
  let cells: Place[] = [place];
  for (const dimension of common) {
    const level = leafOf(world, dimension);
    const codes = [...new Set([...classification(world, level).members.map(({ code }) => code), unknown])];
    cells = cells.flatMap((cell) =>
      (cell[level] === undefined ? codes : [cell[level]]).map((code) => ({ ...cell, [level]: code })),
    );
  }
  const loose = {
    ...desk,
    kpi: { ...kpi, missing: { ...kpi.missing, parts: 'skip' as const, coverage: 0 } },
  };
  const coverage = { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };
  const values: Fraction[] = [];
  for (const cell of cells) {
    const at = (each: Leaf): Leaf => ({
      ...each,
      around: {
        ...each.around,
        question: {
          ...each.around.question,
          by: [...new Set([...each.around.question.by, ...Object.keys(cell)])],
        },
      },
    });
    const founds = leaves.map((each) => foundAt(loose, at(each), cell));
    if (founds.some(({ status }) => status === 'not_applicable')) continue;
    const expected = leaves.some((each) => isExpectedAt(loose, at(each), cell));
    if (!expected && !leaves.some((each) => isHeldAt(loose, at(each), cell))) continue;
    const isHad = expected
      ? leaves.every((each, position) => founds[position]?.status === 'ok' && isWholeAt(desk, at(each), cell))
      : founds.every(({ status }) => status === 'ok' || status === 'not_delivered');
    const own = foundAt(loose, at(leaf), cell);
    coverage.expected += own.coverage.expected;
    coverage.suppressed += own.coverage.suppressed;
    coverage.notApplicable += own.coverage.notApplicable;
    coverage.delivered += isHad ? own.coverage.delivered : 0;
    if (isHad && own.value) values.push(own.value);
  }
  coverage.absent = coverage.expected - coverage.suppressed - coverage.delivered;
  const without = (status: string): Found => ({ status, value: null, coverage, flags: [] });
  if (coverage.expected > 0) {
    if (coverage.delivered === 0) return without(coverage.absent > 0 ? 'not_delivered' : 'suppressed');
    if (coverage.delivered / coverage.expected < leastShare(kpi)) return without('below_coverage');
  }
  if (values.length === 0) return without('not_delivered');
  const { aggregate } = leaf.measure;
  const isLess = (a: Fraction, b: Fraction) => below(a, b) === (aggregate === 'min');
  const value =
    aggregate === 'min' || aggregate === 'max'
      ? values.reduce((a, b) => (isLess(a, b) ? a : b))
      : values.reduce(plus);
  return { status: 'ok', value, coverage, flags: [] };
}

/** Whether a part is known in every period of it that came at all. */
function isWholeAt(desk: Desk, leaf: Leaf, place: Place): boolean {
  const { world, kpi } = desk;
  const found = wayAt(desk, leaf);
  if (!found) return false;
  const { question } = leaf.around;
  const { way, moved } = found;
  const absent = pairsOf(world, question, leaf.measure, moved).filter(({ held }) => !held);
  const without = new Set([...(moved.without ?? []), ...absent.map(({ source }) => source.code)]);
  const whole = foundFor(world, question, strictly(kpi), way, { ...moved, without }, place);
  return whole.status === 'ok';
}

/** Every member of the level that is expected in the cell, or that holds something there. */
function meanOver(desk: Desk, call: Call, around: Around, place: Place): Operand {
  const { world, kpi } = desk;
  const level = call.with[0] ?? '';
  const [of] = call.of;
  const inner = inside(world, kpi, call, around);
  if (!of) return { status: 'ok', value: null };
  const asked = Object.fromEntries(
    Object.entries(place).filter(([name]) => around.question.by.includes(name)),
  );
  const codes =
    asked[level] === undefined
      ? classification(world, level).members.map(({ code }) => code)
      : [asked[level]];
  const leaves = [...leavesOf(world, kpi, of, inner)].filter(({ around: each }) =>
    each.question.by.includes(level),
  );
  const values: Fraction[] = [];
  const flags = new Set<string>();
  const counts: Record<string, number> = {};
  const all = new Set<string>();
  let expected = 0;
  for (const code of new Set(codes)) {
    const there = { ...asked, [level]: code };
    const isExpected = leaves.some((leaf) => isExpectedAt(desk, leaf, ownPlace(leaf, there)));
    const isListed = isExpected && leaves.some((leaf) => isListedAt(desk, leaf, level, there));
    if (
      !isListed &&
      asked[level] === undefined &&
      !leaves.some((leaf) => isHeldAt(desk, leaf, ownPlace(leaf, there)))
    )
      continue;
    const met: Found[] = [];
    const ways = new Set(
      leaves.map(({ measure, around: own }) => `${measure.name} ${JSON.stringify(own.moves)}`),
    );
    const strict = kpi.missing.parts === 'skip' && ways.size > 1 ? strictly(kpi) : kpi;
    const { status, value } = evaluate({ ...desk, kpi: strict, met }, of, inner, there);
    all.add(status);
    if (status === 'ok' && value) {
      values.push(roundedTo(value, 12));
      for (const flag of met.flatMap((each) => each.flags)) flags.add(flag);
    }
    if (!isExpected) continue;
    expected += 1;
    counts[status] = (counts[status] ?? 0) + 1;
  }
  const notApplicable = (counts.undefined ?? 0) + (counts.not_applicable ?? 0);
  const coverage = {
    expected: expected - notApplicable,
    delivered: counts.ok ?? 0,
    suppressed: counts.suppressed ?? 0,
    notApplicable,
    absent: (counts.below_coverage ?? 0) + (counts.not_delivered ?? 0),
  };
  const status = statusOfMean(kpi, coverage, values.length, all);
  const sum = values.reduce(plus, { n: 0n, d: 1n });
  const value = status === 'ok' ? times(sum, { n: 1n, d: BigInt(values.length) }) : null;
  desk.met.push({ status, value, coverage, flags: status === 'ok' ? [...flags] : [] });
  return { status, value };
}

function statusOfMean(
  kpi: WorldKpi,
  coverage: NaiveCoverage,
  numbers: number,
  all: ReadonlySet<string>,
): string {
  if (coverage.expected === 0) {
    if (numbers > 0) return all.has('suppressed') ? 'suppressed' : 'ok';
    return ['suppressed', 'undefined', 'not_applicable'].find((each) => all.has(each)) ?? 'not_delivered';
  }
  if (coverage.delivered === 0 && kpi.missing.parts !== 'as_zero')
    return coverage.absent > 0 ? 'not_delivered' : 'suppressed';
  if (coverage.delivered / coverage.expected < leastShare(kpi)) return 'below_coverage';
  if (kpi.missing.parts === 'require_all' && all.has('suppressed')) return 'below_coverage';
  return numbers === 0 ? 'not_delivered' : 'ok';
}

const ownPlace = ({ around }: Leaf, place: Place): Place =>
  Object.fromEntries(Object.entries(place).filter(([level]) => around.question.by.includes(level)));

function wayAt({ world, kpi, leaves, out }: Desk, leaf: Leaf): { way: Way; moved: Stretch } | null {
  const moved = movedTo(world, leaf, leaves, out);
  const way = moved && wayOf(world, leaf.around.question, kpi, leaf.measure, [moved]);
  return !moved || !way || 'refused' in way ? null : { way, moved };
}

function isExpectedAt(desk: Desk, leaf: Leaf, place: Place): boolean {
  const found = wayAt(desk, leaf);
  if (!found) return false;
  const { question } = leaf.around;
  const columns = partColumns(desk.world, found.way);
  const said = !columns.some(({ expect }) => expect === 'delivered');
  if (!said || isUnexpected(desk.world, columns, said, place)) return false;
  return pairsOf(desk.world, question, leaf.measure, found.moved).some(
    ({ date }) => (expectedParts(desk.world, question, leaf.measure, columns, place, date) ?? 0) > 0,
  );
}

/** Whether a source says of the level's dimension whom it expects, and someone of it lies in the cell. */
function isListedAt(desk: Desk, leaf: Leaf, level: string, place: Place): boolean {
  const { world } = desk;
  const found = wayAt(desk, leaf);
  const code = found?.way.source.codes.find(({ dimension }) => dimension === dimensionOf(world, level));
  if (!found || !code || code.expect === 'delivered') return false;
  const { question } = leaf.around;
  return pairsOf(world, question, leaf.measure, found.moved).some(
    ({ date }) => expectedOn(world, question, code, ownPlace(leaf, place), date).length > 0,
  );
}

function isHeldAt(desk: Desk, leaf: Leaf, place: Place): boolean {
  const found = wayAt(desk, leaf);
  if (!found) return false;
  const { way, moved } = found;
  const { question } = leaf.around;
  return [{}, ...(Object.keys(way.totals).length > 0 ? [way.totals] : [])].some((at) =>
    pairsOf(desk.world, question, leaf.measure, moved).some(({ source, date }) =>
      way.source.rows.some((row) => {
        if (row.period !== source.code || !belongs(desk.world, question, way, row, place, date, at))
          return false;
        const counted = count(leaf.measure, [row]);
        return counted.known + counted.suppressed + counted.notApplicable > 0;
      }),
    ),
  );
}

function measuresIn(formula: WorldFormula): string[] {
  if (formula.kind === 'measure') return [formula.name];
  if (formula.kind === 'number') return [];
  const inner = formula.kind === 'call' ? formula.of : [formula.left, formula.right];
  return [...new Set(inner.flatMap(measuresIn))];
}

function kpiNamed(world: World, name: string): WorldKpi {
  const found = world.kpis.find((kpi) => kpi.name === name);
  if (!found) throw new Error(`naive: no KPI ${name}`);
  return found;
}

/** Why a question cannot be answered, of every figure that cannot; nothing where all can. */
export function refusalsOf(world: World, question: WorldQuestion): Refusal['refused'][] {
  return question.kpis.flatMap((name) => {
    const kpi = kpiNamed(world, name);
    const leaves = leavesOfKpi(world, question, kpi);
    if (isMatched(kpi, leaves) && commonParts(world, leaves).length === 0) return ['not-in-cube'];
    return leaves.flatMap((leaf) => {
      const outs = outPeriods(question).map((out) => movedTo(world, leaf, leaves, out));
      const moved = outs.filter((out) => out !== null);
      const way = wayOf(world, leaf.around.question, kpi, leaf.measure, moved);
      return [
        ...(moved.length < outs.length ? (['window-does-not-fit'] as const) : []),
        ...('refused' in way ? [way.refused] : []),
      ];
    });
  });
}

function measureNamed(kpi: WorldKpi, name: string): WorldMeasure {
  const found = kpi.measures.find((measure) => measure.name === name);
  if (!found) throw new Error(`naive: no measure ${name}`);
  return found;
}

/** The cell of a KPI at the codes of a row, which stand in the order of the levels asked for. */
export function cellOf(
  world: World,
  question: WorldQuestion,
  name: string,
  members: readonly string[],
): NaiveCell {
  const kpi = kpiNamed(world, name);
  const time = question.by.findIndex((level) => timeKinds.includes(level));
  const out = time < 0 ? stretchOf(question.period) : stretchOf(members[time] ?? '');
  const place = Object.fromEntries(
    question.by.flatMap((level, position) => (position === time ? [] : [[level, members[position] ?? '']])),
  );
  const met: Found[] = [];
  const leaves = leavesOfKpi(world, question, kpi);
  const desk = { world, kpi, leaves, out, met, isMatched: isMatched(kpi, leaves) };
  const { status, value } = evaluate(desk, kpi.formula, { question, moves: [], added: [] }, place);
  const coverage = met
    .map((each) => each.coverage)
    .reduce((least, next) => (share(next) < share(least) ? next : least));
  const flags = [...new Set(met.flatMap((each) => each.flags))].sort();
  const valid =
    out.to >= stretchOf(kpi.validFrom ?? '2000').from &&
    (kpi.validTo === undefined || out.from <= stretchOf(kpi.validTo).to);
  if (!valid) return { status: 'not_applicable', value: null, coverage, flags };
  const scale = scaleOf(kpi.unit);
  return {
    status,
    value: value && status === 'ok' ? times(value, { n: scale.d, d: scale.n }) : null,
    coverage,
    flags,
  };
}

const share = ({ expected, delivered }: NaiveCoverage): number => (expected === 0 ? 1 : delivered / expected);

/**
 * Codes of every row of an answer, joined: where some measure has something to say, and every combination
 * of members that some source expects, or that were met where none says whom to expect.
 */
export function rowsOf(world: World, question: WorldQuestion): Set<string> {
  const held = holdingRows(world, question);
  const rows = new Set(held.map(({ out, codes }) => rowKey(question, out, codes)));
  const levels = memberLevels(question);
  const dimensions = [...new Set(levels.map((level) => dimensionOf(world, level)))];
  for (const out of outPeriods(question)) {
    let tuples: Place[] = [{}];
    for (const dimension of dimensions) {
      const asked = levels.filter((level) => dimensionOf(world, level) === dimension);
      const choices =
        expectedPlaces(world, question, dimension, asked, out) ?? metPlaces(levels, held, asked);
      tuples = tuples.flatMap((tuple) => choices.map((choice) => ({ ...tuple, ...choice })));
    }
    for (const tuple of tuples)
      rows.add(
        rowKey(
          question,
          out.code,
          levels.map((level) => tuple[level] ?? ''),
        ),
      );
  }
  return rows;
}

const memberLevels = (question: WorldQuestion): string[] =>
  question.by.filter((level) => !timeKinds.includes(level));

/** Codes in the order of the levels, the period's own among them. */
function rowKey(question: WorldQuestion, out: string, codes: readonly string[]): string {
  let next = 0;
  return question.by.map((level) => (timeKinds.includes(level) ? out : (codes[next++] ?? ''))).join('/');
}

interface HeldRow {
  readonly out: string;
  /** At the levels asked for, without time. */
  readonly codes: readonly string[];
}

/** Where some row says something: of parts, and of the totals that may answer. */
function holdingRows(world: World, question: WorldQuestion): HeldRow[] {
  const held: HeldRow[] = [];
  for (const { way, out, moved, question: own } of waysOf(world, question)) {
    // A total over a dimension that is asked for says nothing of its members.
    if (!memberLevels(question).every((level) => own.by.includes(level))) continue;
    for (const at of Object.keys(way.totals).length > 0 ? [{}, way.totals] : [{}]) {
      for (const { source, date } of pairsOf(world, own, way.measure, moved)) {
        for (const row of way.source.rows) {
          if (row.period !== source.code || !belongs(world, own, way, row, {}, date, at)) continue;
          const counted = count(way.measure, [row]);
          if (counted.known + counted.suppressed + counted.notApplicable === 0) continue;
          held.push({
            out: out.code,
            codes: memberLevels(question).map((level) => codeAt(world, row, level, date, at)),
          });
        }
      }
    }
  }
  return held;
}

function codeAt(
  world: World,
  row: WorldRow,
  level: string,
  date: string,
  at: Readonly<Record<string, string>>,
): string {
  const dimension = dimensionOf(world, level);
  const code = row.codes[dimension]?.code ?? unknown;
  return at[dimension] === undefined ? placeOf(world, dimension, code, level, date) : code;
}

interface WayOut {
  readonly way: Way;
  /** As asked, and as the functions around the measure move it. */
  readonly out: Stretch;
  readonly moved: Stretch;
  readonly question: WorldQuestion;
}

function* waysOf(world: World, question: WorldQuestion): Generator<WayOut> {
  for (const name of question.kpis) {
    const kpi = kpiNamed(world, name);
    const leaves = leavesOfKpi(world, question, kpi);
    for (const leaf of leaves)
      for (const out of outPeriods(question)) {
        const found = wayAt({ world, kpi, leaves, out, met: [], isMatched: false }, leaf);
        if (found) yield { ...found, out, question: leaf.around.question };
      }
  }
}

/** Where the members lie that some source of the question expects; null where none says whom. */
function expectedPlaces(
  world: World,
  question: WorldQuestion,
  dimension: string,
  asked: readonly string[],
  out: Stretch,
): Place[] | null {
  const places = new Map<string, Place>();
  let isSaid = false;
  for (const { way, out: at, moved, question: own } of waysOf(world, question)) {
    if (!asked.every((level) => own.by.includes(level))) continue;
    const code = way.source.codes.find((each) => each.dimension === dimension);
    if (at.code !== out.code || !code || code.expect === 'delivered') continue;
    isSaid = true;
    for (const { date } of pairsOf(world, own, way.measure, moved)) {
      for (const member of expectedOn(world, question, code, {}, date)) {
        const place = Object.fromEntries(
          asked.map((level) => [level, placeOf(world, dimension, member, level, date)]),
        );
        places.set(JSON.stringify(place), place);
      }
    }
  }
  return isSaid ? [...places.values()] : null;
}

/** Codes met at the only level asked of a dimension, in whatever period. */
function metPlaces(levels: readonly string[], held: readonly HeldRow[], asked: readonly string[]): Place[] {
  const [level] = asked;
  if (level === undefined || asked.length > 1) return [];
  return [...new Set(held.map(({ codes }) => codes[levels.indexOf(level)] ?? ''))].map((code) => ({
    [level]: code,
  }));
}
