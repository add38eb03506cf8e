import type { Table } from '../../catalog/types.ts';
import type { ChangedKeys, ListedKey } from '../wanted.ts';
import { printTexts } from './text.ts';

export function printKeys(keys: readonly ListedKey[], width: number): string {
  if (keys.length === 0) return 'There are no keys yet: the first `flis publish` makes one.\n';
  const rows = keys.map((key) => [
    key.name,
    key.keyid.slice(0, 16),
    key.from.slice(0, 10),
    key.to?.slice(0, 10) ?? '',
    key.signs ? `${key.state}, signs` : key.state,
    key.here ? 'here' : '',
    key.reason ?? vouchedText(key),
  ]);
  const columns = ['key', 'id', 'from', 'to', 'state', 'private half', 'note'];
  return printTexts(
    columns.map((header) => ({ header })),
    rows,
    width,
  );
}

/** `vouches for befolkning 12, regnskab 3`: the last edition of each cube. */
function vouchedText({ vouches }: ListedKey): string {
  const last = Object.entries(vouches)
    .filter(([series]) => series.endsWith('/editions'))
    .map(([series, number]) => `${series.slice(0, -'/editions'.length)} ${number}`);
  return last.length === 0 ? '' : `vouches for ${last.join(', ')}`;
}

export function keyTable(keys: readonly ListedKey[]): Table {
  const text = (name: string, value: (key: ListedKey) => string | null) =>
    ({ name, type: 'text', values: keys.map(value) }) as const;
  return {
    rows: keys.length,
    columns: [
      text('key', ({ name }) => name),
      text('keyid', ({ keyid }) => keyid),
      text('from', ({ from }) => from),
      text('to', ({ to }) => to),
      text('state', ({ state }) => state),
      text('reason', ({ reason }) => reason),
      text('here', ({ here }) => String(here)),
      text('signs', ({ signs }) => String(signs)),
      text('vouches', ({ vouches }) =>
        Object.entries(vouches)
          .map(([series, number]) => `${series}:${number}`)
          .join(' '),
      ),
    ],
  };
}

/** What became of the keys, and what is left to do for whoever changed them. */
export function saidOfKeys({ made, ended, revoked, folder, renewed }: ChangedKeys): string {
  return [
    ...(made === null ? [] : [`made ${made} (${folder}/${made}.pem); it signs from now on\n`]),
    ...ended.filter((name) => name !== revoked).map((name) => `${name} signs no more\n`),
    ...(revoked === null ? [] : [`revoked ${revoked}\n`]),
    ...(renewed.length === 0 ? [] : [`said anew what is the newest of ${renewed.join(', ')}\n`]),
    'trust.json has changed: give it to everybody who reads',
    made === null ? '\n' : `, and keep a copy of the new key\n`,
  ].join('');
}
