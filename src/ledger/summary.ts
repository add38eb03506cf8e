import { add, compare, negate, type Rational, zero } from '../model/rational.ts';
import { unknownMember } from '../model/types.ts';
import type { Entry, Ledger, LedgerFigure } from './types.ts';

/** How many figures moved, came, went, or say another reason; counts of entries. */
export interface Counts {
  readonly moved: number;
  readonly new: number;
  readonly gone: number;
  readonly status: number;
}

/** What people want to know first. Positions are those of the ledger. */
export interface LedgerSummary {
  /** By cause; a figure that several moved counts at each of them. */
  readonly causes: readonly (Counts & {
    readonly cause: number;
    /** Of cells apart from figures that are made of them. */
    readonly cells: Counts;
  })[];
  readonly columns: readonly (Counts & {
    readonly column: number;
    /** The whole country in the newest period in which it moved; null where it did not. */
    readonly country: Entry | null;
    /** The greatest movement at the grain. */
    readonly largest: Entry | null;
  })[];
  /** Entries of figures at the level of kommuner, by kommune; those without one are `uoplyst`. */
  readonly kommuner: readonly (Counts & { readonly kommune: string })[];
  /** Movements of KPIs at the grain, the greatest first, as a share of what they were. */
  readonly largest: readonly (Entry & { readonly share: Rational | null })[];
  /** KPIs and periods that came and went as a whole. */
  readonly newKpis: readonly number[];
  readonly goneKpis: readonly number[];
  readonly newPeriods: readonly string[];
  readonly gonePeriods: readonly string[];
}

export function summarize(ledger: Ledger, top = 20): LedgerSummary {
  const { entries, columns, grids, causes } = ledger;
  const kindOf = ({ column }: Entry) => columns[column]?.kind;
  const figures = entries.filter((entry) => kindOf(entry) !== 'cell');
  const isGrain = ({ grid }: Entry) => grids[grid]?.grain ?? false;
  const window = causes.flatMap((cause) => (cause.kind === 'joint' ? cause.of : [cause]));
  const periods = (change: 'gone' | 'new') => [
    ...new Set(
      window.flatMap((cause) =>
        cause.kind === 'window' && cause.change === change
          ? cause.sources.flatMap(({ periods: own }) => own)
          : [],
      ),
    ),
  ];
  const versionless = (side: 'before' | 'after') =>
    columns.flatMap(({ versions }, at) => (versions && versions[side] === null ? [at] : []));
  return {
    causes: causes.map((_, cause) => {
      const own = entries.filter((entry) => entry.causes.includes(cause));
      return {
        cause,
        ...countOf(own.filter((entry) => kindOf(entry) !== 'cell')),
        cells: countOf(own.filter((entry) => kindOf(entry) === 'cell')),
      };
    }),
    columns: columns.map((_, column) => {
      const own = entries.filter((entry) => entry.column === column);
      const country = own.filter(
        ({ grid, change }) => grids[grid]?.levels.length === 0 && change === 'moved',
      );
      return {
        column,
        ...countOf(own),
        country: finest(country, ledger).at(-1) ?? null,
        largest: byMovement(own.filter(isGrain))[0] ?? null,
      };
    }),
    kommuner: kommunerOf(ledger, figures),
    largest: byShare(figures.filter((entry) => isGrain(entry) && kindOf(entry) === 'kpi')).slice(0, top),
    newKpis: versionless('before'),
    goneKpis: versionless('after'),
    newPeriods: periods('new').sort(),
    gonePeriods: periods('gone').sort(),
  };
}

export function countOf(entries: readonly Entry[]): Counts {
  const counts = { moved: 0, new: 0, gone: 0, status: 0 };
  for (const { change } of entries) counts[change] += 1;
  return counts;
}

/** Those of the shortest periods that there are, in the order of time. */
function finest(entries: readonly Entry[], { grids }: Ledger): readonly Entry[] {
  const first = entries[0] && grids[entries[0].grid]?.time;
  return entries.filter(({ grid }) => grids[grid]?.time === first);
}

function kommunerOf({ grids }: Ledger, figures: readonly Entry[]): LedgerSummary['kommuner'] {
  const byKommune = new Map<string, Entry[]>();
  for (const entry of figures) {
    const levels = grids[entry.grid]?.levels ?? [];
    if (levels.length !== 1 || levels[0] !== 'kommune') continue;
    const kommune = entry.members[0] ?? unknownMember;
    const own = byKommune.get(kommune);
    if (own) own.push(entry);
    else byKommune.set(kommune, [entry]);
  }
  return [...byKommune].map(([kommune, own]) => ({ kommune, ...countOf(own) })).sort(byNumber);
}

const byNumber = (a: Counts & { readonly kommune: string }, b: Counts & { readonly kommune: string }) =>
  b.moved + b.new + b.gone - (a.moved + a.new + a.gone) || (a.kommune < b.kommune ? -1 : 1);

/** How far a figure moved, without its sign; null where there is no difference. */
export function movementOf({ change, parts }: Entry): Rational | null {
  if (change !== 'moved') return null;
  const difference = parts.map(({ value }) => value).reduce(add, zero);
  return compare(difference, zero) < 0 ? negate(difference) : difference;
}

function byMovement(entries: readonly Entry[]): readonly Entry[] {
  return descending(
    entries.flatMap((entry) => {
      const by = movementOf(entry);
      return by === null ? [] : [{ entry, by }];
    }),
  ).map(({ entry }) => entry);
}

/** A figure that was zero has no share, and comes after those that have one. */
function byShare(entries: readonly Entry[]): LedgerSummary['largest'] {
  const moved = entries.flatMap((entry) => {
    const movement = movementOf(entry);
    return movement === null ? [] : [{ entry, movement, share: shareOf(movement, entry.before) }];
  });
  const [shares, others] = [
    moved.filter(({ share }) => share !== null),
    moved.filter(({ share }) => share === null),
  ];
  return [
    ...descending(shares.map((each) => ({ ...each, by: each.share ?? zero }))),
    ...descending(others.map((each) => ({ ...each, by: each.movement }))),
  ].map(({ entry, share }) => ({ ...entry, share }));
}

function shareOf(movement: Rational, before: LedgerFigure | null): Rational | null {
  const value = before?.value ?? null;
  if (value === null || value.numerator === 0n) return null;
  const numerator = movement.numerator * value.denominator;
  const denominator = movement.denominator * value.numerator;
  return denominator < 0n ? { numerator, denominator: -denominator } : { numerator, denominator };
}

const descending = <T extends { readonly by: Rational }>(all: readonly T[]): readonly T[] =>
  [...all].sort((a, b) => compare(b.by, a.by));
