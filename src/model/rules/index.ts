import { accountsOfMeasures } from './accountsOfMeasures.ts';
import { additivityOfMeasures } from './additivityOfMeasures.ts';
import { aggregatesOfMeasures } from './aggregatesOfMeasures.ts';
import { alignmentOfPeriods } from './alignmentOfPeriods.ts';
import { columnNames } from './columnNames.ts';
import { columnsOfSources } from './columnsOfSources.ts';
import { conditions } from './conditions.ts';
import { formulasWithoutMeasures } from './formulasWithoutMeasures.ts';
import { gatesOfCubes } from './gatesOfCubes.ts';
import { grainOfCubes } from './grainOfCubes.ts';
import { groupsOfDimensions } from './groupsOfDimensions.ts';
import { levelsOfDimensions } from './levelsOfDimensions.ts';
import { membersOfClassifications } from './membersOfClassifications.ts';
import { missingRules } from './missingRules.ts';
import { namesInCubes } from './namesInCubes.ts';
import { namesOfMeasures } from './namesOfMeasures.ts';
import { parentsOfMembers } from './parentsOfMembers.ts';
import { partsOfPartitions } from './partsOfPartitions.ts';
import { percentPoints } from './percentPoints.ts';
import { pricesOfKpis } from './pricesOfKpis.ts';
import { rolesOfMeasures } from './rolesOfMeasures.ts';
import type { Rule } from './rule.ts';
import { rulesOfSelections } from './rulesOfSelections.ts';
import { scalesInFormulas } from './scalesInFormulas.ts';
import { successorsOfMembers } from './successorsOfMembers.ts';
import { unitsOfFormulas } from './unitsOfFormulas.ts';
import { unitsOfVersions } from './unitsOfVersions.ts';
import { unusedMeasures } from './unusedMeasures.ts';
import { validityOfKpis } from './validityOfKpis.ts';

/** From the ground up, so that the first thing told about a mistake is nearest to its cause. */
export const rules: readonly Rule[] = [
  membersOfClassifications,
  parentsOfMembers,
  successorsOfMembers,
  levelsOfDimensions,
  groupsOfDimensions,
  columnsOfSources,
  columnNames,
  rulesOfSelections,
  partsOfPartitions,
  namesOfMeasures,
  aggregatesOfMeasures,
  rolesOfMeasures,
  conditions,
  accountsOfMeasures,
  additivityOfMeasures,
  alignmentOfPeriods,
  unitsOfFormulas,
  unitsOfVersions,
  percentPoints,
  pricesOfKpis,
  scalesInFormulas,
  formulasWithoutMeasures,
  missingRules,
  unusedMeasures,
  validityOfKpis,
  namesInCubes,
  gatesOfCubes,
  grainOfCubes,
];
