import { type Account, accounts } from './accounts.ts';

/** One combination that is posted on, and kr. per inhabitant and year. */
export interface Combination {
  readonly funktion: string;
  readonly dranst: string;
  readonly ejerforhold: string;
  readonly gruppering: string;
  readonly art: string;
  readonly kr: number;
  /** Which chart it belongs to; null: both. */
  readonly chart: 'old' | 'new' | null;
  /** True for the one that every kommune has of its function. */
  readonly main: boolean;
}

type Part = readonly [dranst: string, ejerforhold: string, gruppering: string, art: string, share: number];

/** How the operation of a function is made up: pay, goods, services, other kommuner, income. */
const operation: readonly Part[] = [
  ['1', '1', '001', '10', 0.62],
  ['1', '1', '001', '29', 0.07],
  ['1', '1', '002', '27', 0.04],
  ['1', '1', '002', '40', 0.12],
  ['1', '2', '003', '40', 0.09],
  ['1', '1', '003', '49', 0.06],
  ['1', '1', '004', '47', 0.08],
  ['1', '3', '004', '48', 0.02],
  ['1', '1', '092', '72', -0.04],
  ['1', '1', '093', '77', -0.05],
  ['1', '4', '999', '45', 0.02],
  ['1', '1', '999', '79', -0.03],
  ['1', '1', '001', '00', 0.01],
];

const transfers: readonly Part[] = [
  ['1', '0', '001', '52', 1.1],
  ['1', '0', '002', '52', 0.35],
  ['1', '0', '010', '59', 0.05],
  ['1', '0', '090', '79', -0.05],
  ['2', '0', '001', '86', -0.3],
  ['2', '0', '002', '86', -0.15],
];

const refunds: readonly Part[] = [
  ['2', '0', '001', '86', -0.06],
  ['2', '0', '004', '86', -0.02],
];

/** Shares of a fixed 40 kr. per inhabitant: what is built, bought and sold. */
const investment: readonly Part[] = [
  ['3', '1', '015', '45', 1],
  ['3', '1', '015', '40', 0.2],
  ['3', '1', '999', '27', 0.15],
  ['3', '1', '050', '76', -0.1],
];

const land: readonly Part[] = [
  ['3', '1', '015', '25', 0.8],
  ['3', '1', '016', '26', 0.3],
  ['3', '1', '050', '79', -0.9],
];

const interest: readonly Part[] = [
  ['4', '0', '001', '60', 1.3],
  ['4', '0', '002', '86', -0.3],
];

const investedKr = 40;

interface Rule {
  readonly of: (code: string) => boolean;
  readonly parts: readonly Part[];
  /** kr. that the shares are of; left out: those of the account. */
  readonly kr?: number;
}

const startsWith =
  (...codes: readonly string[]) =>
  (code: string): boolean =>
    codes.some((start) => code.startsWith(start));

const isTransfer = startsWith(
  '546',
  '548',
  '55771',
  '55773',
  '55775',
  '55776',
  '55777',
  '55778',
  '5588',
  '56891',
  '56895',
);

/** Every rule that holds gives its parts. */
const rules: readonly Rule[] = [
  { of: (code) => code < '7' && !isTransfer(code) && code !== '52207', parts: operation },
  { of: isTransfer, parts: transfers },
  {
    of: startsWith('52207'),
    parts: [
      ['2', '0', '001', '86', 1],
      ['2', '0', '002', '86', 0.1],
    ],
  },
  { of: startsWith('5282', '53850', '53852', '32208', '5689'), parts: refunds },
  {
    of: startsWith(
      '022',
      '025',
      '028',
      '032',
      '22',
      '232',
      '322',
      '332',
      '335',
      '525',
      '528',
      '530',
      '532',
      '538',
      '645',
    ),
    parts: investment,
    kr: investedKr,
  },
  { of: startsWith('022', '025'), parts: land, kr: investedKr },
  // The service areas of dwellings for the elderly: the exception that FLIS names within an exception.
  {
    of: startsWith('53230'),
    parts: [
      ['1', '1', '005', '10', -0.3],
      ['1', '1', '005', '40', -0.2],
    ],
  },
  {
    of: startsWith('65272'),
    parts: [
      ['1', '0', '001', '00', 0.2],
      ['1', '0', '002', '51', 0.5],
    ],
  },
  { of: startsWith('72', '73', '75'), parts: interest },
  {
    of: startsWith('762', '768'),
    parts: [
      ['7', '0', '001', '86', 0.9],
      ['7', '0', '002', '79', 0.1],
    ],
  },
  {
    of: startsWith('765'),
    parts: [
      ['7', '0', '001', '40', 8],
      ['7', '0', '002', '86', -7],
    ],
  },
  {
    of: startsWith('8'),
    parts: [
      ['5', '0', '001', '60', 1.4],
      ['5', '0', '002', '86', -0.4],
    ],
  },
  {
    of: startsWith('85570'),
    parts: [
      ['6', '0', '001', '60', 1],
      ['7', '0', '003', '86', -0.9],
    ],
  },
];

/** All combinations, each once. */
export function combinationsOf(list: readonly Account[] = accounts): readonly Combination[] {
  const found = new Map<string, Combination>();
  for (const { code, kr, chart } of list) {
    let first = true;
    for (const rule of rules.filter(({ of }) => of(code))) {
      for (const [dranst, ejerforhold, gruppering, art, share] of rule.parts) {
        const key = [code, dranst, ejerforhold, gruppering, art].join();
        if (found.has(key)) continue;
        found.set(key, {
          funktion: code,
          dranst,
          ejerforhold,
          gruppering,
          art,
          kr: Math.round((rule.kr ?? kr) * share * 100) / 100,
          chart,
          main: first,
        });
        first = false;
      }
    }
  }
  return [...found.values()];
}

/**
 * The combinations of a real list, a CSV with the columns funktion_kode, dranst, gruppering and art_kode. The list
 * has no amounts and no owner, so those are made up: what the function is given here, shared by its combinations.
 */
export function combinationsOfList(text: string): readonly Combination[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const names = header.replace(/^\uFEFF/, '').split(',');
  const at = (fields: readonly string[], name: string): string => fields[names.indexOf(name)] ?? '';
  const rows = new Map<string, readonly [string, string, string, string]>();
  for (const line of lines) {
    const fields = line.split(',');
    // The art has its detail as a third digit.
    const art = at(fields, 'art_kode').padEnd(2, '0').slice(0, 2);
    const row = [
      at(fields, 'funktion_kode').padStart(5, '0'),
      at(fields, 'dranst'),
      at(fields, 'gruppering').padStart(3, '0'),
      art,
    ] as const;
    rows.set(row.join(), row);
  }
  const known = new Map(accounts.map((account) => [account.code, account]));
  const uses = new Map<string, number>();
  for (const [funktion] of rows.values()) uses.set(funktion, (uses.get(funktion) ?? 0) + 1);
  return [...rows.values()].map(([funktion, dranst, gruppering, art]) => {
    const income = art >= '7' && art < '9' ? -1 : 1;
    const kr = Math.abs(known.get(funktion)?.kr ?? 25) / (uses.get(funktion) ?? 1);
    return {
      funktion,
      dranst,
      ejerforhold: '1',
      gruppering,
      art,
      kr: Math.max(0.01, Math.round(kr * 100) / 100) * income,
      chart: known.get(funktion)?.chart ?? null,
      main: false,
    };
  });
}
