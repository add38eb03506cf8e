import type { FieldPath, SelectionDefinition } from '../../definitions/definition.ts';
import { type Boxes, intersect, subtract } from '../accounts/boxes.ts';
import {
  accountSpace,
  changeYears,
  combinationInWords,
  dimensionsOfSelections,
  exampleOf,
  reachable,
  type SelectedIn,
  selectedIn,
} from '../accounts/selected.ts';
import type { Selection, SelectionRule } from '../accounts/types.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import type { Rule } from './rule.ts';
import { type Tell, tellIn } from './tell.ts';

/** Every rule of a selection selects something that no rule beside it does; every exception excepts something. */
export const rulesOfSelections: Rule = (model, context) => {
  for (const definition of context.definitions.selections) {
    const selection = lookUp(model.selections, definition.record.selection);
    if (selection) checkSelection(model, selection, definition, tellIn(context, definition));
  }
};

function checkSelection(
  model: SemanticModel,
  selection: Selection,
  { record }: SelectionDefinition,
  tell: Tell,
): void {
  const { selections } = model;
  const space = accountSpace(model, dimensionsOfSelections([selection.id], selections));
  const years = changeYears([selection.id], selections);
  // Lists are bound in the order of their years, whatever order they are written in.
  const order = [...(record.lists ?? []).keys()].sort((a, b) =>
    (record.lists?.[a]?.valid_from ?? '') < (record.lists?.[b]?.valid_from ?? '') ? -1 : 1,
  );
  for (const [at, list] of selection.lists.entries()) {
    const path = record.lists === undefined ? ['rules'] : ['lists', order[at] ?? at, 'rules'];
    const held = years.filter((year) => list.validFrom <= year && year <= list.validTo);
    const checking = { selection, tell, years: held.map((year) => selectedIn(year, selections, space)) };
    checkReferences(model, selection, held, path.slice(0, -1), tell);
    checkRules(checking, list.rules, path);
  }
}

/** What a selection stands on has a list in each of its years. */
function checkReferences(
  { selections }: SemanticModel,
  selection: Selection,
  years: readonly string[],
  path: FieldPath,
  tell: Tell,
): void {
  for (const id of reachable([selection.id], selections)) {
    const lists = lookUp(selections, id)?.lists ?? [];
    const missing = years.find(
      (year) => !lists.some((list) => list.validFrom <= year && year <= list.validTo),
    );
    if (missing === undefined) continue;
    const message = `"${selection.id}" has a list for ${missing}, and "${id}", which it stands on, has none.`;
    tell('selection-gap', path, message, undefined, 'key');
  }
}

interface Checking {
  readonly selection: Selection;
  readonly tell: Tell;
  /** What is selected in each stretch of years that the list holds in. */
  readonly years: readonly SelectedIn[];
}

function checkRules(checking: Checking, rules: readonly SelectionRule[], path: FieldPath): void {
  const { tell, years, selection } = checking;
  for (const [at, rule] of rules.entries()) {
    const place = [...path, at];
    if (years.every((year) => inSide(selection, year, year.ofRule(rule)).length === 0)) {
      tell('rule-selects-nothing', place, 'The rule selects nothing.', undefined, 'key');
      continue;
    }
    checkExceptions(checking, rule, place, (year) => year.ofKeys(rule));
    for (const year of years) {
      const before = rules.slice(0, at).findIndex((other) => shared(year, other, rule).length > 0);
      const other = rules[before];
      if (!other) continue;
      const example = exampleOf(year.space, shared(year, other, rule)) ?? {};
      const message = `Rule ${before + 1} selects ${combinationInWords(example)} already.`;
      tell('overlapping-rules', place, message, undefined, 'key');
      break;
    }
  }
}

const shared = (year: SelectedIn, one: SelectionRule, other: SelectionRule): Boxes =>
  intersect(year.ofRule(one), year.ofRule(other));

const inSide = ({ within }: Selection, year: SelectedIn, boxes: Boxes): Boxes =>
  within === null ? boxes : intersect(boxes, year.of(within));

/** An exception takes something out of its rule that no exception before it has taken. */
function checkExceptions(
  checking: Checking,
  rule: SelectionRule,
  path: FieldPath,
  outer: (year: SelectedIn) => Boxes,
): void {
  for (const [at, exception] of rule.except.entries()) {
    const place = [...path, 'except', at];
    const left = (year: SelectedIn) => subtract(outer(year), year.ofRules(rule.except.slice(0, at)));
    const within = (year: SelectedIn) => intersect(left(year), year.ofKeys(exception));
    if (checking.years.every((year) => intersect(within(year), year.ofRule(exception)).length === 0)) {
      const message = 'The exception takes nothing out of its rule.';
      const hint = 'an exception is about what its rule selects, and what no exception before it has taken';
      checking.tell('dead-exception', place, message, hint, 'key');
      continue;
    }
    checkExceptions(checking, exception, place, within);
  }
}
