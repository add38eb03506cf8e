import { diagnostic } from '../../diagnostics/codes.ts';
import type { Expression } from '../../formula/expression.ts';
import type { BindContext } from '../bind/context.ts';
import type { SemanticModel } from '../types.ts';

/** `* 1000` in a formula does what the unit does already: the figure would be scaled twice. */
export function scalesInFormulas(_model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.kpis) {
    const start = definition.spanOf(['formula']).start;
    const formula = context.parse(definition.record.formula, { file: definition.file, start }).value;
    if (formula) look(formula, context, definition.record.unit);
  }
}

function look(expression: Expression, context: BindContext, unit: string): void {
  switch (expression.kind) {
    case 'unary':
      return look(expression.operand, context, unit);
    case 'arithmetic': {
      const scales = expression.operator === '*' || expression.operator === '/';
      for (const operand of [expression.left, expression.right]) {
        if (scales && operand.kind === 'number' && /^(10+|0\.0*10*)$/.test(operand.value)) {
          context.report(
            diagnostic(
              'scale-in-formula',
              `${operand.value} is a scale, and the unit "${unit}" is where scales are declared.`,
              {
                span: operand.span,
                hint: 'formulas are in base units; write unit: person/1000 borger, pct., 1.000 kr.',
              },
            ),
          );
        }
        look(operand, context, unit);
      }
      return;
    }
    default:
      return;
  }
}
