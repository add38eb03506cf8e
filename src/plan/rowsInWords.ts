import { assertNever } from '../diagnostics/invariant.ts';
import type { RowStep } from '../model/rowSteps.ts';
import type { RowsPlan } from './plan.ts';

/** How the rows of a source come about, a line for each relation, those beneath first; none where it is delivered. */
export function rowsInWords(plan: RowsPlan | null): string[] {
  if (!plan?.from) return [];
  const looked = plan.steps.flatMap(({ lookup }) => rowsInWords(lookup));
  const steps = plan.steps.map(({ step }) => stepInWords(step));
  const how = steps.length > 0 ? steps.join('; ') : 'taken as they are';
  return [...rowsInWords(plan.from), ...looked, `  Rows of ${plan.source} from ${plan.from.source}: ${how}.`];
}

function stepInWords(step: RowStep): string {
  switch (step.kind) {
    case 'where':
      return 'those that a condition keeps';
    case 'derive':
      return `${step.columns.map(({ name }) => name).join(', ')} worked out`;
    case 'group':
      return `one for each ${step.by.join(' x ')}${step.level ? `, by ${step.level.to}` : ''}`;
    case 'spread':
      return `one for each ${step.level} from ${step.from} to ${step.to}`;
    case 'match':
      return `looked up in ${step.rows} by ${step.on.map(({ theirs }) => theirs).join(', ')}${shiftInWords(step)}`;
    case 'order':
      return `each beside its neighbours by ${step.by.join(', ')} along ${step.along.join(', ')}`;
    case 'join_stays':
      return `joined by ${step.by.join(', ')} where ${step.from} comes within ${step.within.count} ${step.within.unit} of ${step.to}`;
    default:
      return assertNever(step);
  }
}

function shiftInWords({ shift }: Extract<RowStep, { kind: 'match' }>): string {
  if (!shift || shift.by === 0) return shift ? ' in the same period' : '';
  return `, ${Math.abs(shift.by)} ${shift.level} ${shift.by > 0 ? 'later' : 'earlier'}`;
}
