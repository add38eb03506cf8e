import type { KpiRecord, Label } from '../../definitions/schema.ts';
import { lookUp } from '../../model/lookUp.ts';
import type { Catalogue } from '../../pipeline.ts';
import type { Lineage, LineageNode } from './lineage.ts';
import { words } from './words.ts';

/** Source, rows made of it, component, KPI, cube: what stands on what, left to right. */
export function lineageOf({ model }: Catalogue, { kpi }: Pick<KpiRecord, 'kpi'>): Lineage {
  const nodes = new Map<string, LineageNode>();
  const edges: [string, string][] = [];
  const link = (from: string, to: string) => {
    if (!edges.some(([a, b]) => a === from && b === to)) edges.push([from, to]);
  };
  const add = (node: LineageNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
  };
  /** A source, and whatever it is made of. */
  const addSource = (id: string) => {
    if (nodes.has(id)) return;
    const source = lookUp(model.sources, id);
    const from = source ? madeOf(source) : [];
    const column = from.length === 0 ? 0 : 1;
    add({ id, column, title: plain(id), below: source?.label ?? plain(''), link: null });
    for (const other of from) {
      addSource(other);
      link(other, id);
    }
  };
  const owner = lookUp(model.kpis, kpi);
  for (const id of owner?.measures ?? []) {
    const measure = lookUp(model.measures, id);
    if (!measure) continue;
    const below = measure.column === null ? measure.aggregate : `${measure.aggregate} ${measure.column}`;
    add({
      id: `measure ${id}`,
      column: 2,
      title: plain(measure.name),
      below: plain(below),
      link: `#komponent-${measure.name}`,
    });
    addSource(measure.source);
    link(measure.source, `measure ${id}`);
    link(`measure ${id}`, `kpi ${kpi}`);
  }
  add({
    id: `kpi ${kpi}`,
    column: 3,
    title: owner?.label ?? plain(kpi),
    below: plain(owner?.unit.text ?? ''),
    link: null,
  });
  for (const cube of Object.values(model.cubes).filter((each) => each.kpis.includes(kpi))) {
    add({ id: `cube ${cube.id}`, column: 4, title: plain(cube.id), below: cube.label, link: null });
    link(`kpi ${kpi}`, `cube ${cube.id}`);
  }
  const hasRows = [...nodes.values()].some(({ column }) => column === 1);
  return {
    columns: [words.source, ...(hasRows ? [words.rows] : []), words.measure, words.kpi, words.cube],
    nodes: [...nodes.values()].map((node) => ({
      ...node,
      column: hasRows || node.column === 0 ? node.column : node.column - 1,
    })),
    edges,
  };
}

/** Ids and units are the same in every language. */
const plain = (text: string): Label => ({ da: text, en: text });

/** Relations that a source is made of; a delivered one is made of none. */
function madeOf(source: object): readonly string[] {
  if (!('derivation' in source)) return [];
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'from' || key === 'rows') && typeof inner === 'string' && inner.includes('.'))
          found.add(inner);
        else visit(inner);
      }
    }
  };
  visit(source.derivation);
  return [...found];
}
