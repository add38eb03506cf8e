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
  readonly refused: 'does-not-add' | 'not-sliceable' | 'frequency-too-coarse';
}

// --- time ------------------------------------------------------------------------------------------

interface Stretch {
  readonly code: string;
  readonly from: string;
  readonly to: string;
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
  if (measure.overTime === 'last') return pairs.slice(-1);
  if (measure.overTime === 'first') return pairs.slice(0, 1);
  return pairs;
}

/**
 * How a measure is brought to the grain of a question, or why it cannot be. A total of the source goes before
 * the one member that a filter leaves, unless there is no answer by it.
 */
function wayOf(world: World, question: WorldQuestion, kpi: WorldKpi, measure: WorldMeasure): Way | Refusal {
  const byTotals = wayWith(world, question, kpi, measure, 'total');
  return 'doesNotAddOver' in byTotals ? wayWith(world, question, kpi, measure, 'member') : byTotals;
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

  for (const out of outPeriods(question)) {
    const pairs = pairsOf(world, question, measure, out);
    if (
      measure.period === undefined &&
      pairs.some(({ source: { from, to } }) => from < out.from || to > out.to)
    ) {
      return { refused: 'frequency-too-coarse' };
    }
    if (pairs.length > 1 && (measure.overTime === 'none' || weight)) return { refused: 'does-not-add' };
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

function evaluate(formula: WorldFormula, kpi: WorldKpi, found: ReadonlyMap<string, Found>): Operand {
  switch (formula.kind) {
    case 'number': {
      const [whole = '', decimals = ''] = formula.value.split('.');
      return { status: 'ok', value: { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) } };
    }
    case 'measure': {
      const operand = found.get(formula.name);
      if (!operand) throw new Error(`naive: no measure ${formula.name}`);
      const zeroed = kpi.missing.operand === 'as_zero' && operand.status !== 'ok';
      return zeroed ? { status: 'ok', value: { n: 0n, d: 1n } } : operand;
    }
    default: {
      const left = evaluate(formula.left, kpi, found);
      const right = evaluate(formula.right, kpi, found);
      const status = worse(left.status, right.status);
      if (status !== 'ok' || !left.value || !right.value) return { status, value: null };
      const minus = { n: -right.value.n, d: right.value.d };
      if (formula.kind === '+') return { status, value: plus(left.value, right.value) };
      if (formula.kind === '-') return { status, value: plus(left.value, minus) };
      if (formula.kind === '*') return { status, value: times(left.value, right.value) };
      if (right.value.n === 0n) return { status: 'undefined', value: null };
      return { status, value: times(left.value, { n: right.value.d, d: right.value.n }) };
    }
  }
}

function measuresIn(formula: WorldFormula): string[] {
  if (formula.kind === 'measure') return [formula.name];
  return formula.kind === 'number'
    ? []
    : [...new Set([...measuresIn(formula.left), ...measuresIn(formula.right)])];
}

function kpiNamed(world: World, name: string): WorldKpi {
  const found = world.kpis.find((kpi) => kpi.name === name);
  if (!found) throw new Error(`naive: no KPI ${name}`);
  return found;
}

/** Why a question cannot be answered, of the first figure that cannot; null where all can. */
export function refusalOf(world: World, question: WorldQuestion): Refusal['refused'] | null {
  for (const name of question.kpis) {
    const kpi = kpiNamed(world, name);
    for (const measure of measuresIn(kpi.formula)) {
      const way = wayOf(world, question, kpi, measureNamed(kpi, measure));
      if ('refused' in way) return way.refused;
    }
  }
  return null;
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
  const found = new Map(
    measuresIn(kpi.formula).map((measure) => {
      const way = wayOf(world, question, kpi, measureNamed(kpi, measure));
      if ('refused' in way) throw new Error(`naive: ${measure} is refused`);
      return [measure, foundFor(world, question, kpi, way, out, place)] as const;
    }),
  );
  const coverage = [...found.values()]
    .map((each) => each.coverage)
    .reduce((least, next) => (share(next) < share(least) ? next : least));
  const flags = [...new Set([...found.values()].flatMap((each) => each.flags))].sort();
  const valid =
    out.to >= stretchOf(kpi.validFrom ?? '2000').from &&
    (kpi.validTo === undefined || out.from <= stretchOf(kpi.validTo).to);
  if (!valid) return { status: 'not_applicable', value: null, coverage, flags };
  const { status, value } = evaluate(kpi.formula, kpi, found);
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
  for (const { way, out } of waysOf(world, question)) {
    for (const at of Object.keys(way.totals).length > 0 ? [{}, way.totals] : [{}]) {
      for (const { source, date } of pairsOf(world, question, way.measure, out)) {
        for (const row of way.source.rows) {
          if (row.period !== source.code || !belongs(world, question, way, row, {}, date, at)) continue;
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

function* waysOf(world: World, question: WorldQuestion): Generator<{ way: Way; out: Stretch }> {
  for (const name of question.kpis) {
    const kpi = kpiNamed(world, name);
    for (const measure of measuresIn(kpi.formula)) {
      const way = wayOf(world, question, kpi, measureNamed(kpi, measure));
      if (!('refused' in way)) for (const out of outPeriods(question)) yield { way, out };
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
  for (const { way, out: at } of waysOf(world, question)) {
    const code = way.source.codes.find((each) => each.dimension === dimension);
    if (at.code !== out.code || !code || code.expect === 'delivered') continue;
    isSaid = true;
    for (const { date } of pairsOf(world, question, way.measure, out)) {
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
