import { DuckDBInstance } from '@duckdb/node-api';

/** How much is made up: the published measurements are of 20 million rows about 2 million persons. */
export interface FactSize {
  readonly rows: number;
  readonly persons: number;
}

export const kommuneCount = 98;
export const firstYear = 2020;
export const years = 5;

/**
 * Facts of 98 kommuner, 60 months, 20 age groups, 2 sexes and 50 areas as one Parquet file. Every value is worked out
 * from the number of its row or person by a Lehmer generator modulo 2^31 - 1, so that any version of any engine makes
 * the same rows; kommuner and areas are skewed, a person stays in one kommune and grows older.
 */
export async function makeFacts(path: string, { rows, persons }: FactSize): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(
    'create macro first_mix(x, s) as ((x + 1 + s * 15485863) % 2147483647) * 48271 % 2147483647',
  );
  await connection.run(
    'create macro mix(x, s) as (xor(first_mix(x, s), first_mix(x, s) >> 15) * 69621) % 2147483647',
  );
  await connection.run('create macro uniform(x, s) as mix(mix(x, s), s + 101) / 2147483647.0');
  await connection.run(`create table persons as
    select p as person_id,
      (101 + floor(${kommuneCount} * pow(uniform(p, 1), 2.2)))::smallint as municipality,
      case when uniform(p, 2) < 0.502 then 'K' else 'M' end as sex,
      (floor(100 * uniform(p, 3)) * 12 + floor(12 * uniform(p, 4)))::integer as age_months
    from range(${persons}) t(p)`);
  await connection.run(`create table drawn as
    select i, (i * 60 // ${rows})::integer as m,
      floor(${persons} * uniform(i, 11))::integer as person_id,
      (1 + floor(50 * pow(uniform(i, 12), 1.6)))::integer as a,
      uniform(i, 13) as r1, uniform(i, 14) as r2
    from range(${rows}) t(i)`);
  await connection.run(`copy (
    select municipality, (date '${firstYear}-01-01' + to_months(m))::date as month,
      least(19, (age_months + m) // 60)::tinyint as age_group, sex, 'A' || lpad(a::varchar, 2, '0') as area,
      person_id, round(50 + a * 37 + 4000 * pow(r1, 3), 2)::decimal(10, 2) as amount,
      (r2 < 0.12 + a / 500.0) as flag
    from drawn join persons using (person_id) order by i
  ) to '${path}' (format parquet, compression zstd, row_group_size 122880)`);
  connection.closeSync();
  instance.closeSync();
}

/** The facts of every n-th person, for rivals that do not hold all. */
export async function samplePersons(facts: string, path: string, every: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(
    `copy (from read_parquet('${facts}') where person_id % ${every} = 0) to '${path}' (format parquet, compression zstd)`,
  );
  connection.closeSync();
  instance.closeSync();
}
