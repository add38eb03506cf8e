import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endOfTime, type Member } from '../../model/types.ts';
import { synthesizeStar } from './star.ts';

/** A made-up delivery on disk. */
export interface SynthesizedFile {
  readonly file: string;
  readonly received: string;
  readonly rows: number;
}

/** Writes made-up STAR releases with a receipt beside each, for the kommuner that a delivery is expected to hold. */
export async function writeStarDeliveries(
  options: { readonly releases: number; readonly to: string; readonly seed: number },
  members: readonly Member[],
): Promise<readonly SynthesizedFile[]> {
  const kommuner = members
    .filter(({ expected, validTo }) => expected && validTo === endOfTime)
    .map(({ code, label }) => ({ code, name: label.da }));
  await mkdir(options.to, { recursive: true });
  const written: SynthesizedFile[] = [];
  for (const { fileName, text, receipt } of synthesizeStar({
    releases: options.releases,
    seed: options.seed,
    kommuner,
  })) {
    const file = join(options.to, fileName);
    await writeFile(file, text);
    await writeFile(`${file}.receipt.yaml`, receipt);
    written.push({
      file,
      received: /received: "([^"]+)"/.exec(receipt)?.[1] ?? '',
      rows: text.trimEnd().split('\n').length - 1,
    });
  }
  return written;
}
