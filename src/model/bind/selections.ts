import type { FieldPath, SelectionDefinition } from '../../definitions/definition.ts';
import type { AccountSide, SelectionRuleRecord } from '../../definitions/schema.ts';
import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { type CodeList, codeListOf, matchCodes } from '../accounts/patterns.ts';
import { firstYear, lastYear, namedBy, type Selections } from '../accounts/selected.ts';
import type { SelectedCodes, Selection, SelectionList, SelectionRule } from '../accounts/types.ts';
import { compareCodes } from '../codeOrder.ts';
import { lookUp } from '../lookUp.ts';
import { type StructureRow, structureOf } from '../structure.ts';
import type { Dimension, SemanticModel } from '../types.ts';
import type { BindContext } from './context.ts';
import { resolveId } from './names.ts';

type Structured = Pick<SemanticModel, 'classifications' | 'dimensions'>;

/**
 * Selections with their codes written out. One that something is wrong with is told of and left out, and so
 * is one that stands on it, so that nothing is said of accounts that nobody meant.
 */
export function bindSelections(context: BindContext, structured: Structured): Record<string, Selection> {
  const { selections: definitions } = context.definitions;
  const sides = sidesOf(context);
  const ids = Object.fromEntries(definitions.map(({ record }) => [record.selection, record.selection]));
  const structures = new Map<string, readonly StructureRow[]>();
  const rowsOf = (dimension: Dimension) => {
    const rows = structures.get(dimension.id) ?? structureOf(structured, dimension);
    structures.set(dimension.id, rows);
    return rows;
  };
  const bound: Record<string, Selection> = {};
  for (const definition of definitions) {
    let isWhole = true;
    const tell: Tell = (code, path, message, hint, part = 'value') => {
      isWhole = false;
      context.report(diagnostic(code, message, { span: definition.spanOf(path, part), hint }));
    };
    const selection = bindSelection(definition, { structured, rowsOf, sides, ids, tell });
    if (isWhole) bound[selection.id] = selection;
  }
  return withoutHoles(withoutCircles(context, bound));
}

type Tell = (
  code: DiagnosticCode,
  path: FieldPath,
  message: string,
  hint?: string,
  part?: 'key' | 'value',
) => void;
type Sides = Partial<Record<AccountSide, string>>;

interface Binding {
  readonly structured: Structured;
  /** The structure of a dimension, worked out once. */
  readonly rowsOf: (dimension: Dimension) => readonly StructureRow[];
  readonly sides: Sides;
  readonly ids: Readonly<Record<string, string>>;
  readonly tell: Tell;
}

/** Which selection each side of the accounts is; two for one side are told of. */
function sidesOf(context: BindContext): Sides {
  const sides: Sides = {};
  for (const definition of context.definitions.selections) {
    const { defines_side: side, selection } = definition.record;
    if (side === undefined) continue;
    const span = definition.spanOf(['defines_side']);
    const message = `The selection "${sides[side]}" defines ${side} already.`;
    if (sides[side] !== undefined) context.report(diagnostic('side-defined-twice', message, { span }));
    else sides[side] = selection;
  }
  return sides;
}

function bindSelection({ record }: SelectionDefinition, binding: Binding): Selection {
  const { selection: id, label, status = 'approved', side = 'net', sign = 1, note = null } = record;
  return {
    id,
    label,
    status,
    side,
    within: side === 'net' ? null : sideNamed(side, record.defines_side !== undefined, binding),
    sign,
    lists: bindLists(record, binding),
    note,
  };
}

function sideNamed(
  side: 'expenditure' | 'income',
  definesOne: boolean,
  { sides, tell }: Binding,
): string | null {
  const found = sides[side] ?? null;
  if (definesOne) tell('side-of-a-side', ['side'], 'A selection that defines a side is of no side itself.');
  else if (found === null) {
    const hint = `write "defines_side: ${side}" in the selection that holds its arts`;
    tell('side-not-defined', ['side'], `No selection defines ${side}.`, hint);
  }
  return found;
}

function bindLists({ rules, lists }: SelectionDefinition['record'], binding: Binding): SelectionList[] {
  if ((rules === undefined) === (lists === undefined)) {
    const message = 'A selection has either rules, or lists of rules by year.';
    binding.tell('rules-or-lists', rules === undefined ? [] : ['rules'], message, undefined, 'key');
    return [];
  }
  if (rules !== undefined) {
    const bound = bindRules(rules, ['rules'], binding);
    return [{ validFrom: firstYear, validTo: lastYear, rules: bound }];
  }
  return (lists ?? [])
    .map(({ valid_from: validFrom = firstYear, valid_to: validTo = lastYear, ...list }, at) => {
      if (validTo < validFrom) {
        const message = `The list ends in ${validTo}, before it begins in ${validFrom}.`;
        binding.tell('empty-validity', ['lists', at, 'valid_to'], message);
      }
      return { at, validFrom, validTo, rules: bindRules(list.rules, ['lists', at, 'rules'], binding) };
    })
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .map(({ at, ...list }, place, sorted) => {
      const before = sorted[place - 1];
      if (before && list.validFrom <= before.validTo) {
        const message = `Two lists hold in ${list.validFrom}.`;
        const hint = 'give each a valid_from and valid_to that do not overlap';
        binding.tell('overlapping-validity', ['lists', at], message, hint);
      }
      return list;
    });
}

const bindRules = (
  rules: readonly SelectionRuleRecord[],
  path: FieldPath,
  binding: Binding,
): SelectionRule[] => rules.map((rule, at) => bindRule(rule, [...path, at], binding));

