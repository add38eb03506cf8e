import type { VerifiedEdition } from '../wanted.ts';
import { printTexts } from './text.ts';

const chains: Readonly<Record<VerifiedEdition['chain'], string>> = {
  holds: 'holds',
  broken: 'BROKEN',
  unknown: 'unknown',
};

export function printVerified(editions: readonly VerifiedEdition[], width: number): string {
  if (editions.length === 0) return 'Nothing is published yet.\n';
  const rebuilt = editions.some((edition) => edition.rebuilt !== 'not_run');
  const rows = editions.map((edition) => [
    edition.edition,
    edition.cube,
    String(edition.objects),
    edition.problems.length === 0 ? 'sound' : 'DAMAGED',
    edition.signedBy ?? 'NOBODY',
    chains[edition.chain],
    edition.rebuilt === 'not_run'
      ? ''
      : edition.rebuilt === 'same'
        ? 'gives the same again'
        : 'GIVES OTHER FIGURES',
  ]);
  const columns = [
    { header: 'edition' },
    { header: 'cube' },
    { header: 'objects', align: 'right' },
    { header: 'hashes' },
    { header: 'signed by' },
    { header: 'chain' },
    ...(rebuilt ? [{ header: 'rebuilt' } as const] : []),
  ] as const;
  const problems = editions.flatMap((edition) =>
    edition.problems.map((problem) => `${edition.edition}: ${problem}\n`),
  );
  return [printTexts(columns, rows, width), ...(problems.length === 0 ? [] : ['\n', ...problems])].join('');
}
