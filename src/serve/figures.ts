import { invariant } from '../diagnostics/invariant.ts';
import { periodsBetween, type TimeLevel } from '../model/periods.ts';
import { type Kpi, unknownMember } from '../model/types.ts';
import { stretchOf } from '../model/windows.ts';
import type { BoundQuery, MatchedNode, MeasureUse, UsedMeanNode } from '../query/bound.ts';
import { usesIn } from '../query/useSpecs.ts';
import { cellKey, splitKey } from './cellKey.ts';
import { holdsSomething, type MeasureComponents } from './components.ts';
import type { Expectation } from './expected.ts';
import type { Figures, MeanPart } from './finishFormula.ts';
import { finishMatched, isWhole } from './finishMatched.ts';
import { type CellComponents, finishMeasure, type MeasureResult } from './finishMeasure.ts';
import type { PresentParts } from './presentParts.ts';

/** A use with what the engine gave of it. */
export interface CollectedUse {
  readonly use: MeasureUse;
  readonly collected: MeasureComponents | undefined;
  /** Source periods of a period of the answer, or of a shorter one in it. */
  readonly periodsOf: (period: string) => CellComponents['periods'];
}

/** Level to code, in one period of the answer. */
export interface CellPlace {
  readonly period: string;
  readonly codes: Readonly<Record<string, string>>;
}

