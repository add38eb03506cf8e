import {
  ageAtQuantiles,
  deathsAt,
  hazard,
  hazardGrowth,
  migrantsAt,
  personsAt,
  placeKinds,
  yearly,
} from './curves.ts';
import { below, type Draws, daysUntil, share } from './draws.ts';
import { firstDay, type Month, monthAt, monthsUntil } from './month.ts';
import type { Place } from './places.ts';

/**
 * The persons of the made-up country, each a life line: born, came, moved, went. A line is a function of the
 * seed and the number of the person alone. All who live on the reference day stand in the country by the
 * published number of their kommune; before that day come those who die or leave, after it those who are born
 * or arrive, month by month. So one month is the same whichever other months are made.
 */
export const referenceMonth: Month = monthAt(2026 * 12);

/** Numbers below this are of those who live on the reference day; the others come in blocks of a month. */
const firstOfBlocks = 10_000_000;
const blockSize = 32_768;

/** The month that blocks are counted from; no earlier month can be made. */
export const earliestMonth: Month = monthAt(2007 * 12);

/** Latest month that the blocks have room for. */
export const latestMonth: Month = monthAt(2040 * 12 - 1);

type Entry = 'lives' | 'is_born' | 'arrives' | 'dies' | 'leaves';

export interface PeopleOptions {
  readonly months: readonly Month[];
  readonly draws: Draws;
}

/** Tables `age_quantile`, `place`, `place_quantile` and `person`, in this order. */
export function peopleTables(places: readonly Place[], { months, draws }: PeopleOptions): readonly string[] {
  return [...ageTable(), ...placeTables(places), `create table person as ${lifeLines(months, draws)}`];
}

function ageTable(): readonly string[] {
  const lists = [
    ...placeKinds.flatMap((kind) =>
      ([1, 2] as const).map((sex) => ({
        of: kind as string,
        sex,
        found: ageAtQuantiles((age) => personsAt(age, sex, kind)),
      })),
    ),
    ...([1, 2] as const).flatMap((sex) => [
      { of: 'deaths', sex, found: ageAtQuantiles((age) => deathsAt(age, sex)) },
      { of: 'migrants', sex, found: ageAtQuantiles(migrantsAt) },
    ]),
  ];
  const rows = lists.map(({ of, sex, found }) => `('${of}', ${sex}, [${found.join(', ')}])`);
  return [
    `create table age_quantile as
      select kind, sex, unnest(range(len(ages)))::integer as quantile, unnest(ages)::integer as age
      from (values ${rows.join(', ')}) as t (kind, sex, ages)`,
  ];
}

const placeQuantiles = 16_384;
/** The quantile of those who do not move: a join that finds everybody keeps the rows in their order. */
const nowhere = -1;

function placeTables(places: readonly Place[]): readonly string[] {
  const rows = places.map(
    ({ code, kind, inhabitants, persons, real }, at) =>
      `(${at}::utinyint, '${code}', '${kind}', ${inhabitants}::double, ${persons}::bigint, ${real}::bigint)`,
  );
  return [
    `create table place as select *, (coalesce(sum(persons) over (order by k rows between unbounded preceding and 1 preceding), 0))::bigint as before
      from (values ${rows.join(', ')}) as t (k, code, kind, inhabitants, persons, real) order by k`,
    `create table place_quantile as
      select quantile::integer as quantile, k
      from (select k, unnest(range(
          ((sum(real) over (order by k) - real) * ${placeQuantiles} // (select sum(real) from place))::bigint,
          ((sum(real) over (order by k)) * ${placeQuantiles} // (select sum(real) from place))::bigint)) as quantile
        from place)
      union all select ${nowhere}, null order by quantile`,
  ];
}

/** SQL of the quantile by which a kommune is drawn, the large ones more often. */
export const placeQuantile = (draw: string): string => below(draw, placeQuantiles);

