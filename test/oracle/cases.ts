/** One KPI: where it has an answer, and where it must be refused. Everything else is in its SQL. */
export interface OracleCase {
  readonly cube: 'beskaeftigelse' | 'befolkning' | 'regnskab' | 'indikatorer';
  readonly kpi: string;
  readonly levels: readonly Level[];
  readonly times: readonly Time[];
  /** How often its source has a figure. */
  readonly every: 'M' | 'K' | 'Å';
  /** First month of validity: before it nothing applies. */
  readonly from: string;
  readonly breakAt?: string;
  /** A dimension that it can be cut by too; `needed` where nothing is added over it. */
  readonly slices?: readonly { readonly level: string; readonly needed?: boolean }[];
  /** Files that not everybody has. */
  readonly desk?: true;
  /** Never made up; else made up from this release on, where STAR's releases are. */
  readonly synthetic?: false;
  readonly release?: number;
}

export const levels = ['kommune', 'landsdel', 'region', 'land', 'kommunegruppe'] as const;
export type Level = (typeof levels)[number];

export const times = ['maaned', 'kvartal', 'aar'] as const;
export type Time = (typeof times)[number];

/** Levels that some KPI of a cube can be cut by besides place and time. */
export const slices: Readonly<Record<OracleCase['cube'], readonly string[]>> = {
  beskaeftigelse: ['visitationsgruppe', 'tilbudstype'],
  befolkning: ['koen', 'alder', 'civilstand'],
  regnskab: ['funktion'],
  indikatorer: [],
};

const reform = '2025M07';
const ends: readonly Level[] = ['kommune', 'land'];

const employment = (kpi: string, from: string, more: Partial<OracleCase> = {}): OracleCase => ({
  cube: 'beskaeftigelse',
  kpi,
  levels,
  times,
  every: 'M',
  from,
  ...more,
});

/** Rates and persons: as published, in a month. */
const asPublished = (kpi: string, from: string, more: Partial<OracleCase> = {}) =>
  employment(kpi, from, { levels: ends, times: ['maaned'], ...more });

/** Everything about cash assistance comes with the third release. */
const third = { release: 3 };

const indicator = (kpi: string, year: string): OracleCase => ({
  cube: 'indikatorer',
  kpi,
  levels: ['kommune'],
  times: ['aar'],
  every: 'Å',
  from: `${year}M01`,
  synthetic: false,
});

const population = (kpi: string, from: string, more: Partial<OracleCase>): OracleCase => ({
  cube: 'befolkning',
  kpi,
  levels,
  times: ['kvartal', 'aar'],
  every: 'K',
  from,
  desk: true,
  synthetic: false,
  ...more,
});

const bySexAndAge = [{ level: 'koen' }, { level: 'alder' }];
const byStatus = { slices: [{ level: 'civilstand' }] };
const withTotals: readonly Level[] = ['kommune', 'region', 'land'];

export const cases: readonly OracleCase[] = [
  employment('ledige', '2021M07'),
  employment('ledige_dagpenge', '2021M07'),
  employment('ledige_kontanthjaelp', '2021M07', { breakAt: reform }),
  employment('ledige_pr_1000', '2021M07'),
  asPublished('ledighedsprocent', '2021M07'),
  asPublished('ledighedsprocent_dagpenge', '2021M07'),
  asPublished('ledighedsprocent_kontanthjaelp', '2021M07', { breakAt: reform }),
  employment('andel_dagpenge_af_ledige', '2021M07', { breakAt: reform }),
  employment('andel_kontanthjaelp_af_ledige', '2021M07', { levels: ends, breakAt: reform }),
  employment('langtidsledige', '2023M07'),
  employment('langtidsledige_dagpenge', '2023M07'),
  employment('langtidsledige_kontanthjaelp', '2023M07', { breakAt: reform }),
  employment('andel_langtidsledige', '2023M07', { levels: ends }),
  asPublished('kontanthjaelp_personer', '2021M08', { ...third, breakAt: reform }),
  employment('kontanthjaelp_fuldtid', '2021M08', { ...third, breakAt: reform }),
  employment('kontanthjaelp_fuldtid_pr_1000', '2021M08', { ...third, breakAt: reform }),
  asPublished('kontanthjaelp_befolkningsandel', '2021M08', { ...third, breakAt: reform }),
  asPublished('kontanthjaelp_arbejdsstyrkeandel', '2021M08', { ...third, breakAt: reform }),
  employment('kontanthjaelp_visiteret', '2026M07', { ...third, slices: [{ level: 'visitationsgruppe' }] }),
  asPublished('aktiveringsgrad', '2021M08', { ...third, breakAt: reform }),
  asPublished('aktiverede_andel', '2021M08', { ...third, breakAt: reform }),
  asPublished('ordinaere_timer_personer', '2021M07', { ...third, breakAt: reform }),
  asPublished('ordinaere_timer_andel', '2021M07', { ...third, breakAt: reform }),
  employment('tilbud_aktiverede', '2026M07', {
    ...third,
    levels: ends,
    times: ['maaned'],
    slices: [{ level: 'tilbudstype', needed: true }],
  }),
  employment('tilbud_forloeb', '2026M07', {
    ...third,
    levels: ends,
    times: ['maaned'],
    slices: [{ level: 'tilbudstype' }],
  }),
  employment('forloeb_pr_aktiveret', '2026M07', {
    ...third,
    levels: ends,
    times: ['maaned'],
    slices: [{ level: 'tilbudstype', needed: true }],
  }),

  {
    cube: 'befolkning',
    kpi: 'folketal',
    levels,
    times: ['aar'],
    every: 'Å',
    from: '2026M01',
    synthetic: false,
  },
  population('folketal_alder', '2008M01', { levels: withTotals, slices: bySexAndAge }),
  population('kvindeandel', '2008M01', { levels: withTotals, slices: bySexAndAge }),
  population('andel_80plus', '2020M01', { levels: withTotals }),
  population('folketal_civilstand', '2020M01', byStatus),
  population('andel_gifte', '2020M01', byStatus),
  population('andel_fraskilte', '2020M01', byStatus),

  {
    cube: 'regnskab',
    kpi: 'nettodriftsudgift_pr_indbygger',
    levels,
    times: ['aar'],
    every: 'Å',
    from: '2024M01',
    slices: [{ level: 'funktion', needed: true }],
    synthetic: false,
  },
  {
    cube: 'regnskab',
    kpi: 'sundhedsudgift_pr_indbygger',
    levels: ['kommune', 'kommunegruppe', 'region', 'land'],
    times: ['aar'],
    every: 'Å',
    from: '2008M01',
    desk: true,
    synthetic: false,
  },

  indicator('boern_med_underretning_pr_1000', '2025'),
  { ...indicator('hjemmesygepleje_pr_1000', '2025'), levels },
  indicator('karaktergennemsnit_9kl', '2025'),
  indicator('elever_hoejt_fravaer_andel', '2025'),
  indicator('elevtrivsel', '2026'),
  indicator('forventet_ungdomsuddannelse_andel', '2023'),
];
