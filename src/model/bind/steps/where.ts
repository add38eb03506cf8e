import { typeInWords } from '../../rowTyping.ts';
import { type BoundStep, bindText, type StepScope, tell } from './scope.ts';

export function bindWhere(scope: StepScope, text: string): BoundStep | null {
  const bound = bindText(scope, ['where'], text);
  if (!bound) return null;
  if (bound.type.kind !== 'condition') {
    const message = `A condition is wanted here, and this is a ${typeInWords(bound.type)}.`;
    return tell(scope, 'type-mismatch', ['where'], message, 'compare it with something: name == "value"');
  }
  return { step: { kind: 'where', condition: bound.expression }, relation: scope.relation };
}
