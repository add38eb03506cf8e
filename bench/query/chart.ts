/** Median milliseconds of one who takes part, by family; left out where it could not. */
export interface ChartSeries {
  readonly name: string;
  readonly title: string;
  readonly isOurs: boolean;
  readonly isCache: boolean;
  readonly milliseconds: Readonly<Record<string, number>>;
}

export interface ChartFamily {
  readonly name: string;
  readonly title: string;
}

const width = 960;
const left = 300;
const right = 24;
const top = 54;
const rowHeight = 30;
const legendColumns = 3;

/** Told apart without red against green too. */
const colours = [
  '#0072b2',
  '#e69f00',
  '#56b4e9',
  '#cc79a7',
  '#009e73',
  '#8c6d31',
  '#7f7f7f',
  '#5e4fa2',
  '#a6761d',
];
const ours = '#d55e00';

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character);

const shown = (value: number): string => String(Number(value.toPrecision(2)));

/** A row for each family, a mark for each median on a scale of powers of ten; an empty mark is a cache. */
export function drawChart(
  title: string,
  families: readonly ChartFamily[],
  series: readonly ChartSeries[],
): string {
  const values = series
    .flatMap(({ milliseconds }) => Object.values(milliseconds))
    .filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const across = (value: number): number =>
    Math.round(
      (left + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (width - left - right)) * 10,
    ) / 10;
  const bottom = top + families.length * rowHeight;
  const legendTop = bottom + 44;
  const height = legendTop + Math.ceil(series.length / legendColumns) * 20 + 8;
  const powers = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const grid = powers.map(
    (power) =>
      `<line x1="${across(power)}" x2="${across(power)}" y1="${top - 6}" y2="${bottom}" stroke="#d8d8d8"/>` +
      `<text x="${across(power)}" y="${bottom + 18}" text-anchor="middle">${shown(power)} ms</text>`,
  );
  const colourOf = (each: ChartSeries): string =>
    each.isOurs
      ? ours
      : (colours[series.filter(({ isOurs }) => !isOurs).indexOf(each) % colours.length] ?? ours);
  const mark = (each: ChartSeries, x: number, y: number, hint: string): string => {
    const fill = each.isCache ? '#ffffff' : colourOf(each);
    const paint = `fill="${fill}" stroke="${colourOf(each)}" stroke-width="${each.isOurs ? 2 : 1.5}"`;
    const shape = each.isOurs
      ? `<rect x="${x - 6}" y="${y - 6}" width="12" height="12" transform="rotate(45 ${x} ${y})" ${paint}>`
      : `<circle cx="${x}" cy="${y}" r="4.5" ${paint}>`;
    return `${shape}<title>${escaped(hint)}</title>${each.isOurs ? '</rect>' : '</circle>'}`;
  };
  // Ours last, so that it lies on top.
  const drawn = [...series].sort((a, b) => Number(a.isOurs) - Number(b.isOurs));
  const lines = families.map((family, row) => {
    const y = top + row * rowHeight + rowHeight / 2;
    const marks = drawn.flatMap((each) => {
      const value = each.milliseconds[family.name];
      return value === undefined ? [] : mark(each, across(value), y, `${each.title}: ${shown(value)} ms`);
    });
    return (
      `<text x="${left - 14}" y="${y + 4}" text-anchor="end">${escaped(family.title)}</text>` +
      `<line x1="${left}" x2="${width - right}" y1="${y}" y2="${y}" stroke="#eeeeee"/>${marks.join('')}`
    );
  });
  const legend = series.map((each, index) => {
    const x = 20 + (index % legendColumns) * ((width - 40) / legendColumns);
    const y = legendTop + Math.floor(index / legendColumns) * 20;
    return `${mark(each, x, y, each.title)}<text x="${x + 14}" y="${y + 4}">${escaped(each.title)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#222222">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="20" y="24" font-size="15" font-weight="bold">${escaped(title)}</text>
<text x="20" y="42" fill="#666666">Median of warm questions with random parameters; to the left is faster, each line is ten times. Empty marks hold the answer ready.</text>
${[...grid, ...lines, ...legend].join('\n')}
</svg>
`;
}
