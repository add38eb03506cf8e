import { below, share } from './draws.ts';
import { firstDay, type Month, nextFirstDay } from './month.ts';
import { placeQuantile, residents } from './people.ts';
import { eventKey, type Making, monthly, type NationalSource, oneOf } from './source.ts';

/** Small kommuner that others act for. */
export const actsFor: Readonly<Record<string, string>> = { 187: '183', 155: '185' };

export const actingFor = (code: string): string =>
  `case ${code} ${Object.entries(actsFor)
    .map(([small, large]) => `when '${small}' then '${large}'`)
    .join(' ')} else ${code} end`;

const placements = ['10', '10', '10', '20', '30', '40', '40', '50', '60', '80', '80', '80'];
const preventions = ['210', '220', '230', '240', '240'];

/** A child may have three measures; each begins at an age of its own, so that as many begin as end. */
const slots = [
  { number: 0, share: 115, of: placements },
  { number: 1, share: 60, of: placements },
  { number: 2, share: 330, of: preventions },
] as const;

const foranstaltninger: NationalSource = {
  id: 'ubu.foranstaltninger',
  domain: 'ubu',
  fileOf: monthly,
  rows: (month, making) => `
    select '${month.code}' as periode, id as barn, payer.code as betalingskommune,
      case when acts < 2 then other.code else ${actingFor('payer.code')} end as handlekommune, home.code as bopaelskommune,
      foranstaltning, start, case when slut < ${nextFirstDay(month)} then slut end as slut, alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
    from (${measures(month, making)}) as m
    join place as home on home.k = m.k join place_quantile as q on q.quantile = m.quantile
    join place as other on other.k = q.k
    join place as payer on payer.k = case when pays < 12 and foranstaltning < '2' then q.k else m.k end
    order by barn, start, foranstaltning`,
};

function measures(month: Month, { draws: { draw } }: Making): string {
  // Every third day is of one slot, so that two measures of a child never begin on the same day.
  const begin = (slot: number) => `foedt + (${below(draw('id', `measure day ${slot}`), 2800)} * 3 + ${slot})`;
  const length = (slot: number) =>
    `(20 + floor(-ln(${share(draw('id', `measure length ${slot}`))}) * 700))::integer`;
  const children = residents(firstDay(month), `foedt > ${firstDay(month)} - 8401`);
  return slots
    .map(
      ({ number, share: part, of }) => `
      select id, sex, k, alder, foranstaltning, start, slut, quantile, pays, acts from (
        select id, sex, k, alder, ${begin(number)} as start, least(${begin(number)} + ${length(number)}, foedt + 8401) as slut,
          ${oneOf(draw('id', `measure type ${number}`), of)} as foranstaltning,
          ${placeQuantile(draw('id', 'payer'))} as quantile, ${below(draw('id', 'pays for child'), 100)} as pays, ${below(draw('id', 'acts for child'), 100)} as acts
        from (${children}) where ${draw('id', `measure ${number}`)} % 1000 < ${part}
      ) where start < ${nextFirstDay(month)} and slut >= ${firstDay(month)} and alder < 23`,
    )
    .join('\nunion all\n');
}

const notifiers = [
  'skole',
  'skole',
  'skole',
  'dagtilbud',
  'sundhed',
  'sundhed',
  'politi',
  'familie',
  'anonym',
  'anden',
];

const underretninger: NationalSource = {
  id: 'ubu.underretninger',
  domain: 'ubu',
  fileOf: monthly,
  rows: (month, { draws: { draw } }) => {
    const children = `(${residents(firstDay(month), `foedt > ${firstDay(month)} - 6575 and ${draw('id', 'told of', month.code)} % 10000 < 300`)}) as r`;
    // Some families are told of again and again: one child in five has six times the chance.
    const told = `${draw('id', 'told of', month.code)} % 10000 < case when ${draw('id', 'often told of')} % 5 = 0 then 300 else 50 end`;
    const one = (number: number, where: string) => `
      select ${eventKey(draw('id', `notification ${number}`, month.code))} as underretning, id, sex, k, alder,
        ${firstDay(month)} + ${below(draw('id', `notified ${number}`, month.code), month.days)} as dato,
        ${oneOf(draw('id', `notifier ${number}`, month.code), notifiers)} as underretter
      from ${children} where alder < 18 and ${told} and ${where}`;
    return `
      select '${month.code}' as periode, underretning, id as barn, code as kommune, dato, underretter, alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
      from (${one(1, 'true')} union all ${one(2, `${draw('id', 'notified twice', month.code)} % 5 = 0`)}) join place using (k)
      order by underretning`;
  },
};

export const ubu: readonly NationalSource[] = [foranstaltninger, underretninger];
