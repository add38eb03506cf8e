import type { BindContext } from '../bind/context.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** A coverage threshold goes with `skip`; and `skip` needs one measure, or the parts of a ratio fall apart. */
export function missingRules(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    const { missing, kpi } = definition.record;
    if (missing.coverage !== undefined && missing.parts !== 'skip') {
      tell(
        context,
        definition,
        ['missing', 'coverage'],
        'coverage-without-skip',
        `"coverage" says how much may be skipped, and "${missing.parts}" skips nothing.`,
      );
    }
    if (missing.parts === 'skip' && missing.coverage === undefined) {
      tell(
        context,
        definition,
        ['missing', 'parts'],
        'coverage-missing',
        'With "skip" the least coverage must be said.',
        'add coverage: 0.95',
      );
    }
    const used = model.kpis[kpi]?.measures ?? [];
    if (missing.parts !== 'require_all' && used.length > 1) {
      tell(
        context,
        definition,
        ['missing', 'parts'],
        'skip-needs-one-measure',
        `"${missing.parts}" could leave a kommune out of one of ${used.length} measures and not of the others.`,
        'write parts: require_all',
      );
    }
  }
}
