import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import { skippingOf } from '../skipping.ts';
import type { SemanticModel } from '../types.ts';
import { tellIn } from './tell.ts';

/** A coverage goes with `skip`; and `skip` needs operands that can leave out the same parts. */
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
    const bound = lookUp(model.kpis, kpi);
    const used = bound?.measures.length ?? 0;
    if (missing.parts === 'as_zero' && used > 1) {
      const message = `"as_zero" could make a kommune nothing in one of ${used} measures and not in the others.`;
      tell('skip-needs-one-measure', ['missing', 'parts'], message, 'write parts: require_all');
    }
    const skipping = bound && missing.parts === 'skip' ? skippingOf(model, bound.expression) : null;
    if (skipping?.kind === 'refused') {
      const message = `"skip" could leave a kommune out of one operand and not of the others: ${skipping.why}.`;
      tell('skip-needs-one-measure', ['missing', 'parts'], message, 'write parts: require_all');
    }
  }
}
