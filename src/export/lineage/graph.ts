import { type Language, printExact, printNumber } from '../../model/printNumber.ts';
import { rational } from '../../model/rational.ts';
import { statuses } from '../../model/status.ts';
import type { ExplainedComponent, Explanation } from '../../serve/explain/explanation.ts';
import type { RowsLeft } from '../../serve/explain/rows.ts';
import type { Worked } from '../../serve/explain/working.ts';

/** What a figure stands on, from the figure to the deliveries: boxes of text, and which stands on which. */
export interface Graph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export type GraphKind = 'figure' | 'formula' | 'measure' | 'conditions' | 'relation' | 'source' | 'delivery';

export interface GraphNode {
  readonly id: string;
  readonly kind: GraphKind;
  readonly title: string;
  readonly lines: readonly string[];
  /** Told when somebody points at the box: what its lines have no room for. */
  readonly hint: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** The kinds in their order from left to right; formulas take as many columns as they are deep. */
export const kindsInOrder: readonly GraphKind[] = [
  'figure',
  'formula',
  'measure',
  'conditions',
  'relation',
  'source',
  'delivery',
];

const words = { da: { coverage: 'dækning' }, en: { coverage: 'coverage' } } as const;

export function lineageOf(explanation: Explanation, language: Language): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const put = (node: GraphNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
    return node.id;
  };
  const link = (from: string, to: string) => edges.set(`${from}\n${to}`, { from, to });
  const { answer, components } = explanation;
  const column = answer.columns[0];
  const cell = answer.rows.at(-1)?.cells[0];
  const figure = put({
    id: 'figure',
    kind: 'figure',
    title: column?.label[language] ?? '',
    lines: [
      cell?.value && column
        ? `${printNumber(cell.value, column.decimals, language)} ${column.unit}`
        : statuses[cell?.status ?? 'not_delivered'][language],
      `${answer.period} · ${answer.edition.id}`,
    ],
    hint: explanation.formula,
  });
  writeFormula(explanation.worked, figure, 'formula', language, put, link);
  for (const component of components) {
    const measure = put(measureNode(explanation, component, language));
    const below = writeRows(component, measure, language, put, link);
    for (const source of component.delivered) {
      link(below.get(source) ?? below.get('') ?? measure, `source ${source}`);
      put(sourceNode(explanation, source));
      writeDeliveries(explanation, source, put, link);
    }
  }
  return {
    title: `${column?.label[language] ?? ''} · ${answer.period} · ${answer.edition.id}`,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
  };
}

type Put = (node: GraphNode) => string;
type Link = (from: string, to: string) => void;

/** Every operator is a box; a number stands in the box that reads it, and a mean is one box whatever it is of. */
function writeFormula(
  worked: Worked,
  parent: string,
  id: string,
  language: Language,
  put: Put,
  link: Link,
): void {
  if (worked.operator === 'number') return;
  if (worked.operator === 'figure') {
    link(parent, `measure ${worked.figure ?? ''}`);
    return;
  }
  if (worked.operator === 'same_parts') {
    for (const each of worked.inputs) writeFormula(each, parent, id, language, put, link);
    return;
  }
  const value = worked.value === null ? statuses[worked.status][language] : valueText(worked, language);
  const numbers = worked.inputs.flatMap(({ operator, number }) =>
    operator === 'number' ? (number ?? '') : [],
  );
  const isMean = worked.inputs.some(({ member }) => member !== null);
  const title = isMean
    ? `${worked.operator} of ${worked.inputs.length}`
    : operatorText(worked.operator, numbers);
  const own = put({ id, kind: 'formula', title, lines: [value], hint: '' });
  link(parent, own);
  if (isMean) {
    for (const name of figuresIn(worked)) link(own, `measure ${name}`);
    return;
  }
  for (const [at, each] of worked.inputs.entries())
    writeFormula(each, own, `${id}.${at}`, language, put, link);
}

function operatorText(operator: Worked['operator'], numbers: readonly string[]): string {
  const sign = { '*': '×', '/': '÷', '-': '−' }[operator as string] ?? operator;
  return numbers.length > 0 ? `${sign} (${numbers.join(', ')})` : sign;
}

