import type { GateResult, Receipt, Snapshot } from '../../catalog/types.ts';
import { counted, type Gate, type GateContext, listed, said } from './gate.ts';

/** What the checks said of deliveries that are new since the edition before, and which were refused whole. */
export const deliveries: Gate = async (context) => {
  const action = context.wanted.gates?.deliveries?.action ?? 'warn';
  if (action === 'off') return [];
  const looked = context.wanted.sources.map((source) => lookAt(context, source));
  const bad = looked.filter(({ faults }) => faults.length > 0);
  const sound = looked.filter(({ faults, checks }) => faults.length === 0 && checks > 0);
  const checks = sound.reduce((sum, each) => sum + each.checks, 0);
  const rest: GateResult[] =
    sound.length === 0 && bad.length > 0
      ? []
      : [
          said({
            gate: 'deliveries',
            action,
            text:
              checks === 0
                ? 'Nothing has been delivered since the edition before.'
                : `${counted(checks, 'check')} of ${listed(sound.map(({ source }) => source))} passed.`,
            compared: checks,
          }),
        ];
  return [
    ...bad.map(({ source, faults, checks: compared }) =>
      said({
        gate: 'deliveries',
        action,
        about: source,
        source,
        text: `${source}: ${listed(faults, 3)}`,
        compared: compared + faults.length,
        failed: faults.length,
      }),
    ),
    ...rest,
  ];
};

interface Looked {
  readonly source: string;
  readonly faults: readonly string[];
  /** Checks that passed. */
  readonly checks: number;
}

function lookAt({ draft, before, snapshots, receipts }: GateContext, source: string): Looked {
  const used = (inputs: typeof draft.manifest.inputs) =>
    inputs.find((input) => input.source === source)?.snapshots ?? [];
  const known = used(before?.manifest.inputs ?? []);
  const fresh = used(draft.manifest.inputs).filter(
    ({ number }) => !known.some((each) => each.number === number),
  );
  const taken = fresh.flatMap(
    ({ number }) => snapshots.get(source)?.filter((snapshot) => snapshot.number === number) ?? [],
  );
  const since = Math.max(0, ...known.map(({ receipt }) => receipt));
  const refused = receipts.filter(
    (receipt) => receipt.number > since && isRefused(receipt, source) && !isMended(receipt, taken),
  );
  const checks = taken.flatMap((snapshot) => snapshot.checks);
  return {
    source,
    faults: [
      ...refused.map(({ number, file }) => `delivery ${number} (${file}) was refused.`),
      ...taken.flatMap(rowsRefused),
      ...checks.flatMap(({ outcome, text }) => (outcome === 'warned' ? [text] : [])),
    ],
    checks: checks.filter(({ outcome }) => outcome === 'passed').length,
  };
}

const isRefused = (receipt: Receipt, source: string): boolean =>
  receipt.sources.some((each) => each.source === source && each.verdict === 'refused');

/** What was refused and has been sent again is in order. */
const isMended = (receipt: Receipt, taken: readonly Snapshot[]): boolean =>
  taken.some((snapshot) => snapshot.receipt > receipt.number);

const rowsRefused = ({ refused, receipt, rows }: Snapshot): string[] =>
  refused > 0 ? [`${refused} of ${refused + rows} rows of delivery ${receipt} were refused.`] : [];
