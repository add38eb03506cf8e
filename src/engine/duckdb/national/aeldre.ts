import { below, type Draws, share } from './draws.ts';
import { firstDay, inWeek, nextFirstDay, weekColumns, weeksOf } from './month.ts';
import { ageOn, kommuneOn, presentOn, residents } from './people.ts';
import { monthly, type NationalSource, oneOf } from './source.ts';

/** Days of life after which a person has home help: few before 70, two in five of those of 90. */
const helpAge = ({ draw }: Draws): string =>
  `(365.25 * (66 + 38 * sqrt(${share(draw('id', 'home help'))})))::integer`;

/** Days of life after which a person lives in a nursing home: two to eight years after home help began. */
const homeAge = (draws: Draws): string =>
  `(${helpAge(draws)} + 730 + ${below(draws.draw('id', 'nursing home'), 2192)})`;

const everInHome = ({ draw }: Draws): string => `${draw('id', 'ever in nursing home')} % 100 < 70`;

const hasNursing = ({ draw }: Draws): string => `${draw('id', 'home nursing at all')} % 100 < 24`;

const nursingAge = ({ draw }: Draws): string =>
  `(365.25 * (30 + 72 * pow(${share(draw('id', 'home nursing'))}, 0.4)))::integer`;

interface Service {
  readonly code: string;
  /** SQL over a person and a day of life, `days`. */
  readonly receives: string;
  /** Least minutes a week, and how many more by chance. */
  readonly minutes: readonly [number, number];
  /** Out of ten. */
  readonly privately: number;
}

const inHelp = 'days >= help_age and (home_age is null or days < home_age)';

const services: readonly Service[] = [
  { code: 'personlig_pleje', receives: `${inHelp} and kinds % 4 <> 0`, minutes: [45, 420], privately: 2 },
  {
    code: 'praktisk_hjaelp',
    receives: `${inHelp} and kinds % 8 in (0, 1, 2, 4, 5)`,
    minutes: [20, 60],
    privately: 4,
  },
  { code: 'hjemmesygepleje', receives: 'days >= nursing_age', minutes: [10, 110], privately: 0 },
];

const ydelser: NationalSource = {
  id: 'aeldre.ydelser',
  domain: 'aeldre',
  fileOf: monthly,
  rows: (month, { draws }) => {
    const { draw } = draws;
    const weeks = weeksOf(month);
    const of = (pick: (service: Service) => number | string) =>
      `case service ${services.map((service, at) => `when ${at} then ${pick(service)}`).join(' ')} end`;
    const delivered = draw(`(${inWeek}) * 3 + service`, 'delivered');
    return `
    select periode, id as person, place.code as kommune, ${of(({ code }) => `'${code}'`)} as aeldreydelse, granted as visiterede_minutter,
      case when ${delivered} % 50 = 0 then 0 else granted * (82 + ${below(delivered, 21)}) // 100 end as leverede_minutter,
      case when ${draw('id * 3 + service', 'supplier')} % 10 < ${of(({ privately }) => privately)} then 'privat' else 'kommunal' end as leverandoer,
      ${ageOn('monday')}::utinyint as alder, case sex when 1 then '1' else '2' end as koen
    from (
      select *, ${kommuneOn('monday')} as at_k,
        (${of(({ minutes }) => minutes[0])} + ${draw('(id * 3 + service) * 1000 + week // 26', 'minutes')} % ${of(({ minutes }) => minutes[1])})::bigint as granted
      from (
        select *, unnest([0, 1, 2]) as service, monday - foedt as days from (
          select *, ${weekColumns(weeks)} from (
            select *, unnest(range(${weeks.codes.length})) as nth from (
              select *, ${helpAge(draws)} as help_age, case when ${everInHome(draws)} then ${homeAge(draws)} end as home_age,
                case when ${hasNursing(draws)} then ${nursingAge(draws)} end as nursing_age, ${draw('id', 'services')} as kinds
              from person where foedt < ${weeks.lastMonday} - 24106 or (foedt < ${weeks.lastMonday} - 10957 and ${hasNursing(draws)})
            ) where ${weeks.lastMonday} - foedt >= least(help_age, nursing_age)
          )
        ) where ${presentOn('monday')}
      ) where ${of(({ receives }) => `(${receives})`)}
    ) join place on place.k = at_k`;
  },
};

const plejeboliger: NationalSource = {
  id: 'aeldre.plejeboliger',
  domain: 'aeldre',
  fileOf: monthly,
  rows: (month, { draws }) => `
    select '${month.code}' as periode, id as person, code as kommune,
      ${oneOf(draws.draw('id', 'dwelling'), ['plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejehjem', 'friplejebolig', 'friplejebolig'])} as boligtype,
      bevilget, alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
    from (
      select *, foedt + ${homeAge(draws)} as bevilget from (${residents(firstDay(month), `foedt < ${firstDay(month)} - 24106`)})
      where ${everInHome(draws)}
    ) join place using (k) where bevilget < ${nextFirstDay(month)}`,
};

/** Places for each 100,000 inhabitants. */
const placesPer100000 = { plejebolig: 590, plejehjem: 70, friplejebolig: 60 } as const;

const pladser: NationalSource = {
  id: 'aeldre.pladser',
  domain: 'aeldre',
  fileOf: monthly,
  rows: (month, { draws: { draw } }) => `
    select '${month.code}' as periode, code as kommune, boligtype,
      greatest(1, floor(inhabitants * per * (85 + ${below(draw('k', 'nursing places'), 31)}) / 10000000))::bigint as antal
    from place cross join (values ${Object.entries(placesPer100000)
      .map(([type, per]) => `('${type}', ${per})`)
      .join(', ')}) as t (boligtype, per)
    order by code, boligtype`,
};

export const aeldre: readonly NationalSource[] = [ydelser, plejeboliger, pladser];
