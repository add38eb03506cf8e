import type { SemanticModel } from '../types.ts';
import type { RuleContext } from './rule.ts';

/** A formula must be able to name a measure; and a dot would make it look like another KPI's. */
export function namesOfMeasures(_model: SemanticModel, context: RuleContext): void {
  for (const { name, path, tell } of context.written) {
    if (/^[\p{L}_][\p{L}\d_]*$/u.test(name)) continue;
    const message = `"${name}" is not a name that a formula can use.`;
    tell('invalid-value', path, message, 'names have letters, digits and _', 'key');
  }
}
