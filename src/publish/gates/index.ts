import { together } from '../../catalog/together.ts';
import type { GateName, GateResult } from '../../catalog/types.ts';
import { coverage } from './coverage.ts';
import { crossSource } from './crossSource.ts';
import { deliveries } from './deliveries.ts';
import type { Gate, GateContext } from './gate.ts';
import { independence } from './independence.ts';
import { parts } from './parts.ts';
import { reconciliation } from './reconciliation.ts';
import { revision } from './revision.ts';
import { rollups } from './rollups.ts';

export type { GateContext, Version } from './gate.ts';

/** From what came, over what it says, to whether the program can be trusted with it. */
const gates: Readonly<Record<GateName, Gate>> = {
  deliveries,
  coverage,
  reconciliation,
  cross_source: crossSource,
  revision,
  parts,
  rollups,
  independence,
};

/** Asks every gate; results stand in the order of the table. What one waits for, another one computes meanwhile. */
export async function runGates(context: GateContext): Promise<readonly GateResult[]> {
  return (await together(Object.values(gates).map((gate) => gate(context)))).flat();
}