function lifeLines(months: readonly Month[], draws: Draws): string {
  const first = months[0]?.index ?? referenceMonth.index;
  const last = months.at(-1)?.index ?? referenceMonth.index;
  // Sources look back: to 1 January of the first year, and at hospital stays of the months before.
  const start = Math.min(first - 5, monthAt(first).year * 12);
  const before = monthsUntil(monthAt(referenceMonth.index - 1), Math.max(0, referenceMonth.index - start));
  const after =
    last < referenceMonth.index ? [] : monthsUntil(monthAt(last), last - referenceMonth.index + 1);
  const blocks = [
    ...before.flatMap((month) => [blockOf('dies', month), blockOf('leaves', month)]),
    ...after.flatMap((month) => [blockOf('is_born', month), blockOf('arrives', month)]),
  ];
  const starts = [livingOnReferenceDay(), membersOf(blocks, draws)];
  const from = firstDay(monthAt(start));
  const to = firstDay(monthAt(last + 2));
  return moved(went(entered(starts.join('\nunion all\n'), draws), draws), draws, from, to);
}

const livingOnReferenceDay = (): string =>
  `select unnest(range(before + 1, before + persons + 1)) as id, k, kind, 'lives' as entry, null::date as block,
     0 as days from place`;

const offsets: Readonly<Record<Exclude<Entry, 'lives'>, number>> = {
  is_born: 0,
  arrives: blockSize / 2,
  dies: 0,
  leaves: blockSize / 2,
};

const rates: Readonly<Record<Exclude<Entry, 'lives'>, number>> = {
  is_born: yearly.births,
  arrives: yearly.immigrants,
  dies: yearly.deaths,
  leaves: yearly.emigrants,
};

/** A month of those who enter, or of those who go, as a row: entry, first number, rate, first day, days. */
function blockOf(entry: Exclude<Entry, 'lives'>, month: Month): string {
  const firstId = firstOfBlocks + (month.index - earliestMonth.index) * blockSize + offsets[entry];
  return `('${entry}', ${firstId}::bigint, ${rates[entry] / 12}::double, ${firstDay(month)}, ${month.days})`;
}

/** As many in each kommune as the rate gives, the fraction by chance. */
function membersOf(blocks: readonly string[], { draw }: Draws): string {
  const count = `floor(persons * rate + ${share(draw('first_id + k', 'how many'))})::bigint`;
  const before = `coalesce(sum(count) over (partition by first_id order by k rows between unbounded preceding and 1 preceding), 0)::bigint`;
  // Not called "before": a place has a column of that name, how many persons stand before its own.
  return `select unnest(range(first_id + in_block, first_id + in_block + count)) as id, k, kind, entry, block, days
    from (
      select *, ${before} as in_block
      from (select *, ${count} as count from (values ${blocks.join(', ')}) as b (entry, first_id, rate, block, days) cross join place)
      order by first_id, k
    )`;
}

/** Sex, birth, the day on which the person is first in the country, and the anchor that moves are counted from. */
function entered(starts: string, { draw }: Draws): string {
  const reference = firstDay(referenceMonth);
  const eventDay = `block + ${below(draw('id', 'day'), 'days')}`;
  return `
    select id, k, sex, entry, anchor, foedt,
      case entry
        when 'is_born' then foedt
        when 'arrives' then anchor
        when 'lives' then greatest(foedt, ${reference} - ${daysUntil(draw('id', 'came'), migration('age', 0.007, 0.035))}::integer)
        else greatest(foedt, anchor - ${daysUntil(draw('id', 'came'), '0.02')}::integer)
      end as fra
    from (
      select id, k, sex, entry, age, case entry when 'lives' then ${reference} else event end as anchor,
        case entry when 'is_born' then event
          else (case entry when 'lives' then ${reference} else event end) - (floor(age * 365.25)::integer + 1 + ${below(draw('id', 'birthday'), 365)})
        end as foedt
      from (
        select s.id, s.k, s.entry, s.sex, a.age, s.event
        from (
          select id, k, entry, ${eventDay} as event,
            case when entry = 'is_born' then (${draw('id', 'sex')} % 1000 < 487)::integer + 1
              else (${draw('id', 'sex')} % 1000 < 503)::integer + 1 end as sex,
            case entry when 'dies' then 'deaths' when 'lives' then kind else 'migrants' end as curve,
            ${below(draw('id', 'age'), 4096)} as quantile
          from (${starts})
        ) as s
        join age_quantile as a on a.kind = s.curve and a.sex = s.sex and a.quantile = s.quantile
      )
    )`;
}

const migration = (age: string, others: number, young: number): string =>
  `case when ${age} between 18 and 34 then ${young} else ${others} end`;

