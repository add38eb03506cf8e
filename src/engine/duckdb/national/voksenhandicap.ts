import { below, share } from './draws.ts';
import { firstDay, type Month, nextFirstDay } from './month.ts';
import { placeQuantile, residents } from './people.ts';
import { type Making, monthly, type NationalSource, oneOf } from './source.ts';
import { actingFor } from './ubu.ts';

const sections = [
  '85',
  '85',
  '85',
  '85',
  '85',
  '95',
  '96',
  '97',
  '97',
  '98',
  '101',
  '101',
  '103',
  '103',
  '104',
  '104',
  '104',
  '107',
  '107',
  '108',
  '108',
  '108',
];

/** Of a thousand adults, those who ever get a first service; of those, the ones who get a second and a third. */
const slots = [
  { number: 1, chance: 105 },
  { number: 2, chance: 350 },
  { number: 3, chance: 300 },
] as const;

const ydelser: NationalSource = {
  id: 'voksenhandicap.ydelser',
  domain: 'voksenhandicap',
  fileOf: monthly,
  rows: (month, making) => `
    select '${month.code}' as periode, id as person, case when acts < 3 then ${actingFor('other.code')} else ${actingFor('home.code')} end as handlekommune,
      case when pays = 0 then null when pays < 3 then other.code else home.code end as betalingskommune,
      paragraf, start, case when slut < ${nextFirstDay(month)} then slut end as slut, alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
    from (${services(month, making)}) as s join place as home on home.k = s.k
    join place_quantile as q on q.quantile = s.quantile join place as other on other.k = q.k
    order by person, start, paragraf`,
};

/** Services of a person begin one after the other, within two years of each other, and overlap. */
function services(month: Month, { draws: { draw } }: Making): string {
  const adults = residents(firstDay(month), `foedt <= ${firstDay(month)} - 6575`);
  const after = (number: number) => `1 + ${below(draw('id', `service after ${number}`), 700)}`;
  const begin = (number: number): string =>
    number === 1
      ? `foedt + 6575 + ${below(draw('id', 'first service'), 20_000)}`
      : `${begin(number - 1)} + ${after(number)}`;
  const length = (number: number) =>
    `(30 + floor(-ln(${share(draw('id', `service length ${number}`))}) * 3000))::integer`;
  return slots
    .map(({ number }) => {
      const ever = slots
        .filter((slot) => slot.number <= number)
        .map((slot) => `${draw('id', `service ${slot.number}`)} % 1000 < ${slot.chance}`)
        .join(' and ');
      return `
        select id, sex, k, alder, start, start + length as slut, paragraf, quantile, acts, pays from (
          select *, ${begin(number)} as start, ${length(number)} as length, ${oneOf(draw('id', `section ${number}`), sections)} as paragraf,
            ${placeQuantile(draw('id', 'other acting'))} as quantile, ${below(draw('id', 'acts for adult'), 100)} as acts, ${below(draw('id', 'pays for adult'), 100)} as pays
          from (${adults}) where ${ever}
        ) where start < ${nextFirstDay(month)} and start + length >= ${firstDay(month)}`;
    })
    .join('\nunion all\n');
}

export const voksenhandicap: readonly NationalSource[] = [ydelser];
