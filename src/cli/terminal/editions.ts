import type { EditionManifest } from '../../catalog/types.ts';
import { printTexts } from './text.ts';

export function printEditions(editions: readonly EditionManifest[], width: number): string {
  if (editions.length === 0) return 'Nothing is published yet: `flis publish` does it.\n';
  const rows = editions.map(({ id, cube, number, period, publishedAt, synthetic, inputs }) => [
    id,
    cube,
    String(number),
    period,
    publishedAt.slice(0, 16).replace('T', ' '),
    String(inputs.length),
    synthetic ? 'SYNTHETIC' : '',
  ]);
  const marked = editions.some(({ synthetic }) => synthetic);
  const columns = [
    { header: 'edition' },
    { header: 'cube' },
    { header: 'no.', align: 'right' },
    { header: 'newest' },
    { header: 'published (UTC)' },
    { header: 'sources', align: 'right' },
    ...(marked ? [{ header: 'made up' } as const] : []),
  ] as const;
  return printTexts(columns, rows, width);
}
