import { below, share } from './draws.ts';
import { firstDay, type Month, monthAt, nextFirstDay } from './month.ts';
import { residents } from './people.ts';
import { eventKey, type Making, monthly, type NationalSource, oneOf } from './source.ts';

const diagnoses = [
  'J18',
  'J44',
  'E86',
  'N30',
  'K59',
  'A09',
  'D50',
  'S72',
  'E11',
  'L89',
  'C34',
  'C50',
  'I21',
  'I48',
  'I63',
  'K35',
  'M16',
  'M17',
  'R07',
  'R10',
  'S52',
  'Z03',
  'Z03',
  'Z03',
];

/** Stays and waits are cut, so that what begins in a month comes from it and the three before. */
const lookBack = 3;

const longestStay = 25 * 1440;

/**
 * A person goes to hospital in a month or does not. Who goes may be moved to another ward, mostly within four
 * hours, and may come back within some weeks, so stays run over the borders of months.
 */
function contacts(month: Month, { draws: { draw } }: Making): string {
  const starts = Array.from({ length: lookBack + 1 }, (_, back) => month.index - lookBack + back).map(
    monthAt,
  );
  return starts
    .map((start) => {
      const of = (purpose: string) => draw('id', purpose, start.code);
      const minutes = (purpose: string) =>
        `least(${longestStay}, case when ${of(`${purpose} short`)} % 100 < 35 then 60 + ${below(of(purpose), 640)}
          else 720 + floor(-ln(${share(of(purpose))}) * 5000)::bigint end)`;
      const rate = `case when alder < 18 then 70 when alder < 65 then 85 when alder < 80 then 260 else 520 end`;
      return `
        select unnest([1, 2, 3]) as number, unnest([first_in, second_in, third_in]) as ind, unnest([first_out, second_out, third_out]) as ud,
          id, sex, k, alder, waits, ${eventKey(of('contact'))} as event, ${oneOf(of('diagnosis'), diagnoses)} as diagnosis, ${of('obstetric')} % 10 as obstetric
        from (
          select *, case when again then second_or_first_out + to_minutes(300 + ${below(of('again after'), 57_600)}) end as third_in,
            case when again then third_in + to_minutes(${minutes('third stay')}) end as third_out
          from (
            select *, case when transfers then first_out + to_minutes(${below(of('transfer after'), 240)} + case when ${of('long transfer')} % 8 = 0 then 240 else 0 end) end as second_in,
              case when transfers then second_in + to_minutes(${minutes('second stay')}) end as second_out,
              coalesce(second_out, first_out) as second_or_first_out
            from (
              select *, ${firstDay(start)}::timestamp + to_minutes(${below(of('arrives'), start.days * 1440)}) as first_in,
                first_in + to_minutes(${minutes('stay')}) as first_out,
                ${of('transfer')} % 100 < 11 as transfers, ${of('again')} % 100 < 14 as again, ${of('waits')} % 1000 as waits
              from (${residents(firstDay(start), `${of('hospital')} % 12000 < 520`)}) where ${of('hospital')} % 12000 < ${rate}
            )
          )
        )`;
    })
    .join('\nunion all\n');
}

const kontakter: NationalSource = {
  id: 'sundhed.kontakter',
  domain: 'sundhed',
  fileOf: monthly,
  rows: (month, making) => `
    select '${month.code}' as periode, event + number as kontakt, id as person, code as bopaelskommune, ind, ud,
      case when number = 1 and alder >= 65 and waits < 60 and ud - ind > interval 36 hours
        then greatest(ind + interval 12 hours, ud - to_minutes(1440 * (1 + waits % 7))) end as faerdigbehandlet,
      case when sex = 2 and alder between 18 and 45 and obstetric < 3 then 'O80' else diagnosis end as diagnose,
      alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
    from (${contacts(month, making)}) join place using (k)
    where ind >= ${firstDay(month)} and ind < ${nextFirstDay(month)}
    order by person, ind, kontakt`,
};

const genoptraening: NationalSource = {
  id: 'sundhed.genoptraening',
  domain: 'sundhed',
  fileOf: monthly,
  rows: (month, { draws: { draw } }) => {
    const starts = Array.from({ length: lookBack + 1 }, (_, back) => monthAt(month.index - lookBack + back));
    const branches = starts.map((start) => {
      const of = (purpose: string) => draw('id', purpose, start.code);
      const type = oneOf(of('rehabilitation type'), [
        'almen',
        'almen',
        'almen',
        'almen',
        'almen',
        'almen',
        'specialiseret',
        'vedligeholdende',
        'vedligeholdende',
        'vedligeholdende',
      ]);
      const wait = `least(80, floor(-ln(${share(of('wait'))}) * case type when 'specialiseret' then 6 when 'almen' then 10 else 17 end)::integer)`;
      const rate = `case when alder < 18 then 6 when alder < 65 then 26 else 70 end`;
      return `
        select ${eventKey(of('rehabilitation'))} as forloeb, id, sex, k, alder, type, henvist,
          case when ${of('given up')} % 100 >= 4 then henvist + ${wait} end as startet
        from (select *, ${firstDay(start)} + ${below(of('referred'), start.days)} as henvist, ${type} as type
          from (${residents(firstDay(start), `${of('rehabilitation at all')} % 12000 < 70`)}) where ${of('rehabilitation at all')} % 12000 < ${rate})`;
    });
    return `
      select '${month.code}' as periode, forloeb, id as person, code as kommune, type as genoptraeningstype, henvist, startet,
        alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
      from (${branches.join('\nunion all\n')}) join place using (k)
      where coalesce(startet, henvist) >= ${firstDay(month)} and coalesce(startet, henvist) < ${nextFirstDay(month)}
      order by forloeb`;
  },
};

export const sundhed: readonly NationalSource[] = [kontakter, genoptraening];
