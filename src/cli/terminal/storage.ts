import type { Collection, FsckReport } from '../wanted.ts';
import { printTexts } from './text.ts';

const right = (header: string) => ({ header, align: 'right' }) as const;

/** A line for each store; what is damaged stands in the messages beside it. */
export function printFsck({ stores, repaired }: FsckReport, width: number): string {
  const count = (store: FsckReport['stores'][number], kind: string) =>
    String(store.leftovers.filter((each) => each.kind === kind).length);
  const columns = [
    { header: 'store' },
    right('objects'),
    right('MB'),
    right('damaged'),
    right('missing'),
    right('unneeded'),
    right('put aside'),
    right('of killed runs'),
    right('strangers'),
  ];
  const rows = stores.map((store) => [
    store.store,
    String(store.objects),
    (store.bytes / 1e6).toFixed(1),
    String(store.damaged.length),
    String(store.missing.length),
    count(store, 'unneeded'),
    count(store, 'put_aside'),
    String(Number(count(store, 'temporary')) + Number(count(store, 'lease'))),
    count(store, 'stranger'),
  ]);
  const done = repaired.map((line) => `repaired: ${line}\n`);
  return [printTexts(columns, rows, width), ...(done.length === 0 ? [] : ['\n', ...done])].join('');
}

export function printCollections(collections: readonly Collection[], dryRun: boolean, width: number): string {
  const columns = [
    { header: 'store' },
    right(dryRun ? 'would be removed' : 'removed'),
    right('needed'),
    right('held by a lease'),
    right('too young'),
  ];
  const rows = collections.map(({ store, removed, kept, outcome }) =>
    outcome === 'busy'
      ? [store, 'busy', '', '', '']
      : [store, String(removed.length), String(kept.reached), String(kept.leased), String(kept.young)],
  );
  return printTexts(columns, rows, width);
}
