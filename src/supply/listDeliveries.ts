import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { readSidecar, type Sidecar, sidecarEnding } from './readSidecar.ts';

/** A folder of deliveries, as the outside hands it in. Paths are relative to it, with forward slashes. */
export interface DeliveryFolder {
  /** What messages call it: `data/deliveries`. */
  readonly name: string;
  readonly files: () => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** A delivery that waits; its bytes are read when its turn comes. */
export interface WaitingDelivery {
  /** Path relative to the workspace, for messages. */
  readonly file: string;
  readonly path: string;
  /** Name without folders. */
  readonly name: string;
  /** Null without a receipt. */
  readonly received: string | null;
  readonly sender: string | null;
  readonly synthetic: boolean;
}

/**
 * The deliveries of a folder in order of receipt, then name; those without a receipt last, by name. One whose
 * receipt cannot be understood is left out: taken at the wrong time it could undo a newer one. `texts` are
 * the receipts as read, for printing places.
 */
export async function listDeliveries(
  folder: DeliveryFolder,
): Promise<Checked<readonly WaitingDelivery[]> & { readonly texts: ReadonlyMap<string, string> }> {
  const paths = (await folder.files()).filter(isDelivery);
  const sidecars = new Set(paths.filter((path) => path.endsWith(sidecarEnding)));
  const files = paths.filter((path) => !sidecars.has(path));
  const diagnostics: Diagnostic[] = [];
  const texts = new Map<string, string>();
  const value: WaitingDelivery[] = [];
  for (const path of files) {
    const beside = `${path}${sidecarEnding}`;
    if (!sidecars.delete(beside)) {
      diagnostics.push(withoutReceipt(folder, path));
      value.push(waiting(folder, path, null));
      continue;
    }
    const text = new TextDecoder().decode(await folder.read(beside));
    texts.set(`${folder.name}/${beside}`, text);
    const read = readSidecar(`${folder.name}/${beside}`, text);
    diagnostics.push(...read.diagnostics);
    if (read.value !== undefined) value.push(waiting(folder, path, read.value));
  }
  for (const beside of sidecars) diagnostics.push(withoutFile(folder, beside));
  return { value: value.sort(compareDeliveries), diagnostics, texts };
}

/** Hidden files, read-me files and half-written ones are not deliveries. */
const isDelivery = (path: string): boolean =>
  path.split('/').length <= 2 && !/(^|\/)(\.|~|README)/i.test(path) && !/\.(md|tmp|part)$/i.test(path);

const waiting = (folder: DeliveryFolder, path: string, sidecar: Sidecar | null): WaitingDelivery => ({
  file: `${folder.name}/${path}`,
  path,
  name: path.split('/').at(-1) ?? path,
  received: sidecar?.received ?? null,
  sender: sidecar?.sender ?? null,
  synthetic: sidecar?.synthetic ?? false,
});

/** After every time that was written down: `~` comes after all digits. */
const timeOf = ({ received }: WaitingDelivery): string => received ?? '~';

function compareDeliveries(a: WaitingDelivery, b: WaitingDelivery): number {
  if (timeOf(a) !== timeOf(b)) return timeOf(a) < timeOf(b) ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}

const withoutReceipt = (folder: DeliveryFolder, path: string): Diagnostic =>
  diagnostic('no-receipt', 'Nobody has written down when this file came; it counts as received now.', {
    place: { file: `${folder.name}/${path}`, row: 1 },
    hint: `write ${folder.name}/${path}${sidecarEnding} with a line like: received: "2026-08-19T05:03:20Z"`,
  });

const withoutFile = (folder: DeliveryFolder, beside: string): Diagnostic =>
  diagnostic(
    'receipt-without-file',
    `There is no file ${folder.name}/${beside.slice(0, -sidecarEnding.length)}.`,
    {
      span: { file: `${folder.name}/${beside}`, start: 0, end: 0 },
      hint: 'put the delivery there, or remove its receipt',
    },
  );
