import { below } from './draws.ts';
import { type Weeks, weekColumns, weeksOf } from './month.ts';
import { ageOn, kommuneOn, presentOn, residents } from './people.ts';
import { inJanuary, monthly, type NationalSource, oneOf } from './source.ts';

interface Benefit {
  readonly code: string;
  /** Of 1,000 persons of these ages, those who ever have it. */
  readonly of1000: number;
  readonly from: number;
  readonly to: number;
  /** Of the weeks, how many of a hundred; they come in one stretch of a cycle of two to eight years. */
  readonly weeks: number;
}

/**
 * So many that the national sums come near the levels that STAR publishes for the summer of 2026: about 90,000
 * full-time unemployed and 86,000 full-time persons on cash assistance.
 */
const benefits: readonly Benefit[] = [
  { code: '111', of1000: 88, from: 18, to: 65, weeks: 24 },
  { code: '130', of1000: 31, from: 25, to: 66, weeks: 55 },
  { code: '140', of1000: 75, from: 18, to: 29, weeks: 50 },
  { code: '890', of1000: 150, from: 18, to: 66, weeks: 10 },
  { code: '810', of1000: 9, from: 18, to: 66, weeks: 55 },
  { code: '740', of1000: 8, from: 25, to: 66, weeks: 55 },
  { code: '771', of1000: 27, from: 25, to: 66, weeks: 100 },
  { code: '783', of1000: 110, from: 40, to: 66, weeks: 100 },
  { code: '651', of1000: 350, from: 18, to: 29, weeks: 80 },
  { code: '881', of1000: 140, from: 25, to: 42, weeks: 14 },
];

/** One lot of a thousand for each person: the first benefit whose stretch of lots holds it, so never two at a time. */
const lots = benefits.map((benefit, at) => ({
  ...benefit,
  first: benefits.slice(0, at).reduce((sum, { of1000 }) => sum + of1000, 0),
}));

const assessments = [
  'jobparat',
  'jobparat',
  'jobparat',
  'aktivitetsparat',
  'aktivitetsparat',
  'aktivitetsparat',
  'aktivitetsparat',
  'aktivitetsparat',
  'aktivitetsparat',
  'ikke_oplyst',
];
const youngAssessments = [
  'uddannelsesparat',
  'uddannelsesparat',
  'aabenlys_uddannelsesparat',
  'aktivitetsparat',
  'aktivitetsparat',
];
const offers = [
  'loentilskud',
  'nytteindsats',
  'saerlig_nytteindsats',
  'vejledning_og_opkvalificering',
  'vejledning_og_opkvalificering',
  'vejledning_og_opkvalificering',
  'virksomhedspraktik',
  'virksomhedspraktik',
];

/** Rows of a lot each. */
const lotTable = `(values ${lots
  .flatMap(({ code, first, of1000, from, to, weeks }) =>
    Array.from({ length: of1000 }, (_, at) => `(${first + at}, '${code}', ${from}, ${to}, ${weeks})`),
  )
  .join(', ')}) as l (lot, benefit, from_age, to_age, share)`;

/** Weeks are laid out only for those with a benefit in one of them: on now, or so near the end of the cycle that it begins. */
const hasWeekOn = (weeks: Weeks): string =>
  `(${weeks.index} + turn) % cycle < cycle * share // 100 or (${weeks.index} + turn) % cycle > cycle - ${weeks.codes.length}`;

const uger: NationalSource = {
  id: 'beskaeftigelse.uger',
  domain: 'beskaeftigelse',
  fileOf: monthly,
  rows: (month, { draws: { draw } }) => {
    const weeks = weeksOf(month);
    return `
    select periode, id as person, place.code as kommune, case when benefit = '111' and activated then '113' else benefit end as forsoergelse,
      case benefit when '130' then ${oneOf('traits', assessments)} when '140' then ${oneOf('traits', youngAssessments)} end as visitationsgruppe,
      case when activated then ${oneOf('(traits >> 20)', offers)} end as tilbudstype, (37 - earning)::bigint as timer,
      (case when activated then 10 + turn % 28 else 0 end)::bigint as aktiveringstimer, earning::bigint as ordinaere_timer,
      alder::utinyint as alder, case sex when 1 then '1' else '2' end as koen
    from (
      select *, ${kommuneOn('monday')} as at_k, (turn + week) % 27 < 6 and benefit in ('111', '130', '140', '810', '740') as activated,
        case when benefit in ('111', '130', '140', '771') and (traits >> 10) % 100 < 13 then 3 + (traits >> 30) % 22 else 0 end as earning
      from (
        select *, ${ageOn('monday')} as alder from (
          select *, ${weekColumns(weeks)} from (
            select *, unnest(range(${weeks.codes.length})) as nth from (
              select *, 110 + ${below(draw('id', 'benefit cycle'), 300)} as cycle, ${draw('id', 'benefit turn')} % 1000 as turn, ${draw('id', 'benefit traits')} as traits
              from (select *, ${below(draw('id', 'benefit'), 1000)} as lot from person
                where foedt <= ${weeks.lastMonday} - 5843 and foedt > ${weeks.monday} - 24472)
            ) join ${lotTable} using (lot)
            where ${hasWeekOn(weeks)}
          )
        ) where (week + turn) % cycle < cycle * share // 100 and ${presentOn('monday')}
      ) where alder between from_age and to_age
    ) join place on place.k = at_k`;
  },
};

const arbejdsstyrke: NationalSource = {
  id: 'beskaeftigelse.arbejdsstyrke',
  domain: 'beskaeftigelse',
  fileOf: inJanuary,
  rows: ({ year }, { draws: { draw } }) => `
    select '${year}' as periode, code as kommune, case sex when 1 then '1' else '2' end as koen, alder::utinyint as alder, counted::bigint as personer
    from (
      select k, sex, alder, count(*) as counted from (${residents(`date '${year}-01-01'`)})
      where alder between 16 and 66 and ${draw('id', 'workforce')} % 100 <
        case when alder < 20 then 45 when alder < 25 then 68 when alder < 30 then 80 when alder < 55 then 87 when alder < 60 then 84 when alder < 65 then 68 else 45 end
      group by all
    ) join place using (k) order by kommune, koen, alder`,
};

export const beskaeftigelse: readonly NationalSource[] = [uger, arbejdsstyrke];
