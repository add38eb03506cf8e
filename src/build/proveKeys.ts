import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import type { RowsPlan } from '../plan/plan.ts';
import { lookupsOf, lowerKeyProof } from '../sql/lowerKeyProof.ts';
import type { Places } from '../sql/places.ts';

/**
 * Every relation that rows of some periods are looked up in, asked whether its key is one: a second row with the same key would
 * make two rows of one, and nobody would see it in the figures.
 */
export async function proveKeys(
  plan: RowsPlan,
  periods: readonly string[],
  places: Places,
  engine: Engine,
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const lookup of lookupsOf(plan, periods)) {
    const result = await engine.query(lowerKeyProof(lookup, places));
    const twice = Number(result.getChild('keys')?.get(0) ?? 0n);
    if (twice === 0) continue;
    const { rows, keys } = lookup;
    const message = `"${plan.source}" looks rows up in "${rows.source}" by ${keys.join(', ')}, and ${twice} ${twice === 1 ? 'value of that key has' : 'values of that key have'} several rows there.`;
    const hint =
      'group the rows to one for each key first, add a column to "on", or write "every: true" to count each of them';
    found.push(diagnostic('key-not-unique', message, { hint }));
  }
  return found;
}
