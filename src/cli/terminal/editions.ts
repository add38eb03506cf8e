import { isLate } from '../../publish/release.ts';
import type { ListedEdition } from '../wanted.ts';
import { printTexts } from './text.ts';
import { paragraph } from './wrap.ts';

/** Below the table, as reasons are sentences. */
function takenBack(editions: readonly ListedEdition[], width: number): readonly string[] {
  return editions.flatMap(({ id, retraction }) => {
    if (retraction === null) return [];
    const { at, by, reason } = retraction;
    const text = `${id} was taken back on ${at.slice(0, 10)} by ${by}: ${reason}`;
    return paragraph(text, width).map((line) => `${line}\n`);
  });
}

function released(editions: readonly ListedEdition[], width: number): readonly string[] {
  return editions.flatMap((edition) => {
    const { id, release } = edition;
    const until = release?.embargoUntil ?? null;
    const said = [
      ...(until === null ? [] : [`${id} is held back until ${shown(until)} UTC`]),
      ...(isLate(edition) ? [`${id} was late: it was due ${shown(release?.due ?? '')} UTC`] : []),
    ];
    return said.flatMap((text) => paragraph(text, width).map((line) => `${line}\n`));
  });
}

const shown = (time: string): string => time.slice(0, 16).replace('T', ' ');

function approved(editions: readonly ListedEdition[], width: number): readonly string[] {
  return editions.flatMap(({ id, approvals = [] }) =>
    approvals.flatMap(({ gate, by, reason, at }) => {
      const text = `${id} was stopped by ${gate} and approved on ${at.slice(0, 10)} by ${by}: ${reason}`;
      return paragraph(text, width).map((line) => `${line}\n`);
    }),
  );
}

export function printEditions(editions: readonly ListedEdition[], width: number): string {
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
  const back = [...takenBack(editions, width), ...approved(editions, width), ...released(editions, width)];
  return [printTexts(columns, rows, width), ...(back.length === 0 ? [] : ['\n', ...back])].join('');
}
