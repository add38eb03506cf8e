import type { BindContext } from '../bind/context.ts';
import type { SemanticModel } from '../types.ts';
import { additivityOfMeasures } from './additivityOfMeasures.ts';
import { aggregatesOfMeasures } from './aggregatesOfMeasures.ts';
import { alignmentOfPeriods } from './alignmentOfPeriods.ts';
import { columnsOfSources } from './columnsOfSources.ts';
import { conditions } from './conditions.ts';
import { grainOfCubes } from './grainOfCubes.ts';
import { levelsOfDimensions } from './levelsOfDimensions.ts';
import { membersOfClassifications } from './membersOfClassifications.ts';
import { missingRules } from './missingRules.ts';
import { namesInCubes } from './namesInCubes.ts';
import { parentsOfMembers } from './parentsOfMembers.ts';
import { scalesInFormulas } from './scalesInFormulas.ts';
import { unitsOfFormulas } from './unitsOfFormulas.ts';
import { unusedMeasures } from './unusedMeasures.ts';
import { validityOfKpis } from './validityOfKpis.ts';

/** One check: looks at the whole model, reports what is wrong, changes nothing. */
export type Rule = (model: SemanticModel, context: BindContext) => void;

/** From the ground up, so that the first thing told about a mistake is nearest to its cause. */
export const rules: readonly Rule[] = [
  membersOfClassifications,
  parentsOfMembers,
  levelsOfDimensions,
  columnsOfSources,
  aggregatesOfMeasures,
  conditions,
  additivityOfMeasures,
  alignmentOfPeriods,
  unitsOfFormulas,
  scalesInFormulas,
  missingRules,
  unusedMeasures,
  validityOfKpis,
  namesInCubes,
  grainOfCubes,
];
