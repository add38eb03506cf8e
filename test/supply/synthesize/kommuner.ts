import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SyntheticKommune } from '../../../src/supply/synthesize/place.ts';

interface Member {
  readonly code: string;
  readonly label: { readonly da: string };
  readonly expected?: boolean;
  readonly valid_to?: string;
}

/** The 98 that deliveries are expected from, of the project's own classification. */
export function kommuner(): SyntheticKommune[] {
  const text = readFileSync(new URL('../../../data/classifications/kommune.yaml', import.meta.url), 'utf8');
  const { members } = parse(text) as { readonly members: readonly Member[] };
  return members
    .filter((member) => member.expected !== false && member.valid_to === undefined)
    .map((member) => ({ code: member.code, name: member.label.da }));
}
