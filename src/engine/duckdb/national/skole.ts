import { below } from './draws.ts';
import { firstDay, type Month } from './month.ts';
import { placeQuantile, residents } from './people.ts';
import { type Making, monthly, type NationalSource, notInJuly } from './source.ts';

/**
 * Schools go by the size of the kommune: a folkeskole for each 5,200 inhabitants, a private school for each
 * 11,000. Pupils are spread over them unevenly, so that some are small, some classes hold fewer than 5, and
 * in the smallest schools two year steps share a class.
 */
export const schoolsOf = (inhabitants: string): string => `greatest(1, round(${inhabitants} / 5200))::bigint`;

/** The draw of one of \`count\` schools, the first ones more often. */
export const schoolOf = (first: string, second: string, count: string): string =>
  `least(${first} % ${count}, ${second} % ${count})::bigint`;

const schoolYear = ({ year, month }: Month): number => (month >= 8 ? year : year - 1);

/** A row for each pupil as the month begins, with three kommuner, school and class, and draws to use up. */
export function pupils(month: Month, { draws: { draw } }: Making): string {
  const start = schoolYear(month);
  const late = `(${draw('id', 'late start')} % 1000 < case sex when 1 then 95 else 45 end)::integer`;
  const step = `${start} - year(foedt) - 6 - ${late}`;
  return `
    select id, sex, foedt, owner.code as skoleejer, home.code as bopaelskommune,
      case when pay = 0 then null when pay < 3 then other.code else home.code end as betalingskommune,
      trin, school_kind as kind, owner.code::bigint * 1000 + number as skole,
      case when school_kind in ('121', '115') then '29' when special < 45 and school_kind = '111' then '20' when special < 52 and school_kind = '111' then '29' else '10' end as klassetype,
      least(greatest(1, round(0.0096 * owner.inhabitants * (2 * (schools - number) - 1) / (schools * schools))), 200) as year_group, letter
    from (
      select p.*, q.k as other_k, place.inhabitants, place.real,
        case when place.real >= 40000 and sort % 1000 < 16 then '121' when place.real >= 60000 and sort % 1000 < 20 then '115'
          when sort % 1000 < 190 then '131' else '111' end as school_kind,
        ${schoolsOf('place.inhabitants')} as schools,
        case school_kind when '121' then 800 when '115' then 900
          when '131' then 400 + school_1 % greatest(1, round(place.inhabitants / 11000))::bigint
          else ${schoolOf('school_1', 'school_2', 'schools')} end as number
      from (
        select id, sex, foedt, r.k, step_of as trin, ${draw('id', 'school sort')} as sort, ${draw('id', 'school')} as school_1,
          ${draw('id', 'school again')} as school_2, ${below(draw('id', 'pays'), 100)} as pay, ${below(draw('id', 'special'), 1000)} as special,
          ${draw('id', 'class')} as letter, ${placeQuantile(draw('id', 'other kommune'))} as quantile,
          case when ${draw('id', 'elsewhere')} % 1000 < 35 then elsewhere.k else r.k end as owner_k
        from (select *, ${step} as step_of from (${residents(firstDay(month), `foedt > date '${start - 19}-01-01'`)})) as r
        join place_quantile as elsewhere on elsewhere.quantile = ${placeQuantile(draw('r.id', 'school kommune'))}
        where step_of between 0 and 9 or (step_of = 10 and ${draw('id', 'tenth')} % 100 < 48)
      ) as p join place_quantile as q on q.quantile = p.quantile join place on place.k = p.owner_k
    ) as s join place as owner on owner.k = s.owner_k join place as home on home.k = s.k join place as other on other.k = s.other_k`;
}

const elever: NationalSource = {
  id: 'skole.elever',
  domain: 'skole',
  fileOf: monthly,
  rows: (month, making) => `
    select '${month.code}' as periode, id as elev, skoleejer, betalingskommune, bopaelskommune, skole, kind as skoletype,
      case kind when '131' then '5' else '2' end as ejerkode, ${className} as klasse, klassetype, trin::varchar as klassetrin,
      case sex when 1 then '1' else '2' end as koen, foedt
    from (${pupils(month, making)})`,
};

/** Special classes hold three year steps and some eight pupils, ordinary ones about 21 of one step, or of two. */
const className = `
  case when klassetype <> '10' then skole || '-S' || (trin // 3) || chr((65 + letter % greatest(1, year_group // 40))::integer)
    when year_group < 3 then skole || '-' || (trin // 2 * 2) || '+' || (trin // 2 * 2 + 1)
    else skole || '-' || trin || chr((65 + letter % greatest(1, round(year_group / 20)::bigint))::integer) end`;

const schoolDays: Readonly<Record<number, number>> = {
  1: 21,
  2: 15,
  3: 20,
  4: 17,
  5: 18,
  6: 18,
  8: 15,
  9: 22,
  10: 16,
  11: 21,
  12: 15,
};

/** Half days of absence in a month, by a draw: mostly none, seldom many. */
const causes: Readonly<Record<string, readonly number[]>> = {
  sygdom: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 6, 8, 10, 14],
  lovligt: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 6],
  ulovligt: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 8],
};

const fravaer: NationalSource = {
  id: 'skole.fravaer',
  domain: 'skole',
  fileOf: notInJuly,
  rows: (month, making) => {
    const days = schoolDays[month.month] ?? 0;
    const columns = `id, skoleejer, betalingskommune, bopaelskommune, skole, klassetype, trin, sex`;
    const branches = Object.entries(causes).map(
      ([cause, halves]) =>
        `select ${columns}, '${cause}' as cause, least(${days} // 2, ${chosen(making.draws.draw('id', `absence ${cause}`, month.code), halves)}) as halves from pupil`,
    );
    return `
      with pupil as (${pupils(month, making)})
      select '${month.code}' as periode, id as elev, cause as fravaersaarsag, skoleejer, betalingskommune, bopaelskommune, skole, klassetype,
        trin::varchar as klassetrin, case sex when 1 then '1' else '2' end as koen, (halves * 0.5)::decimal(18, 1) as dage, ${days}::bigint as skoledage
      from (${branches.join(' union all ')})`;
  },
};

const chosen = (draw: string, values: readonly number[]): string =>
  `([${values.join(', ')}])[${draw} % ${values.length} + 1]`;

export const skole: readonly NationalSource[] = [elever, fravaer];