function bindRule(rule: SelectionRuleRecord, path: FieldPath, binding: Binding): SelectionRule {
  const named = rule.selection === undefined ? [] : [rule.selection].flat();
  const codes = bindCodes(rule.codes ?? {}, [...path, 'codes'], binding);
  const except = bindRules(rule.except ?? [], [...path, 'except'], binding);
  if (Object.keys(rule.codes ?? {}).length + named.length + except.length === 0) {
    const message = 'A rule says what it selects, or what it leaves out.';
    binding.tell('rule-says-nothing', path, message, 'write "codes", "selection" or "except"', 'key');
  }
  const selections = named.flatMap((name, at) => {
    const place = Array.isArray(rule.selection) ? [...path, 'selection', at] : [...path, 'selection'];
    return bindReference(name, place, binding) ?? [];
  });
  return { codes, selections, except };
}

function bindReference(name: string, path: FieldPath, { ids, tell }: Binding): string | null {
  const resolved = resolveId(name, ids);
  if (resolved.kind === 'found') return resolved.value;
  if (resolved.kind === 'unknown') {
    tell('unknown-selection', path, `There is no selection named "${name}".`, resolved.hint);
  } else {
    const hint = `write one of ${resolved.candidates.join(', ')}`;
    tell('ambiguous-name', path, `"${name}" is the name of several selections.`, hint);
  }
  return null;
}

/** Codes by dimension. What is said of a level of it counts for the finest codes below. */
function bindCodes(
  written: NonNullable<SelectionRuleRecord['codes']>,
  path: FieldPath,
  binding: Binding,
): Record<string, SelectedCodes> {
  const bound: Record<string, SelectedCodes> = {};
  for (const [key, patterns] of Object.entries(written)) {
    const found = dimensionOf(key, binding.structured);
    if (!found) {
      const { dimensions } = binding.structured;
      const names = Object.values(dimensions).flatMap(({ id, levels }) => [id, ...levels]);
      const message = `There is no dimension or level named "${key}".`;
      binding.tell('unknown-dimension', [...path, key], message, didYouMean(key, names), 'key');
      continue;
    }
    const { dimension, level } = found;
    const matched = [patterns].flat().flatMap((pattern, at) => {
      const place = Array.isArray(patterns) ? [...path, key, at] : [...path, key];
      return bindPattern(pattern, level, place, binding);
    });
    const leaves =
      level === dimension.leaf ? matched : leavesBelow(matched, level, binding.rowsOf(dimension));
    const before = bound[dimension.id];
    const codes = [...new Set(leaves)]
      .filter((code) => !before || before.codes.includes(code))
      .sort(compareCodes);
    if (matched.length > 0 && codes.length === 0) {
      const message = `No code of "${dimension.leaf}" is in all that this rule says of "${dimension.id}".`;
      binding.tell('rule-selects-nothing', path, message, undefined, 'key');
    }
    bound[dimension.id] = { written: [...(before?.written ?? []), ...[patterns].flat()], codes };
  }
  return bound;
}

function dimensionOf(name: string, { dimensions }: Structured) {
  const own = lookUp(dimensions, name);
  if (own) return { dimension: own, level: own.leaf };
  const dimension = Object.values(dimensions).find(({ levels }) => levels.includes(name));
  return dimension && { dimension, level: name };
}

function bindPattern(pattern: string, level: string, path: FieldPath, binding: Binding): readonly string[] {
  const list: CodeList = codeListOf(lookUp(binding.structured.classifications, level) ?? { members: [] });
  const matched = matchCodes(pattern, list);
  switch (matched.kind) {
    case 'codes':
      return matched.codes;
    case 'unknown': {
      const hint = matched.near === undefined ? undefined : `did you mean "${matched.near}"?`;
      binding.tell('unknown-code', path, `There is no code "${pattern}" in "${level}".`, hint);
      return [];
    }
    case 'empty':
      binding.tell('empty-range', path, `No code of "${level}" is in "${pattern}".`);
      return [];
    case 'backwards':
      binding.tell('empty-range', path, `"${pattern}" ends before it begins.`, 'write the lesser code first');
      return [];
  }
}

function leavesBelow(codes: readonly string[], level: string, rows: readonly StructureRow[]): string[] {
  return rows.filter(({ levels }) => codes.includes(levels[level] ?? '')).map(({ leaf }) => leaf);
}

/** Selections that come back to themselves are told of and left out. */
function withoutCircles(context: BindContext, selections: Selections): Selections {
  const circular = Object.keys(selections).filter((id) => circleFrom(id, selections) !== null);
  for (const { record, spanOf } of context.definitions.selections) {
    const circle = circular.includes(record.selection) ? circleFrom(record.selection, selections) : null;
    if (!circle) continue;
    const message = `The selection comes back to itself: ${circle.join(' -> ')}.`;
    context.report(diagnostic('cyclic-selection', message, { span: spanOf(['selection']) }));
  }
  return Object.fromEntries(Object.entries(selections).filter(([id]) => !circular.includes(id)));
}

/** The way from a selection back to itself, if there is one. */
function circleFrom(id: string, selections: Selections): readonly string[] | null {
  const seen = new Set<string>();
  const follow = (at: string, path: readonly string[]): readonly string[] | null => {
    const selection = lookUp(selections, at);
    for (const next of selection ? namedBy(selection) : []) {
      if (next === id) return [...path, id];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = follow(next, [...path, next]);
      if (found) return found;
    }
    return null;
  };
  return follow(id, [id]);
}

/** Without those that stand on one that is not there, until all stand. */
function withoutHoles(selections: Selections): Record<string, Selection> {
  const whole = Object.entries(selections).filter(([, selection]) =>
    namedBy(selection).every((id) => lookUp(selections, id)),
  );
  const kept = Object.fromEntries(whole);
  return whole.length === Object.keys(selections).length ? kept : withoutHoles(kept);
}
