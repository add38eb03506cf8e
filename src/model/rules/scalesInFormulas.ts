import { diagnostic } from '../../diagnostics/codes.ts';
import { walk } from '../../formula/walk.ts';
import type { Rule } from './rule.ts';

/** `* 1000` in a formula does what the unit does already: the figure would be scaled twice. */
export const scalesInFormulas: Rule = (_model, context) => {
  for (const { record } of context.definitions.kpis) {
    const formula = context.formulas[record.kpi];
    if (!formula) continue;
    walk(formula, (part) => {
      if (part.kind !== 'arithmetic' || (part.operator !== '*' && part.operator !== '/')) return;
      for (const operand of [part.left, part.right]) {
        if (operand.kind !== 'number' || !powerOfTen.test(operand.value)) continue;
        const message = `${operand.value} is a scale, and the unit "${record.unit}" is where scales are declared.`;
        const hint = 'formulas are in base units; write unit: person/1000 borger, pct., 1.000 kr.';
        context.report(diagnostic('scale-in-formula', message, { span: operand.span, hint }));
      }
    });
  }
};

/** All but one itself: 10, 1000, 0.01, 100.0. */
const powerOfTen = /^(?:10+(?:\.0+)?|0\.0*10*)$/;