/** The day on which the person is in the country no more, and whether by death. */
function went(people: string, { draw }: Draws): string {
  const age = `greatest(0, (anchor - foedt) / 365.25)`;
  const rate = `(case sex when 1 then ${hazard[1]} else ${hazard[2]} end * exp(${hazardGrowth} * ${age}))`;
  // The life left by Gompertz's law, turned around.
  const left = `(1 + floor(365.25 * ln(1 - ln(${share(draw('id', 'dies'))}) * ${hazardGrowth} / ${rate}) / ${hazardGrowth}))::integer`;
  return `
    select id, k, sex, foedt, fra, anchor,
      case entry when 'dies' then anchor when 'leaves' then anchor else least(death, departure) end as til,
      case entry when 'dies' then true when 'leaves' then false else death <= departure end as dies
    from (
      select *, anchor + ${left} as death,
        anchor + ${daysUntil(draw('id', 'leaves'), migration(age, 0.005, 0.032))}::integer as departure
      from (${people})
    )`;
}

/**
 * Two moves to each side of the anchor; the kommune of the anchor is \`k\`. A move after the last day asked for and
 * one before the first change nothing in between; one between the anchor and the first day does. The second move
 * to a side lies beyond the first, and few move at all, so only those look up where to.
 */
function moved(people: string, { draw }: Draws, from: string, to: string): string {
  const age = `(anchor - foedt) / 365.25`;
  const rate = `case when ${age} < 18 then 0.045 when ${age} < 31 then 0.19 when ${age} < 65 then 0.045 else 0.015 end`;
  const inside = (day: string) =>
    `${day} > fra and ${day} < til and ${day.startsWith('a') ? `${day} < ${to}` : `${day} >= ${from}`}`;
  return `
    select id, sex::utinyint as sex, foedt, year(foedt)::smallint as born, (month(foedt) * 100 + day(foedt))::smallint as birthday, fra, case when til < ${to} then til end as til, dies, k,
      case when ka1 <> k then a1 end as a1, ka1,
      case when ka2 <> ka1 then a2 end as a2, ka2,
      case when kb1 <> k then b1 end as b1, kb1,
      case when kb2 <> kb1 then b2 end as b2, kb2
    from (
      select p.id, p.sex, p.foedt, p.fra, p.til, p.dies, p.k, a1, a2, b1, b2,
        q1.k as ka1, q2.k as ka2, q3.k as kb1, q4.k as kb2
      from (
        select *, case when ${inside('a1')} then ${gap('a2')} + a1 end as a2, case when ${inside('b1')} then b1 - ${gap('b2')} end as b2
        from (
          select *, anchor + ${gap('a1')} as a1, anchor - ${gap('b1')} as b1 from (select *, ${rate} as rate from (${people}))
        )
      ) as p
      ${(['a1', 'a2', 'b1', 'b2'] as const)
        .map(
          (move, at) =>
            `join place_quantile as q${at + 1} on q${at + 1}.quantile = case when ${inside(move)} then ${placeQuantile(draw('p.id', `to ${move}`))} else ${nowhere} end`,
        )
        .join('\n      ')}
    )`;

  // No further than a lifetime, so that the day stays a day.
  function gap(move: string): string {
    return `least(40000, ${daysUntil(draw('id', `gap ${move}`), 'rate')})::integer`;
  }
}

/** SQL of the kommune a day begins in. A move of the day itself has not been yet. */
export const kommuneOn = (day: string): string =>
  `case when ${day} <= b2 then kb2 when ${day} <= b1 then kb1 when a2 < ${day} then ka2 when a1 < ${day} then ka1 else k end`;

/** SQL that holds for those who are in the country as a day begins. */
export const presentOn = (day: string): string => `fra < ${day} and (til is null or til >= ${day})`;

/** SQL of whole years; several times as fast as to subtract dates. */
export const ageOn = (day: string): string =>
  `(year(${day}) - born - (birthday > month(${day}) * 100 + day(${day}))::integer)::integer`;

/** Those in the country as a day begins: id, sex, foedt, k, alder. */
export const residents = (day: string, where = 'true'): string =>
  `select id, sex, foedt, ${kommuneOn(day)} as k, ${ageOn(day)} as alder
   from person where ${presentOn(day)} and ${where}`;