export interface FiguresScope {
  readonly query: BoundQuery;
  readonly expectation: Expectation;
  readonly uses: ReadonlyMap<string, CollectedUse>;
  readonly missing: Kpi['missing'];
  /** Codes of a level by the rest of the cell's key, per use; filled on the way. */
  readonly held: Map<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

/** The measures of one cell, finished when they are asked for, and the members below it for means. */
export function figuresAt(scope: FiguresScope, at: CellPlace): Figures {
  const finished = new Map<string, MeasureResult>();
  return {
    of: (id) => {
      const known = finished.get(id);
      if (known) return known;
      const result = finishUse(scope, id, at);
      finished.set(id, result);
      return result;
    },
    parts: (mean) => partsOf(scope, mean, at),
    matched: (node) => matchedAt(scope, node, at),
    each: (node) =>
      periodsIn(at.period, node.level).map((period) => ({ ...figuresAt(scope, { ...at, period }), period })),
  };
}

function periodsIn(period: string, level: TimeLevel): string[] {
  const { firstDay, lastDay } = stretchOf(period);
  return periodsBetween(firstDay, lastDay, level).map(({ code }) => code);
}

function collectedOf(scope: FiguresScope, id: string): CollectedUse {
  const found = scope.uses.get(id);
  invariant(found, `the use ${id} is collected`);
  return found;
}

const membersOf = ({ levels }: MeasureUse, { codes }: CellPlace): string[] =>
  levels.map(({ name }) => codes[name] ?? '');

function finishUse(scope: FiguresScope, id: string, at: CellPlace): MeasureResult {
  const { use } = collectedOf(scope, id);
  return finishMeasure(use, cellAt(scope, id, at), scope.missing);
}

function cellAt(scope: FiguresScope, id: string, at: CellPlace): CellComponents {
  const { use, collected, periodsOf } = collectedOf(scope, id);
  const { expectation } = scope;
  const members = membersOf(use, at);
  const key = cellKey(at.period, members);
  const periods = periodsOf(at.period);
  return {
    parts: collected?.parts.get(key),
    total: collected?.totals.get(key),
    ofRows: collected?.rows.get(key),
    expected: expectation.partsOf(use, at.period, members),
    expectedTotals: expectation.totalsOf(use, at.period, members),
    present: presentWhereHeld(expectation.presentOf(use, at.period, members), periods),
    isUnknownAlone: expectation.isUnknownAlone(use, at.period, members),
    periods,
  };
}

/**
 * Rows may hold less than what they are made of: a match a year later holds nothing of a month before the other has
 * come, whoever delivered. So nobody is present in what is not held.
 */
function presentWhereHeld(
  present: readonly PresentParts[] | null,
  periods: CellComponents['periods'],
): readonly PresentParts[] | null {
  const held = new Set(periods.flatMap((period) => (period.held ? [period.source] : [])));
  return present?.map((each) => (held.has(each.source) ? each : { ...each, present: 0 })) ?? null;
}

/**
 * Every member of the level below the cell that is expected there or holds something. `uoplyst` is no
 * member of its own, so it is in no mean, but where it is asked for itself.
 */
function partsOf(scope: FiguresScope, mean: UsedMeanNode, at: CellPlace): MeanPart[] {
  const codes = Object.fromEntries(
    Object.entries(at.codes).filter(([level]) => !isDropped(scope.query, mean.dropped, level)),
  );
  const uses = usesIn(mean.operand)
    .map((id) => collectedOf(scope, id))
    .filter(({ use }) => use.levels.some(({ name }) => name === mean.level));
  const several = new Set(usesIn(mean.operand)).size > 1;
  const inner =
    several && scope.missing.parts === 'skip' ? { ...scope, missing: allOf(scope.missing) } : scope;
  return membersAt(scope, uses, mean, { period: at.period, codes }, isMember).map(({ expected, place }) => ({
    member: place.codes[mean.level] ?? '',
    expected,
    figures: figuresAt(inner, place),
  }));
}

/** Within a member that a mean skips as a whole, no operand may skip on its own. */
const allOf = (missing: Kpi['missing']): Kpi['missing'] => ({
  ...missing,
  parts: 'require_all',
  coverage: 1,
});

interface MemberPlace {
  readonly expected: boolean;
  readonly place: CellPlace;
}

/** Every member of a level that is expected in a cell, or that holds something there. */
function membersAt(
  scope: FiguresScope,
  uses: readonly CollectedUse[],
  over: { readonly level: string; readonly dimension: string },
  at: CellPlace,
  isWanted: (code: string) => boolean,
): MemberPlace[] {
  const { codes } = at;
  const own = codes[over.level];
  const held = new Set(uses.flatMap((each) => [...heldCodes(scope, each, over.level, at)]));
  const listed = uses.flatMap(({ use }) => scope.expectation.codesOf(use, at.period, over, codes));
  const found = own === undefined ? [...new Set([...listed, ...held])].filter(isWanted).sort() : [own];
  return found.flatMap((code) => {
    const place = { period: at.period, codes: { ...codes, [over.level]: code } };
    const expected = uses.some(({ use }) => isExpectedAt(scope, use, place));
    return expected || own !== undefined || held.has(code) ? [{ expected, place }] : [];
  });
}

/** The parts below a cell, at the finest level of every dimension that all operands count. */
function matchedAt(scope: FiguresScope, node: MatchedNode, at: CellPlace): Figures {
  const uses = node.uses.map((id) => collectedOf(scope, id));
  const own = { ...scope, missing: anyOf(scope.missing) };
  const places = node.levels.reduce<readonly MemberPlace[]>(
    (found, { name: level, dimension }) =>
      found.flatMap(({ place }) => membersAt(scope, uses, { level, dimension }, place, () => true)),
    [{ expected: true, place: at }],
  );
  const parts = places.map(({ expected, place }) => ({
    expected,
    operands: new Map(
      uses.map(({ use }) => {
        const cell = cellAt(own, use.id, place);
        const result = finishMeasure(use, cell, own.missing);
        return [use.id, { result, isWhole: isWhole(result, cell, scope.missing) }];
      }),
    ),
  }));
  const merged = new Map(uses.map(({ use }) => [use.id, finishMatched(use, parts, scope.missing)]));
  const figures: Figures = {
    of: (id) => {
      const found = merged.get(id);
      invariant(found, `the use ${id} is matched`);
      return found;
    },
    parts: () => [],
    matched: () => figures,
    // Parts that are left out together are those of a whole period.
    each: () => [],
  };
  return figures;
}

const anyOf = (missing: Kpi['missing']): Kpi['missing'] => ({ ...missing, parts: 'skip', coverage: 0 });

const isMember = (code: string): boolean => code !== unknownMember;

const isDropped = (query: BoundQuery, dropped: readonly string[], level: string): boolean =>
  query.levels.some(
    (each) => each.kind === 'member' && each.name === level && dropped.includes(each.dimension),
  );

/** Where the cell does not say a level, since a mean further in is taken over it, any of its members will do. */
function isExpectedAt(scope: FiguresScope, use: MeasureUse, at: CellPlace): boolean {
  const { expectation } = scope;
  const open = use.levels.find(({ name }) => at.codes[name] === undefined);
  if (open) {
    const { name: level, dimension } = open;
    const codes = expectation.codesOf(use, at.period, { level, dimension }, at.codes);
    return codes.some((code) => isExpectedAt(scope, use, { ...at, codes: { ...at.codes, [level]: code } }));
  }
  const members = membersOf(use, at);
  const present = expectation.presentOf(use, at.period, members);
  if (present) return present.some(({ expected }) => expected > 0);
  return (expectation.partsOf(use, at.period, members) ?? []).some(({ parts }) => parts > 0);
}

/** Codes of a level that hold something in the cell. */
function heldCodes(
  { held }: FiguresScope,
  { use, collected }: CollectedUse,
  level: string,
  at: CellPlace,
): ReadonlySet<string> {
  const said = use.levels.flatMap(({ name }, position) =>
    name !== level && at.codes[name] !== undefined ? [{ name, position }] : [],
  );
  const index = [use.id, level, ...said.map(({ name }) => name)].join('\n');
  const known = held.get(index) ?? indexHeld(use, collected, level, said);
  held.set(index, known);
  return (
    known.get(
      cellKey(
        at.period,
        said.map(({ name }) => at.codes[name] ?? ''),
      ),
    ) ?? none
  );
}

const none: ReadonlySet<string> = new Set();

function indexHeld(
  { levels }: MeasureUse,
  collected: MeasureComponents | undefined,
  level: string,
  said: readonly { readonly position: number }[],
): Map<string, Set<string>> {
  const own = levels.findIndex(({ name }) => name === level);
  const found = new Map<string, Set<string>>();
  for (const components of [collected?.parts, collected?.totals])
    for (const [key, component] of components ?? []) {
      if (!holdsSomething(component)) continue;
      const { period, members } = splitKey(key);
      const rest = cellKey(
        period,
        said.map(({ position }) => members[position] ?? ''),
      );
      found.set(rest, (found.get(rest) ?? new Set()).add(members[own] ?? ''));
    }
  return found;
}
