import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const firstYear = 1992;
export const years = 7;

/** The tables of the Star Schema Benchmark (O'Neil et al. 2009), by names of columns as there. */
export const tables = ['lineorder', 'customer', 'supplier', 'part'] as const;

/**
 * The four tables at a scale: 6 million lines for each whole of it. Values are spread evenly as in the benchmark, and are
 * worked out from row numbers, so that they are the same each time; codes stand for names: city 123 is the third of
 * nation 12, which is of region 12 / 5, and brand 1101 is the first of category 11 of maker 1.
 */
export async function makeTables(folder: string, scale: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const lines = Math.round(6_000_000 * scale);
  const counts = {
    customer: Math.max(300, Math.round(30_000 * scale)),
    supplier: Math.max(200, Math.round(2000 * scale)),
    part: Math.max(2000, Math.round(200_000 * Math.min(1, scale))),
  };
  await connection.run(
    'create macro first_mix(x, s) as ((x + 1 + s * 15485863) % 2147483647) * 48271 % 2147483647',
  );
  await connection.run(
    'create macro mix(x, s) as (xor(first_mix(x, s), first_mix(x, s) >> 15) * 69621) % 2147483647',
  );
  await connection.run('create macro below(x, s, n) as (mix(mix(x, s), s + 101) * n // 2147483647)::integer');
  const write = (name: string, select: string) =>
    connection.run(
      `copy (${select}) to '${join(folder, `${name}.parquet`)}' (format parquet, compression zstd)`,
    );
  const place = (letter: string, seed: number) =>
    `below(i, ${seed}, 250) as ${letter}_city, ${letter}_city // 10 as ${letter}_nation, ${letter}_nation // 5 as ${letter}_region`;
  await write(
    'customer',
    `select i::integer as c_custkey, ${place('c', 1)} from range(${counts.customer}) t(i)`,
  );
  await write(
    'supplier',
    `select i::integer as s_suppkey, ${place('s', 2)} from range(${counts.supplier}) t(i)`,
  );
  await write(
    'part',
    `select i::integer as p_partkey, 1 + below(i, 3, 5) as p_mfgr, p_mfgr * 10 + 1 + below(i, 4, 5) as p_category,
      p_category * 100 + 1 + below(i, 5, 40) as p_brand1, 90000 + below(i, 6, 20000) as price
    from range(${counts.part}) t(i)`,
  );
  await write(
    'lineorder',
    `select i as lo_linenumber, (date '${firstYear}-01-01' + below(i, 7, 2406))::date as lo_orderdate,
      below(i, 8, ${counts.customer}) as lo_custkey, below(i, 9, ${counts.supplier}) as lo_suppkey, p_partkey as lo_partkey,
      1 + below(i, 11, 50) as lo_quantity, below(i, 12, 11) as lo_discount, price::bigint * lo_quantity as lo_extendedprice,
      lo_extendedprice * (100 - lo_discount) // 100 as lo_revenue, price * 6 // 10 as lo_supplycost
    from range(${lines}) t(i) join '${join(folder, 'part.parquet')}' on p_partkey = below(i, 10, ${counts.part}) order by i`,
  );
  connection.closeSync();
  instance.closeSync();
}
