import type { Relation } from '../relation.ts';
import type { DerivationStep, Source } from '../types.ts';

/** Rows come in no file of their own. */
const noFile: Source['file'] = {
  names: [],
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  decimal: '.',
  header: [],
  rows: null,
  synthetic: null,
};

/** A source made of another's rows: it comes from where that comes from, as often as its steps say. */
export function derivedSource(
  from: Source,
  relation: Relation,
  steps: readonly DerivationStep[],
  own: Pick<Source, 'id' | 'label' | 'contract'>,
): Source {
  const { deliveredBy } = from;
  const keeps = relation.columns.some(({ kind, name }) => kind === 'code' && name === deliveredBy);
  return {
    ...own,
    supplier: from.supplier,
    origin: from.origin,
    frequency: relation.frequency,
    delivery: from.delivery,
    file: noFile,
    columns: relation.columns,
    key: [],
    absence: keeps ? from.absence : 'missing',
    deliveredBy: keeps ? deliveredBy : null,
    ...countedOn(from, relation, steps),
    ...(from.weeksByThursday && relation.frequency === 'U' ? { weeksByThursday: true } : {}),
    derivation: { from: from.id, steps },
  };
}

/** Rows of another frequency are counted when their periods end, unless intervals are counted on first days. */
function countedOn(
  from: Source,
  { frequency }: Relation,
  steps: readonly DerivationStep[],
): Pick<Source, 'countedOn'> {
  const spread = steps.flatMap(({ step }) => (step.kind === 'spread' ? [step.on] : [])).at(-1);
  const isFirst = spread
    ? spread === 'first_day'
    : from.countedOn === 'first_day' && from.frequency === frequency;
  return isFirst ? { countedOn: 'first_day' } : {};
}
