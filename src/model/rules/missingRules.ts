import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import { tellIn } from './tell.ts';

/** A coverage goes with `skip`; and `skip` needs one measure, or the parts of a ratio fall apart. */
export function missingRules(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    const { missing, kpi } = definition.record;
    const tell = tellIn(context, definition);
    if (missing.coverage !== undefined && missing.parts !== 'skip') {
      const message = `"coverage" says how much may be skipped, and "${missing.parts}" skips nothing.`;
      tell('coverage-without-skip', ['missing', 'coverage'], message);
    }
    if (missing.parts === 'skip' && missing.coverage === undefined) {
      const message = 'With "skip" the least coverage must be said.';
      tell('coverage-missing', ['missing', 'parts'], message, 'add coverage: 0.95');
    }
    const used = lookUp(model.kpis, kpi)?.measures.length ?? 0;
    if (missing.parts !== 'require_all' && used > 1) {
      const message = `"${missing.parts}" could leave a kommune out of one of ${used} measures and not of the others.`;
      tell('skip-needs-one-measure', ['missing', 'parts'], message, 'write parts: require_all');
    }
  }
}
