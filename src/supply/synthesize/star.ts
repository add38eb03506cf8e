import { activation } from './activation.ts';
import { cashAssistance } from './cashAssistance.ts';
import type { Dataset } from './dataset.ts';
import { longterm } from './longterm.ts';
import { offers } from './offers.ts';
import { ordinaryHours } from './ordinaryHours.ts';
import { type Place, placesOf, type SyntheticKommune } from './place.ts';
import { type Draw, drawWith } from './random.ts';
import { type Release, releaseOf } from './release.ts';
import { rowsText } from './rows.ts';
import { unemployment } from './unemployment.ts';
import { visitation } from './visitation.ts';

export interface SynthesizeOptions {
  /** From 1; the first is of 2026M06. */
  readonly releases: number;
  /** 1 if left out. The same seed and kommuner give the same bytes. */
  readonly seed?: number;
  readonly kommuner: readonly SyntheticKommune[];
}

export interface SyntheticDelivery {
  readonly fileName: string;
  readonly text: string;
  /** Text of the sidecar `<fileName>.receipt.yaml`. */
  readonly receipt: string;
}

const datasets: readonly Dataset[] = [
  activation,
  cashAssistance,
  ...visitation,
  longterm,
  ...offers,
  ordinaryHours,
  unemployment,
];

/**
 * Made-up deliveries of the shape of STAR's Jobindsats, with what goes wrong in real ones: a window of 60
 * months that rolls, revisions of months already out, suppressed cells, absent rows, rows without a
 * kommune code, a national row that is not the sum, persons counted twice, datasets that come later.
 * No figure comes from a real one.
 */
export function synthesizeStar(options: SynthesizeOptions): readonly SyntheticDelivery[] {
  const draw = drawWith(options.seed ?? 1);
  const places = placesOf(options.kommuner, draw);
  return Array.from({ length: options.releases }, (_, index) => delivery(releaseOf(index + 1), places, draw));
}

function delivery(release: Release, places: readonly Place[], draw: Draw): SyntheticDelivery {
  return {
    fileName: `star_jobindsats_syntetisk_release${release.number}.csv`,
    text: `kommune_kode;kommune_navn;datasaet;maaletal;periode;vaerdi\n${rowsText(datasets, release, places, draw)}`,
    receipt: receipt(release),
  };
}

const receipt = (release: Release): string =>
  [
    `received: "${release.received}"`,
    'sender: STAR (syntetisk)',
    'synthetic: true',
    'note: >-',
    `  Opdigtede tal i formen af STARs Jobindsats, release ${release.number}. Ingen af tallene er fra en rigtig leverance.`,
    '',
  ].join('\n');
