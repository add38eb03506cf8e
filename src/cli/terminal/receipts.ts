import type { Receipt, ReceivedSource } from '../../catalog/types.ts';

const verdicts = { accepted: 'accepted', refused: 'REFUSED', nothing_new: 'nothing new' } as const;

/** What came, and what became of it for each source. What was said about it is a matter of diagnostics. */
export function printReceipts(receipts: readonly Receipt[]): string {
  if (receipts.length === 0) return 'No new deliveries.\n';
  return receipts
    .flatMap((receipt) => [
      head(receipt),
      ...receipt.sources.map((source) => `    ${sourceText(receipt, source)}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function head({ number, file, verdict, synthetic }: Receipt): string {
  return [`delivery ${number}: ${file}`, ...(synthetic ? ['SYNTHETIC'] : []), verdicts[verdict]].join(' · ');
}

function sourceText({ snapshots }: Receipt, { source, verdict, rows, refused }: ReceivedSource): string {
  const numbers = snapshots.filter((snapshot) => snapshot.source === source).map(({ number }) => number);
  const became = numbers.length > 0 ? `snapshot ${numbers.join(', ')}` : verdicts[verdict];
  return [`${source}: ${became}`, `${rows} rows`, ...(refused > 0 ? [`${refused} refused`] : [])].join(', ');
}
