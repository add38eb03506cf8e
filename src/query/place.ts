import type { Span } from '../diagnostics/diagnostic.ts';
import type { Request } from './request.ts';

/** The texts of a request as a person wrote them, under the names of their options. */
export function requestTexts(request: Request): ReadonlyMap<string, string> {
  const texts: [string, string | undefined][] = [
    ['CUBE', request.cube],
    ['--kpi', request.kpis.join(',')],
    ['--by', request.by.join(',')],
    ['--where', request.where],
    ['--period', request.period],
    ['--hierarchy', request.hierarchy],
    ['--order', request.order],
    ['--top', request.top === undefined ? undefined : String(request.top)],
  ];
  return new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])));
}

/** Where the item of a comma list stands in its option's text. */
export function spanOfItem(option: string, items: readonly string[], position: number): Span {
  const start = items.slice(0, position).reduce((sum, item) => sum + item.length + 1, 0);
  return { file: option, start, end: start + (items[position]?.length ?? 0) };
}

export function spanOfAll(option: string, text: string): Span {
  return { file: option, start: 0, end: text.length };
}
