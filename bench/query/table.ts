import type { ChartFamily, ChartSeries } from './chart.ts';

const shown = (value: number | undefined): string =>
  value === undefined ? '–' : String(Number(value.toPrecision(2)));

/** Medians in milliseconds as Markdown: a line for each who takes part, a column for each family. */
export function tableOf(families: readonly ChartFamily[], series: readonly ChartSeries[]): string {
  const head = ['p50, ms', ...families.map(({ name }) => name.split('_')[0] ?? name)];
  const lines = series.map(({ title, isOurs, milliseconds }) => {
    const name = isOurs ? `**${title}**` : title;
    return [name, ...families.map((family) => shown(milliseconds[family.name]))];
  });
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** A text with what lies between two marks replaced; the marks stay. */
export function replaceBetween(text: string, mark: string, inner: string): string {
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there is no place for ${mark}`);
  return `${text.slice(0, from + begin.length)}\n\n${inner}\n\n${text.slice(to)}`;
}
