import { describe, expect, it } from 'vitest';
import { requestTexts, spanOfAll, spanOfItem } from '../../src/query/place.ts';

describe('places of a request', () => {
  const request = {
    cube: 'arbejde',
    kpis: ['ledige', 'folketal'],
    by: ['region', 'maaned'],
    period: '2026',
    top: 3,
  };

  it('point into the texts of its options', () => {
    const texts = requestTexts(request);
    const cut = (span: { file: string; start: number; end: number }) =>
      texts.get(span.file)?.slice(span.start, span.end);
    expect(request.kpis.map((_, at) => cut(spanOfItem('--kpi', request.kpis, at)))).toEqual(request.kpis);
    expect(request.by.map((_, at) => cut(spanOfItem('--by', request.by, at)))).toEqual(request.by);
    expect(cut(spanOfAll('--period', '2026'))).toBe('2026');
    expect(cut(spanOfAll('--top', '3'))).toBe('3');
  });

  it('are of those options only that were given', () => {
    expect([...requestTexts(request).keys()]).toEqual(['CUBE', '--kpi', '--by', '--period', '--top']);
  });
});
