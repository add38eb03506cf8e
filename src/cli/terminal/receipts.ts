import type { Receipt } from '../../catalog/types.ts';
import { paragraph } from './wrap.ts';

const verdicts = { accepted: 'accepted', refused: 'REFUSED', nothing_new: 'nothing new' } as const;

/** What came, what became of it, and what was said about it. */
export function printReceipts(receipts: readonly Receipt[], width: number): string {
  if (receipts.length === 0) return 'No new deliveries.\n';
  return receipts
    .flatMap((receipt) => [head(receipt), ...receipt.messages.flatMap((message) => said(message, width))])
    .map((line) => `${line}\n`)
    .join('');
}

function head({ number, file, verdict, snapshots, synthetic }: Receipt): string {
  const gave = snapshots.map((snapshot) => `${snapshot.source} #${snapshot.number}`).join(', ');
  return [
    `delivery ${number}: ${file}`,
    synthetic ? 'SYNTHETIC' : '',
    gave === '' ? verdicts[verdict] : `${verdicts[verdict]} as ${gave}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function said({ code, severity, text }: Receipt['messages'][number], width: number): readonly string[] {
  return paragraph(`${severity}[${code}] ${text}`, width - 4).map((line) => `    ${line}`);
}
