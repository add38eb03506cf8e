/**
 * The functions of KPI formulas. Binding, checking of units, messages and `docs/functions.md` all read this
 * table, so that none of them can have a function that the others do not know.
 */
export interface FormulaFunction {
  readonly arguments: readonly FunctionArgument[];
  /** The last argument may be written several times. */
  readonly several: boolean;
  /** The last argument may be left out. */
  readonly optional: boolean;
  /** `keeps`: the unit of the first formula; `plain`: a plain number; `common`: that which all formulas share. */
  readonly unit: 'keeps' | 'plain' | 'common';
  readonly words: { readonly da: string; readonly en: string };
  readonly example: string;
}

export type FunctionArgument =
  | 'formula'
  | 'periods'
  | 'decimals'
  | 'period'
  | 'dimension'
  | 'level'
  | 'time'
  | 'condition'
  | 'year';

/** What is written in the place of an argument, for messages. */
export const argumentWords: Readonly<Record<FunctionArgument, string>> = {
  formula: 'a formula',
  periods: 'a whole number of periods from 1 to 1000',
  decimals: 'a whole number of decimals from 0 to 12',
  period: 'a period as text, like "2020", "2020K1" or "2020M01"',
  dimension: 'the name of a dimension',
  level: 'the name of a level',
  time: 'a level of time: dag, uge, maaned, kvartal or aar',
  condition: 'a comparison of figures',
  year: 'a year, like 2025',
};

const over = (unit: FormulaFunction['unit'], ...list: readonly FunctionArgument[]) =>
  ({ arguments: list, several: false, optional: false, unit }) as const;