function valueText({ value }: Worked, language: Language): string {
  return value === null ? '' : printExact(value, language);
}

const figuresIn = (worked: Worked): readonly string[] => [
  ...new Set([worked.figure ?? [], ...worked.inputs.map(figuresIn)].flat()),
];

function measureNode(explanation: Explanation, component: ExplainedComponent, language: Language): GraphNode {
  const { measure, value, unit, status, coverage, aggregate, period, role } = component;
  const id = explanation.answer.columns[0]?.id ?? '';
  return {
    id: `measure ${measure}`,
    kind: 'measure',
    title: measure.replaceAll(`${id}.`, ''),
    lines: [
      value === null ? statuses[status][language] : `${printExact(value, language)} ${unit}`,
      `${aggregate}, ${period}`,
      `${words[language].coverage} ${coverage.delivered}/${coverage.expected}`,
    ],
    hint: role === null ? measure : `${measure}: ${role}`,
  };
}

/** Characters of a condition beside its number. */
const mostOfText = 36;

/** The conditions of a component and each relation on its way; gives where each delivered source hangs. */
function writeRows(
  { measure, rowsLeft, source, delivered }: ExplainedComponent,
  parent: string,
  language: Language,
  put: Put,
  link: Link,
): ReadonlyMap<string, string> {
  const steps = rowsLeft ?? [];
  const told = ({ text, rows }: RowsLeft) => `${text}: ${printNumber(rational(BigInt(rows)), 0, language)}`;
  // The number is what the box is there for, so a long condition is cut before it.
  const line = (step: RowsLeft) =>
    told(step.text.length > mostOfText ? { ...step, text: `${step.text.slice(0, mostOfText - 1)}…` } : step);
  let from = parent;
  const conditions = steps.filter(({ kind }) => kind !== 'delivered' && kind !== 'step');
  if (conditions.length > 0) {
    const lines = conditions.map(line);
    const hint = conditions.map(told).join('\n');
    const node = {
      id: `conditions ${measure}`,
      kind: 'conditions',
      title: source,
      lines,
      hint,
    };
    link(from, put({ ...node, kind: 'conditions' }));
    from = node.id;
  }
  const relations = [...new Set(steps.filter(({ kind }) => kind === 'step').map((each) => each.source))];
  for (const relation of relations.reverse()) {
    const own = steps.filter((each) => each.kind === 'step' && each.source === relation);
    const id = `relation ${measure} ${relation}`;
    const hint = own.map(told).join('\n');
    link(from, put({ id, kind: 'relation', title: relation, lines: own.map(line), hint }));
    from = id;
  }
  return new Map([['', from], ...delivered.map((each): [string, string] => [each, from])]);
}

function sourceNode({ inputs, components }: Explanation, source: string): GraphNode {
  const input = inputs.find((each) => each.source === source);
  const periods = components
    .filter(({ delivered }) => delivered.includes(source))
    .map(({ period }) => period);
  return {
    id: `source ${source}`,
    kind: 'source',
    title: source,
    lines: [
      [...new Set(periods)].join(', '),
      `${input?.snapshots.length ?? 0} ${input?.snapshots.length === 1 ? 'snapshot' : 'snapshots'}`,
    ],
    hint: source,
  };
}

/** Deliveries that are told of one by one; of more only the number. */
const mostDeliveries = 6;

function writeDeliveries({ deliveries }: Explanation, source: string, put: Put, link: Link): void {
  const own = deliveries.filter((each) => each.source === source);
  const told = own.length > mostDeliveries ? own.slice(-mostDeliveries + 1) : own;
  for (const { receipt, file, sender, received, sha256 } of told) {
    const id = `delivery ${receipt}`;
    put({
      id,
      kind: 'delivery',
      title: file,
      lines: [
        `${received.slice(0, 16).replace('T', ' ')}${sender === null ? '' : ` · ${sender}`}`,
        sha256.slice(0, 16),
      ],
      hint: `receipt ${receipt}, SHA-256 ${sha256}`,
    });
    link(`source ${source}`, id);
  }
  if (told.length === own.length) return;
  const id = `deliveries ${source}`;
  put({ id, kind: 'delivery', title: `${own.length - told.length} older`, lines: [], hint: '' });
  link(`source ${source}`, id);
}
