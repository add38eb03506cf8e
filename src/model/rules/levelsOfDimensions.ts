import type { DimensionDefinition } from '../../definitions/definition.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { internalNames } from '../internalNames.ts';
import { lookUp } from '../lookUp.ts';
import { timeLevels } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** A level where a hierarchy names it, and the level below it; null where the hierarchy starts. */
interface Place {
  readonly dimension: string;
  readonly level: string;
  readonly below: string | null;
  readonly path: readonly ['hierarchies', string, number];
}

/** Levels: each a classification, in one place of one dimension, reached from the level below. */
export function levelsOfDimensions(model: SemanticModel, context: BindContext): void {
  const seen: Place[] = [];
  for (const definition of context.definitions.dimensions) {
    const tell = tellIn(context, definition);
    const places = placesOf(definition);
    if (places.length === 0) {
      tell('missing-key', ['hierarchies'], 'A dimension has one hierarchy at least.', undefined, 'key');
    }
    for (const place of places) {
      checkName(model, place, tell);
      checkStart(place, places[0]?.level, tell);
      checkOnce(place, seen, tell);
      checkStep(model, place, tell);
      seen.push(place);
    }
  }
}

function placesOf({ record }: DimensionDefinition): Place[] {
  const { dimension } = record;
  return Object.entries(record.hierarchies).flatMap(([hierarchy, levels]) =>
    levels.map((level, position): Place => {
      const below = levels[position - 1] ?? null;
      return { dimension, level, below, path: ['hierarchies', hierarchy, position] };
    }),
  );
}

function checkName(model: SemanticModel, { level, path }: Place, tell: Tell): void {
  if ((timeLevels as readonly string[]).includes(level)) {
    tell('reserved-code', path, `"${level}" is a level of time.`);
  } else if (internalNames.includes(level)) {
    tell('reserved-code', path, `"${level}" is a name that the program itself uses.`);
  } else if (!lookUp(model.classifications, level)) {
    const hint = didYouMean(level, Object.keys(model.classifications));
    tell('unknown-level', path, `There is no classification for the level "${level}".`, hint);
  }
}

function checkStart({ level, below, path }: Place, leaf: string | undefined, tell: Tell): void {
  if (below !== null || level === leaf) return;
  tell('leaf-differs', path, `Hierarchy "${path[1]}" starts at "${level}", the others at "${leaf}".`);
}

/** The finest level begins every hierarchy; any other has one way that leads to it. */
function checkOnce({ dimension, level, below, path }: Place, seen: readonly Place[], tell: Tell): void {
  const other = seen.find((place) => place.level === level);
  if (other === undefined) return;
  if (other.dimension !== dimension) {
    tell('ambiguous-name', path, `Level "${level}" is already in the dimension "${other.dimension}".`);
  } else if (below !== null || other.below !== null) {
    tell('named-twice', path, `Level "${level}" is already in the hierarchy "${other.path[1]}".`);
  }
}

/** A step on which nobody has a parent leads nowhere: everything above it would be unknown. */
function checkStep(model: SemanticModel, { level, below, path }: Place, tell: Tell): void {
  const classification = lookUp(model.classifications, below ?? '');
  if (!classification || !lookUp(model.classifications, level) || level === below) return;
  if (classification.members.some(({ parents }) => lookUp(parents, level) !== undefined)) return;
  tell('no-parents', path, `No member of "${below}" has a parent in "${level}".`);
}
