import { type Graph, type GraphKind, type GraphNode, kindsInOrder } from './graph.ts';
import { type Box, layered, type PlacedBox, type PlacedEdge } from './layout.ts';

const margin = 24;
const titleHeight = 40;
const padding = 10;
const lineHeight = 16;
/** A character of the font at its size, on the wide side, since nobody knows which font a reader has. */
const characterWidth = 7.4;
const mostCharacters = 46;

/** Fill and border by kind: light, and told apart without colours by the column that they stand in. */
const colours: Readonly<Record<GraphKind, readonly [string, string]>> = {
  figure: ['#0b3d5c', '#0b3d5c'],
  formula: ['#e8f1f8', '#5b8db3'],
  measure: ['#d9ead7', '#5f9156'],
  conditions: ['#fdf3dc', '#c39a3b'],
  relation: ['#fbe7dd', '#c2774c'],
  source: ['#ece6f4', '#8266a8'],
  delivery: ['#f0f0f0', '#888888'],
};

/** A lineage graph as one SVG file that needs nothing beside it. */
export function printSvg(graph: Graph): string {
  const layers = layersOf(graph);
  const boxes = graph.nodes.map(
    (node): Box => ({ id: node.id, layer: layers.get(node.id) ?? 0, ...sizeOf(node) }),
  );
  const layout = layered(boxes, graph.edges);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const width = Math.ceil(layout.width + 2 * margin);
  const height = Math.ceil(layout.height + 2 * margin + titleHeight);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title" font-family="system-ui, 'DejaVu Sans', Arial, sans-serif" font-size="12">
<title id="title">${escaped(graph.title)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${margin}" y="${margin + 12}" font-size="15" font-weight="600" fill="#222222">${escaped(graph.title)}</text>
<g transform="translate(${margin} ${margin + titleHeight - 12})">
${layout.edges.map(edgeText).join('\n')}
${layout.boxes.map((box) => boxText(box, nodes.get(box.id))).join('\n')}
</g>
</svg>
`;
}

/** Kinds in columns; formulas in as many as they are deep, relations made of relations too. */
function layersOf({ nodes, edges }: Graph): ReadonlyMap<string, number> {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const depths = new Map<string, number>();
  const parents = new Map<string, string[]>();
  for (const { from, to } of edges) parents.set(to, [...(parents.get(to) ?? []), from]);
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const own = (parents.get(id) ?? []).filter((parent) => kinds.get(parent) === kinds.get(id));
    const depth = own.length === 0 ? 0 : 1 + Math.max(...own.map(depthOf));
    depths.set(id, depth);
    return depth;
  };
  const layers = new Map<string, number>();
  let next = 0;
  for (const kind of kindsInOrder) {
    const own = nodes.filter((node) => node.kind === kind);
    if (own.length === 0) continue;
    for (const { id } of own) layers.set(id, next + depthOf(id));
    next = 1 + Math.max(...own.map(({ id }) => layers.get(id) ?? next));
  }
  return layers;
}

function sizeOf({ title, lines }: GraphNode): { readonly width: number; readonly height: number } {
  const longest = Math.max(title.length * 1.08, ...lines.map((line) => line.length));
  return {
    width: Math.max(72, Math.ceil(Math.min(longest, mostCharacters * 1.08) * characterWidth) + 2 * padding),
    height: (1 + lines.length) * lineHeight + 2 * padding - 4,
  };
}

/** Bends where it leaves a column and where it enters one, straight beside the boxes that it passes. */
function edgeText({ points }: PlacedEdge): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${number(first.x)} ${number(first.y)}`;
  let last = first;
  for (const [at, point] of rest.entries()) {
    const half = (point.x - last.x) / 2;
    path +=
      at % 2 === 0
        ? `C${number(last.x + half)} ${number(last.y)} ${number(point.x - half)} ${number(point.y)} ${number(point.x)} ${number(point.y)}`
        : `L${number(point.x)} ${number(point.y)}`;
    last = point;
  }
  return `<path d="${path}" fill="none" stroke="#9aa5ae" stroke-width="1.3"/>`;
}

function boxText({ x, y, width, height }: PlacedBox, node: GraphNode | undefined): string {
  if (!node) return '';
  const [fill, border] = colours[node.kind];
  const ink = node.kind === 'figure' ? '#ffffff' : '#222222';
  const text = (line: string, at: number, weight: string) =>
    `<text x="${number(x + padding)}" y="${number(y + padding + 9 + at * lineHeight)}"${weight} fill="${ink}">${escaped(cut(line))}</text>`;
  const hint = [node.title, ...node.lines, node.hint].filter((each) => each !== '').join('\n');
  return [
    '<g>',
    `<title>${escaped(hint)}</title>`,
    `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="5" fill="${fill}" stroke="${border}"/>`,
    text(node.title, 0, ' font-weight="600"'),
    ...node.lines.map((line, at) => text(line, at + 1, '')),
    '</g>',
  ].join('\n');
}

const cut = (line: string): string =>
  line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;

const number = (value: number): string => String(Math.round(value * 10) / 10);

/** What XML 1.0 has no character for is left out. */
function escaped(text: string): string {
  return [...text]
    .filter((each) => each >= ' ' || each === '\n' || each === '\t')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
