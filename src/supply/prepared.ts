import type { Receipt, ReceivedSource, Snapshot } from '../catalog/types.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';

/** What tells one delivery from another, and by which rules it is judged. */
export interface Arrival {
  readonly name: string;
  readonly label: string;
  readonly sha256: string;
  readonly size: number;
  /** ISO time in UTC. */
  readonly received: string;
  /** False where nobody said when it came: the same bytes under the same name are then the same delivery. */
  readonly isTimeKnown: boolean;
  readonly sender: string | null;
  readonly rules: string;
}

/** A source of a delivery, checked, with its files in the store; `commitDelivery` makes it visible. */
export interface PreparedSource {
  readonly source: Source;
  readonly received: ReceivedSource;
  /** Null where nothing is taken. */
  readonly snapshot: Omit<Snapshot, 'format' | 'number' | 'receipt' | 'received'> | null;
}

/** A delivery as far as it goes without knowing what else is in the store. */
export interface PreparedDelivery {
  readonly arrival: Arrival;
  readonly synthetic: boolean;
  readonly sources: readonly PreparedSource[];
  readonly messages: Receipt['messages'];
}

/** Receipts of this very delivery, whatever it was judged by. */
export function receiptsOf(receipts: readonly Receipt[], arrival: Arrival): readonly Receipt[] {
  return receipts.filter(
    ({ file, sha256, received }) =>
      file === arrival.name &&
      sha256 === arrival.sha256 &&
      (!arrival.isTimeKnown || received === arrival.received),
  );
}

/** A prepared source, and what is to be said of it. */
export interface PreparedPart {
  readonly prepared: PreparedSource;
  /** What was refused, without values. */
  readonly summary: readonly { readonly code: string; readonly text: string }[];
  /** What is to be said of the whole. */
  readonly notices: readonly Diagnostic[];
  /** Everything that is to be said, values too. */
  readonly said: readonly Diagnostic[];
}
