import type { Request } from '../../src/query/request.ts';

/** A question of the benchmark: its SQL as published, and ours; null where our model cannot say it, with the reason. */
export interface StarQuery {
  readonly name: string;
  /** Columns that are codes, then the figure. */
  readonly sql: string;
  readonly request: Request | null;
  readonly reason?: string;
}

const first = 'select sum(lo_extendedprice * lo_discount) as revenue from lineorder where';
const second = `select year(lo_orderdate) as d_year, p_brand1, sum(lo_revenue) as revenue from lineorder
  join part on p_partkey = lo_partkey join supplier on s_suppkey = lo_suppkey where`;
const third = (
  ...keys: readonly string[]
) => `select ${keys.join(', ')}, year(lo_orderdate) as d_year, sum(lo_revenue) as revenue
  from lineorder join customer on c_custkey = lo_custkey join supplier on s_suppkey = lo_suppkey where`;
const fourth = (
  ...keys: readonly string[]
) => `select year(lo_orderdate) as d_year, ${keys.join(', ')}, sum(lo_revenue - lo_supplycost) as profit
  from lineorder join customer on c_custkey = lo_custkey join supplier on s_suppkey = lo_suppkey
  join part on p_partkey = lo_partkey where`;
const group = (count: number): string =>
  `group by ${Array.from({ length: count }, (_, at) => at + 1).join(', ')} order by ${Array.from({ length: count }, (_, at) => at + 1).join(', ')}`;
const inYears = (from: number, to: number) => `year(lo_orderdate) between ${from} and ${to}`;
const codes = (from: number, to: number): string =>
  `[${Array.from({ length: to - from + 1 }, (_, index) => `"${String(from + index).padStart(2, '0')}"`).join(', ')}]`;

const all = '1992..1998';

export const starQueries: readonly StarQuery[] = [
  {
    name: 'q1.1',
    sql: `${first} year(lo_orderdate) = 1993 and lo_discount between 1 and 3 and lo_quantity < 25`,
    request: {
      cube: 'ssb1',
      kpis: ['afslag'],
      by: [],
      where: `rabat in ${codes(1, 3)} and maengde in ${codes(1, 24)}`,
      period: '1993',
    },
  },
  {
    name: 'q1.2',
    sql: `${first} lo_orderdate between date '1994-01-01' and date '1994-01-31' and lo_discount between 4 and 6 and lo_quantity between 26 and 35`,
    request: {
      cube: 'ssb1',
      kpis: ['afslag'],
      by: [],
      where: `rabat in ${codes(4, 6)} and maengde in ${codes(26, 35)}`,
      period: '1994M01',
    },
  },
  {
    name: 'q1.3',
    sql: `${first} lo_orderdate between date '1994-02-05' and date '1994-02-11' and lo_discount between 5 and 7 and lo_quantity between 26 and 35`,
    request: null,
    reason: 'it asks for a week counted from 1 January, and the cube is of months',
  },
  {
    name: 'q2.1',
    sql: `${second} p_category = 12 and s_region = 1 ${group(2)}`,
    request: {
      cube: 'ssb2',
      kpis: ['omsaetning'],
      by: ['aar', 'maerke'],
      where: 'kategori == "12" and leverandoerregion == "1"',
      period: all,
    },
  },
  {
    name: 'q2.2',
    sql: `${second} p_brand1 between 2221 and 2228 and s_region = 2 ${group(2)}`,
    request: {
      cube: 'ssb2',
      kpis: ['omsaetning'],
      by: ['aar', 'maerke'],
      where: `maerke in ${codes(2221, 2228)} and leverandoerregion == "2"`,
      period: all,
    },
  },
  {
    name: 'q2.3',
    sql: `${second} p_brand1 = 2239 and s_region = 3 ${group(2)}`,
    request: {
      cube: 'ssb2',
      kpis: ['omsaetning'],
      by: ['aar', 'maerke'],
      where: 'maerke == "2239" and leverandoerregion == "3"',
      period: all,
    },
  },
  {
    name: 'q3.1',
    sql: `${third('c_nation', 's_nation')} c_region = 2 and s_region = 2 and ${inYears(1992, 1997)} ${group(3)}`,
    request: {
      cube: 'ssb3',
      kpis: ['omsaetning'],
      by: ['kundenation', 'leverandoernation', 'aar'],
      where: 'kunderegion == "2" and leverandoerregion == "2"',
      period: '1992..1997',
    },
  },
  {
    name: 'q3.2',
    sql: `${third('c_city', 's_city')} c_nation = 24 and s_nation = 24 and ${inYears(1992, 1997)} ${group(3)}`,
    request: {
      cube: 'ssb3',
      kpis: ['omsaetning'],
      by: ['kundeby', 'leverandoerby', 'aar'],
      where: 'kundenation == "24" and leverandoernation == "24"',
      period: '1992..1997',
    },
  },
  {
    name: 'q3.3',
    sql: `${third('c_city', 's_city')} c_city in (191, 195) and s_city in (191, 195) and ${inYears(1992, 1997)} ${group(3)}`,
    request: {
      cube: 'ssb3',
      kpis: ['omsaetning'],
      by: ['kundeby', 'leverandoerby', 'aar'],
      where: 'kundeby in ["191", "195"] and leverandoerby in ["191", "195"]',
      period: '1992..1997',
    },
  },
  {
    name: 'q3.4',
    sql: `${third('c_city', 's_city')} c_city in (191, 195) and s_city in (191, 195) and lo_orderdate between date '1997-12-01' and date '1997-12-31' ${group(3)}`,
    request: {
      cube: 'ssb3',
      kpis: ['omsaetning'],
      by: ['kundeby', 'leverandoerby', 'maaned'],
      where: 'kundeby in ["191", "195"] and leverandoerby in ["191", "195"]',
      period: '1997M12',
    },
  },
  {
    name: 'q4.1',
    sql: `${fourth('c_nation')} c_region = 1 and s_region = 1 and p_mfgr in (1, 2) ${group(2)}`,
    request: {
      cube: 'ssb4',
      kpis: ['fortjeneste'],
      by: ['aar', 'kundenation'],
      where: 'kunderegion == "1" and leverandoerregion == "1" and producent in ["1", "2"]',
      period: all,
    },
  },
  {
    name: 'q4.2',
    sql: `${fourth('s_nation', 'p_category')} c_region = 1 and s_region = 1 and p_mfgr in (1, 2) and ${inYears(1997, 1998)} ${group(3)}`,
    request: {
      cube: 'ssb4',
      kpis: ['fortjeneste'],
      by: ['aar', 'leverandoernation', 'kategori'],
      where: 'kunderegion == "1" and leverandoerregion == "1" and producent in ["1", "2"]',
      period: '1997..1998',
    },
  },
  {
    name: 'q4.3',
    sql: `${fourth('s_city', 'p_brand1')} c_region = 1 and s_nation = 9 and p_category = 14 and ${inYears(1997, 1998)} ${group(3)}`,
    request: {
      cube: 'ssb4',
      kpis: ['fortjeneste'],
      by: ['aar', 'leverandoerby', 'maerke'],
      where: 'kunderegion == "1" and leverandoernation == "09" and kategori == "14"',
      period: '1997..1998',
    },
  },
];
