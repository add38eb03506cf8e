import { below, type Draws } from './draws.ts';
import { type Week, weeksOf } from './month.ts';
import { residents } from './people.ts';
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

const uger: NationalSource = {
  id: 'beskaeftigelse.uger',
  domain: 'beskaeftigelse',
  fileOf: monthly,
  rows: (month, { draws }) => `
    select periode, id as person, code as kommune, case when benefit = '111' and activated then '113' else benefit end as forsoergelse,
      visitationsgruppe, case when activated then tilbudstype end as tilbudstype, (37 - earning)::bigint as timer,
      (case when activated then 10 + turn % 28 else 0 end)::bigint as aktiveringstimer, earning::bigint as ordinaere_timer,
      alder::varchar as alder, sex::varchar as koen
    from (${weeksOf(month)
      .map((week) => weekOf(week, draws))
      .join('\nunion all\n')}) join place using (k)`,
};

function weekOf(week: Week, { draw }: Draws): string {
  const hits = (condition: (lot: (typeof lots)[number]) => string) =>
    `case ${lots.map((lot) => `when lot >= ${lot.first} and lot < ${lot.first + lot.of1000} then ${condition(lot)}`).join(' ')} end`;
  const code = hits(
    ({ code: benefit, from, to }) => `case when alder between ${from} and ${to} then '${benefit}' end`,
  );
  const weeks = hits(({ weeks: share }) => String(share));
  return `
    select '${week.code}' as periode, id, sex, k, alder, benefit, (turn + ${week.index}) % 27 < 6 and benefit in ('111', '130', '140', '810', '740') as activated, turn,
      case benefit when '130' then ${oneOf(draw('id', 'assessment'), assessments)} when '140' then ${oneOf(draw('id', 'assessment'), youngAssessments)} end as visitationsgruppe,
      ${oneOf(draw('id', 'offer'), offers)} as tilbudstype,
      case when benefit in ('111', '130', '140', '771') and ${draw('id', 'earns')} % 100 < 13 then 3 + ${below(draw('id', 'earned hours'), 22)} else 0 end as earning
    from (
      select *, 110 + ${below(draw('id', 'benefit cycle'), 300)} as cycle, ${draw('id', 'benefit turn')} % 1000 as turn
      from (select *, ${code} as benefit, ${weeks} as share from (
        select *, ${below(draw('id', 'benefit'), 1000)} as lot
        from (${residents(week.monday, `foedt <= ${week.monday} - 6573 and foedt > ${week.monday} - 24472`)})
      ) where lot < ${lots.reduce((sum, { of1000 }) => sum + of1000, 0)}) where benefit is not null
    ) where (${week.index} + turn) % cycle < cycle * share // 100`;
}

const arbejdsstyrke: NationalSource = {
  id: 'beskaeftigelse.arbejdsstyrke',
  domain: 'beskaeftigelse',
  fileOf: inJanuary,
  rows: ({ year }, { draws: { draw } }) => `
    select '${year}' as periode, code as kommune, koen, alder::varchar as alder, persons::bigint as personer
    from (
      select k, sex::varchar as koen, alder, count(*) as persons from (${residents(`date '${year}-01-01'`)})
      where alder between 16 and 66 and ${draw('id', 'workforce')} % 100 <
        case when alder < 20 then 45 when alder < 25 then 68 when alder < 30 then 80 when alder < 55 then 87 when alder < 60 then 84 when alder < 65 then 68 else 45 end
      group by all
    ) join place using (k) order by kommune, koen, alder::integer`,
};

export const beskaeftigelse: readonly NationalSource[] = [uger, arbejdsstyrke];
