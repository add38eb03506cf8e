import { firstDay, type Month, nextFirstDay } from './month.ts';
import { kommuneOn, residents } from './people.ts';
import { monthly, type NationalSource } from './source.ts';

const persons: NationalSource = {
  id: 'borger.personer',
  domain: 'borger',
  fileOf: monthly,
  rows: (month, { draws }) => `
    select '${month.code}' as periode, id as person, place.code as kommune, sex::varchar as koen, alder::varchar as alder, foedt,
      ${maritalStatus(draws.draw('id', 'marital'))} as civilstand
    from (${residents(firstDay(month))}) join place using (k)`,
};

/** By age; the draw is the same in all months, so that most who marry stay so. */
const maritalStatus = (draw: string): string => `
  case when ${draw} % 1009 < 2 then null when alder < 18 then 'U'
    when alder < 30 then case when ${draw} % 100 < 91 then 'U' when ${draw} % 100 < 98 then 'G' else 'F' end
    when alder < 45 then case when ${draw} % 100 < 50 then 'U' when ${draw} % 100 < 92 then 'G' else 'F' end
    when alder < 65 then case when ${draw} % 100 < 25 then 'U' when ${draw} % 100 < 81 then 'G' when ${draw} % 100 < 98 then 'F' else 'E' end
    when alder < 80 then case when ${draw} % 100 < 8 then 'U' when ${draw} % 100 < 68 then 'G' when ${draw} % 100 < 85 then 'F' else 'E' end
    else case when ${draw} % 100 < 4 then 'U' when ${draw} % 100 < 42 then 'G' when ${draw} % 100 < 52 then 'F' else 'E' end end`;

const within = (day: string, month: Month): string =>
  `${day} >= ${firstDay(month)} and ${day} < ${nextFirstDay(month)}`;

const moves: NationalSource = {
  id: 'borger.flytninger',
  domain: 'borger',
  fileOf: monthly,
  rows: (month) => `
    select '${month.code}' as periode, id as person, dato, coalesce(t.code, f.code) as kommune, f.code as fra_kommune,
      t.code as til_kommune, sex::varchar as koen, date_sub('year', foedt, dato)::varchar as alder
    from (
      ${moveBranches(month).join('\n      union all\n      ')}
    ) as m left join place as f on f.k = m.fra_k left join place as t on t.k = m.til_k
    order by person, dato`,
};

function moveBranches(month: Month): readonly string[] {
  const branch = (day: string, from: string, to: string, where = 'true') =>
    `select id, sex, foedt, ${day} as dato, ${from} as fra_k, ${to} as til_k from person where ${within(day, month)} and ${where}`;
  return [
    branch('a1', 'k', 'ka1'),
    branch('a2', 'ka1', 'ka2'),
    branch('b1', 'kb1', 'k'),
    branch('b2', 'kb2', 'kb1'),
    branch('fra', 'null::utinyint', kommuneOn('(fra + 1)'), 'fra > foedt'),
    branch('til', kommuneOn('til'), 'null::utinyint', 'not dies'),
  ];
}

const events: NationalSource = {
  id: 'borger.haendelser',
  domain: 'borger',
  fileOf: monthly,
  rows: (month) => `
    select '${month.code}' as periode, id as person, haendelse, dato, code as kommune, sex::varchar as koen,
      date_sub('year', foedt, dato)::varchar as alder
    from (
      select id, sex, foedt, 'foedsel' as haendelse, foedt as dato, ${kommuneOn('(foedt + 1)')} as k from person
      where ${within('foedt', month)} and fra = foedt
      union all
      select id, sex, foedt, 'doed', til, ${kommuneOn('til')} from person where ${within('til', month)} and dies
    ) join place using (k) order by person, haendelse`,
};

export const borger: readonly NationalSource[] = [persons, moves, events];
