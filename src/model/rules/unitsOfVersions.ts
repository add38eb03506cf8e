import { isReadable } from '../bind/measures.ts';
import { lookUp } from '../lookUp.ts';
import { baseText, sameBase } from '../units.ts';
import { kpiOfName } from '../versions.ts';
import type { Rule } from './rule.ts';
import { tellIn } from './tell.ts';

/** Figures of all versions stand in one column, so they are of one unit, in whatever scale. */
export const unitsOfVersions: Rule = (model, context) => {
  for (const definition of context.definitions.kpis) {
    const { kpi: name, version } = definition.record;
    const [earlier, newest] = [lookUp(model.kpis, name), lookUp(model.kpis, kpiOfName(name))];
    if (!earlier || !newest || !isReadable(earlier.unit) || !isReadable(newest.unit)) continue;
    if (sameBase(earlier.unit, newest.unit)) continue;
    const message = `Version ${version} is in ${baseText(earlier.unit)}, and version ${newest.version} in ${baseText(newest.unit)}.`;
    const hint = 'a KPI in another unit is another KPI: give it an id of its own, and name it as successor';
    tellIn(context, definition)('unit-mismatch', ['unit'], message, hint);
  }
};
