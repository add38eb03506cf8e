// A data frame in memory and lazy queries over it.
import pl from 'nodejs-polars';
import { race, readTask } from '../harness.mjs';

const task = readTask();
const { col, lit } = pl;
const started = performance.now();
const frame = pl
  .scanParquet(task.facts)
  .withColumns(
    col('amount').cast(pl.Float64),
    col('flag').cast(pl.Int32).alias('f'),
    col('month').cast(pl.Int32).alias('m'),
  )
  .collectSync();
const loadMs = performance.now() - started;

const day = (text) => Date.parse(text) / 864e5;
const count = col('person_id').count().alias('n');
const total = col('amount').sum().alias('total');
const persons = col('person_id').nUnique().alias('persons');
const isOneOf = (name, values) => values.map((value) => col(name).eq(lit(value))).reduce((a, b) => a.or(b));
const year = ({ from, to }) =>
  col('m')
    .gtEq(lit(day(from)))
    .and(col('m').lt(lit(day(to))));
const kommune = ({ municipality }) => col('municipality').eq(lit(municipality));
const kommuner = ({ municipalities }) => isOneOf('municipality', municipalities);
const ages = ({ ageFrom, ageTo }) =>
  col('age_group')
    .gtEq(lit(ageFrom))
    .and(col('age_group').ltEq(lit(ageTo)));
const sex = (draw) => col('sex').eq(lit(draw.sex));
const ask = (filter, keys, figures) =>
  (filter ? frame.lazy().filter(filter) : frame.lazy()).groupBy(keys).agg(...figures);

const questions = {
  q01_total_by_month: () => ask(null, ['m'], [count, total]),
  q02_one_kommune: (draw) => ask(kommune(draw), ['m'], [count, total]),
  q03_dice: (draw) =>
    ask(kommuner(draw).and(ages(draw)).and(year(draw)), ['municipality', 'age_group', 'sex'], [count, total]),
  q04_crosstab: () => ask(null, ['municipality', 'm'], [count, total]),
  q05_drill_down: (draw) =>
    ask(
      kommune(draw)
        .and(col('area').eq(lit(draw.area)))
        .and(year(draw)),
      ['m', 'age_group'],
      [count, total],
    ),
  q06_ratios: (draw) =>
    ask(
      year(draw),
      ['municipality'],
      [col('f').mean().mul(lit(100)).alias('share'), col('amount').mean().alias('mean')],
    ),
  q07_persons_crosstab: () => ask(null, ['municipality', 'm'], [persons]),
  q08_persons_slice: (draw) => ask(kommune(draw), ['m'], [persons]),
  q09_year_to_date: (draw) =>
    ask(kommuner(draw).and(year(draw)), ['municipality', 'm'], [total])
      .sort(['municipality', 'm'])
      .withColumns(col('total').cumSum().over('municipality').alias('ytd'))
      .select('municipality', 'm', 'ytd'),
  q10_top10: (draw) =>
    ask(sex(draw).and(year(draw)), ['area'], [total])
      .sort('total', true)
      .limit(10),
  q11_amount_per_person: (draw) =>
    ask(year(draw), ['age_group', 'sex'], [total, persons]).select(
      col('age_group'),
      col('sex'),
      col('total').div(col('persons')).alias('per_person'),
    ),
  q12_cells_of_a_year: (draw) => ask(year(draw), ['m', 'municipality', 'age_group', 'sex'], [count, total]),
  q13_persons_any_slice: (draw) =>
    ask(
      kommuner(draw).and(ages(draw)).and(sex(draw)).and(isOneOf('area', draw.areas)).and(year(draw)),
      ['municipality'],
      [persons],
    ),
};
await race({
  version: 'nodejs-polars 0.26.1',
  extra: { loadMs },
  run: async (family, draw) => (await questions[family](draw).collect()).toRecords(),
  rows: (_family, rows) =>
    rows.map((row) =>
      Object.entries(row).map(([name, value]) => (name === 'm' ? new Date(value * 864e5) : value)),
    ),
});
