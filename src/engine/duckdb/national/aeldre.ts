import { below, type Draws, share } from './draws.ts';
import { firstDay, nextFirstDay, type Week, weeksOf } from './month.ts';
import { residents } from './people.ts';
import { monthly, type NationalSource, oneOf } from './source.ts';

/** Days of life after which a person has home help: few before 70, two in five of those of 90. */
const helpAge = ({ draw }: Draws): string =>
  `(365.25 * (66 + 38 * sqrt(${share(draw('id', 'home help'))})))::integer`;

/** Days of life after which a person lives in a nursing home: two to eight years after home help began. */
const homeAge = (draws: Draws): string =>
  `(${helpAge(draws)} + 730 + ${below(draws.draw('id', 'nursing home'), 2192)})`;

const everInHome = ({ draw }: Draws): string => `${draw('id', 'ever in nursing home')} % 100 < 70`;

const nursingAge = ({ draw }: Draws): string =>
  `(365.25 * (30 + 72 * pow(${share(draw('id', 'home nursing'))}, 0.4)))::integer`;

interface Service {
  readonly code: string;
  readonly receives: (monday: string, draws: Draws) => string;
  /** Least minutes a week, and how many more by chance. */
  readonly minutes: readonly [number, number];
  /** Out of ten. */
  readonly privately: number;
}

const inHelp = (monday: string, draws: Draws): string =>
  `${monday} - foedt >= ${helpAge(draws)} and not (${everInHome(draws)} and ${monday} - foedt >= ${homeAge(draws)})`;

const services: readonly Service[] = [
  {
    code: 'personlig_pleje',
    receives: (monday, draws) => `${inHelp(monday, draws)} and ${draws.draw('id', 'services')} % 4 <> 0`,
    minutes: [45, 420],
    privately: 2,
  },
  {
    code: 'praktisk_hjaelp',
    receives: (monday, draws) =>
      `${inHelp(monday, draws)} and ${draws.draw('id', 'services')} % 8 in (0, 1, 2, 4, 5)`,
    minutes: [20, 60],
    privately: 4,
  },
  {
    code: 'hjemmesygepleje',
    receives: (monday, draws) =>
      `${monday} - foedt >= ${nursingAge(draws)} and ${draws.draw('id', 'home nursing at all')} % 100 < 45`,
    minutes: [10, 110],
    privately: 0,
  },
];

const ydelser: NationalSource = {
  id: 'aeldre.ydelser',
  domain: 'aeldre',
  fileOf: monthly,
  rows: (month, { draws }) => `
    select periode, id as person, code as kommune, aeldreydelse, visiterede_minutter, leverede_minutter, leverandoer,
      alder::varchar as alder, sex::varchar as koen
    from (${weeksOf(month)
      .flatMap((week) => services.map((service) => weekOf(week, service, draws)))
      .join('\nunion all\n')}) join place using (k)`,
};

function weekOf(week: Week, service: Service, draws: Draws): string {
  const { draw } = draws;
  const [least, more] = service.minutes;
  const granted = `(${least} + ${below(draw('id', `minutes ${service.code}`, Math.floor(week.index / 26)), more)})::bigint`;
  const delivered = draw('id', `delivered ${service.code}`, week.index);
  return `
    select '${week.code}' as periode, id, sex, k, alder, '${service.code}' as aeldreydelse, granted as visiterede_minutter,
      case when ${delivered} % 50 = 0 then 0 else granted * (82 + ${below(delivered, 21)}) // 100 end as leverede_minutter,
      case when ${draw('id', `supplier ${service.code}`)} % 10 < ${service.privately} then 'privat' else 'kommunal' end as leverandoer
    from (select *, ${granted} as granted from (${residents(week.monday, `foedt < ${week.monday} - 10957`)}) where ${service.receives(week.monday, draws)})`;
}

const plejeboliger: NationalSource = {
  id: 'aeldre.plejeboliger',
  domain: 'aeldre',
  fileOf: monthly,
  rows: (month, { draws }) => `
    select '${month.code}' as periode, id as person, code as kommune,
      ${oneOf(draws.draw('id', 'dwelling'), ['plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejebolig', 'plejehjem', 'friplejebolig', 'friplejebolig'])} as boligtype,
      bevilget, alder::varchar as alder, sex::varchar as koen
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