export const functions = {
  lag: {
    ...over('keeps', 'formula', 'periods', 'time'),
    optional: true,
    words: {
      da: 'tallet så mange perioder tidligere, talt i kildens egen frekvens, eller i et niveau af tid, hvor dage over månedens længde er dens sidste',
      en: "the figure that many periods earlier, counted in the source's own frequency, or in a level of time, where days beyond a month's length are its last",
    },
    example: 'lag(ledige, 1)',
  },
  same_period_last_year: {
    ...over('keeps', 'formula'),
    words: { da: 'tallet for samme periode året før', en: 'the figure of the same period a year earlier' },
    example: 'ledige - same_period_last_year(ledige)',
  },
  rolling: {
    ...over('keeps', 'formula', 'periods', 'time'),
    optional: true,
    words: {
      da: 'tallet over de seneste så mange perioder som én',
      en: 'the figure over the last that many periods, taken as one',
    },
    example: 'rolling(ledige / folketal, 12)',
  },
  ytd: {
    ...over('keeps', 'formula'),
    words: {
      da: 'tallet fra årets begyndelse til og med perioden',
      en: 'the figure from the beginning of the year up to and with the period',
    },
    example: 'ytd(udgifter)',
  },
  to_date: {
    ...over('keeps', 'formula', 'time'),
    words: {
      da: 'tallet fra begyndelsen af måneden, ugen, ... til og med perioden',
      en: 'the figure from the beginning of the month, the week, ... up to and with the period',
    },
    example: 'to_date(udgifter, kvartal)',
  },
  since_start: {
    ...over('keeps', 'formula'),
    words: {
      da: 'tallet over alt, hvad der er, til og med perioden',
      en: 'the figure over all that there is, up to and with the period',
    },
    example: 'since_start(udgifter)',
  },
  start_of: {
    ...over('keeps', 'formula', 'time'),
    words: {
      da: 'tallet for kildens første periode i den måned, det år, ..., som perioden begynder i',
      en: "the figure of the source's first period in the month, the year, ... that the period begins in",
    },
    example: 'ledige - start_of(ledige, aar)',
  },
  change: {
    ...over('plain', 'formula', 'periods'),
    words: {
      da: 'den relative ændring fra så mange perioder tidligere',
      en: 'the relative change since that many periods earlier',
    },
    example: 'change(ledige, 12)',
  },
  index: {
    ...over('plain', 'formula', 'period'),
    words: {
      da: 'tallet i forhold til tallet i basisperioden; enheden indeks viser basis som 100',
      en: 'the figure in proportion to that of the base period; the unit indeks shows the base as 100',
    },
    example: 'index(ledige, "2020")',
  },
  in_prices_of: {
    ...over('keeps', 'formula', 'year'),
    words: {
      da: 'tallet med hvert års beløb i priserne for et år, efter de satser som nøgletallet nævner',
      en: 'the figure with the amounts of each year in the prices of one, by the rates that the KPI names',
    },
    example: 'in_prices_of(udgifter / folketal, 2025)',
  },
  total: {
    ...over('keeps', 'formula', 'dimension'),
    several: true,
    words: {
      da: 'tallet over alt i dimensionen, uanset opdeling og filter på den',
      en: 'the figure over all of the dimension, whatever it is cut and filtered by',
    },
    example: 'ledige / total(ledige, koen)',
  },
  mean_over: {
    ...over('keeps', 'formula', 'level'),
    words: {
      da: 'det uvægtede gennemsnit over niveauets medlemmer, hvert afrundet til 12 decimaler',
      en: 'the unweighted mean over the members of the level, each rounded to 12 decimals',
    },
    example: 'mean_over(ledige / folketal, kommune)',
  },
  mean_of_each: {
    ...over('keeps', 'formula', 'time'),
    words: {
      da: 'gennemsnittet af tallene for hver dag, måned, ... i perioden, hver afrundet til 12 decimaler; kun dem, der er',
      en: 'the mean of the figures of each day, month, ... in the period, each rounded to 12 decimals; of those that there are',
    },
    example: 'mean_of_each(rolling(udgifter, 12), maaned)',
  },
  first_of_each: {
    ...over('keeps', 'formula', 'time'),
    words: {
      da: 'det første af tallene for hver dag, måned, ... i perioden, som er der',
      en: 'the first of the figures of each day, month, ... in the period that is there',
    },
    example: 'first_of_each(ytd(udgifter), maaned)',
  },
  last_of_each: {
    ...over('keeps', 'formula', 'time'),
    words: {
      da: 'det sidste af tallene for hver dag, måned, ... i perioden, som er der',
      en: 'the last of the figures of each day, month, ... in the period that is there',
    },
    example: 'last_of_each(ytd(udgifter), maaned)',
  },
  min: {
    ...over('common', 'formula'),
    several: true,
    words: { da: 'det mindste af tallene', en: 'the least of the figures' },
    example: 'min(ledige, pladser)',
  },
  max: {
    ...over('common', 'formula'),
    several: true,
    words: { da: 'det største af tallene', en: 'the greatest of the figures' },
    example: 'max(ledige - pladser, 0)',
  },
  abs: {
    ...over('keeps', 'formula'),
    words: { da: 'tallet uden fortegn', en: 'the figure without its sign' },
    example: 'abs(ledige - pladser)',
  },
  round: {
    ...over('keeps', 'formula', 'decimals'),
    words: {
      da: 'tallet i grundenheder afrundet, halve væk fra nul',
      en: 'the figure in base units, rounded half away from zero',
    },
    example: 'round(ledige, 0)',
  },
  or_zero: {
    ...over('keeps', 'formula'),
    words: {
      da: 'tallet, og 0 hvor intet er leveret eller intet gælder',
      en: 'the figure, and 0 where nothing is delivered or nothing applies',
    },
    example: 'ledige - or_zero(aktiverede)',
  },
  if: {
    ...over('common', 'condition', 'formula', 'formula'),
    words: {
      da: 'det ene eller det andet tal, efter betingelsen',
      en: 'one figure or the other, by the condition',
    },
    example: 'if(folketal >= 1000, ledige / folketal, 0)',
  },
} as const satisfies Record<string, FormulaFunction>;

export type FunctionName = keyof typeof functions;
