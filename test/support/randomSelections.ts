import fc from 'fast-check';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { accountCodes, selectionFile } from './accounts.ts';

/** A rule as a tree of plain data, from which both the YAML and the naive reading are made. */
export interface NaiveRule {
  readonly codes: Readonly<Partial<Record<Dimension, readonly string[]>>>;
  readonly selection: string | null;
  readonly except: readonly NaiveRule[];
}

export interface NaiveSelection {
  readonly id: string;
  readonly side: 'net' | 'expenditure' | 'income';
  readonly lists: readonly {
    readonly from: number;
    readonly to: number;
    readonly rules: readonly NaiveRule[];
  }[];
}

type Dimension = keyof typeof accountCodes;
export const dimensions = Object.keys(accountCodes) as readonly Dimension[];

export type Account = Readonly<Record<Dimension, string>>;

const someCodes = (dimension: Dimension) =>
  fc.subarray([...accountCodes[dimension], 'uoplyst'], { minLength: 1 });

/** Two dimensions at most, so that rules meet. */
const codes: fc.Arbitrary<NaiveRule['codes']> = fc
  .subarray([...dimensions], { minLength: 1, maxLength: 2 })
  .chain((chosen) =>
    fc
      .tuple(...chosen.map(someCodes))
      .map((lists) => Object.fromEntries(chosen.map((dimension, at) => [dimension, lists[at] ?? []]))),
  );

const rule = (depth: number, earlier: readonly string[]): fc.Arbitrary<NaiveRule> =>
  fc.record({
    codes,
    selection: earlier.length > 0 ? fc.option(fc.constantFrom(...earlier), { freq: 4 }) : fc.constant(null),
    except: depth === 0 ? fc.constant([]) : fc.array(rule(depth - 1, earlier), { maxLength: 2 }),
  });

const rules = (earlier: readonly string[]) => fc.array(rule(3, earlier), { minLength: 1, maxLength: 3 });

const selection = (id: string, earlier: readonly string[]): fc.Arbitrary<NaiveSelection> =>
  fc
    .tuple(
      fc.constantFrom('net', 'expenditure', 'income'),
      fc.option(fc.integer({ min: 2017, max: 2019 })),
      rules(earlier),
      rules(earlier),
    )
    .map(([side, change, first, second]): NaiveSelection => {
      const lists =
        change === null
          ? [{ from: 1, to: 9999, rules: first }]
          : [
              { from: 1, to: change - 1, rules: first },
              { from: change, to: 9999, rules: second },
            ];
      return { id, side: side as NaiveSelection['side'], lists };
    });

/** Three selections, each of which may stand on those before it. */
export const selections: fc.Arbitrary<readonly NaiveSelection[]> = fc
  .tuple(selection('t.a', []), selection('t.b', ['t.a']), selection('t.c', ['t.a', 't.b']))
  .map((all) => all);

export const sideFiles: readonly DefinitionFile[] = [
  selectionFile('t.udgifter', 'defines_side: expenditure\nrules: [{ codes: { hovedart: "1..6" } }]'),
  selectionFile('t.indtaegter', 'defines_side: income\nrules: [{ codes: { hovedart: ["7", "8"] } }]'),
];

export const filesOf = (all: readonly NaiveSelection[]): readonly DefinitionFile[] => [
  ...sideFiles,
  ...all.map(({ id, side, lists }) => {
    const listed = lists.map(({ from, to, rules: each }) => ({
      ...(from === 1 ? {} : { valid_from: String(from) }),
      ...(to === 9999 ? {} : { valid_to: String(to) }),
      rules: each.map(ruleRecord),
    }));
    return selectionFile(id, `side: ${side}\nlists: ${JSON.stringify(listed)}`);
  }),
];

function ruleRecord({ codes: chosen, selection: named, except }: NaiveRule): object {
  return {
    codes: chosen,
    ...(named === null ? {} : { selection: named }),
    ...(except.length === 0 ? {} : { except: except.map(ruleRecord) }),
  };
}

/** Whether an account is selected in a year, read straight off what was written. */
export function naively(id: string, account: Account, year: number, all: readonly NaiveSelection[]): boolean {
  const one = all.find((each) => each.id === id);
  const list = one?.lists.find(({ from, to }) => from <= year && year <= to);
  if (!one || !list || !onSide(one.side, account.art)) return false;
  const holds = ({ codes: chosen, selection: named, except }: NaiveRule): boolean => {
    for (const dimension of dimensions) {
      const listed = chosen[dimension];
      if (listed && !listed.includes(account[dimension])) return false;
    }
    if (named !== null && !naively(named, account, year, all)) return false;
    return !except.some(holds);
  };
  return list.rules.some(holds);
}

function onSide(side: NaiveSelection['side'], art: string): boolean {
  if (side === 'net') return true;
  const first = art.slice(0, 1);
  return side === 'expenditure' ? '123456'.includes(first) : '78'.includes(first);
}

/** Every combination of codes there is, `uoplyst` among them. */
export function allAccounts(): readonly Account[] {
  return dimensions.reduce<readonly Account[]>(
    (accounts, dimension) =>
      accounts.flatMap((account) =>
        [...accountCodes[dimension], 'uoplyst'].map((code) => ({ ...account, [dimension]: code })),
      ),
    [{} as Account],
  );
}
