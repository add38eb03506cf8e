import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publish, synthesize } from '../../src/pipeline.ts';
import { openPublished, type Published, soundValue } from '../support/published.ts';
import { bundledWorkspace, outsideOf } from '../support/workspace.ts';

/** The workspace whose answers are held against its deliveries. */
export interface OracleWorkspace {
  readonly published: Published;
  readonly deliveries: string;
  /** Files of STAR's releases, in order. */
  readonly releases: readonly string[];
  readonly synthetic: boolean;
  readonly leave: () => Promise<void>;
}

const given = process.env.ORACLE_WORKSPACE;

/** Whether there are the files that only developers' desks have. */
export const hasDeskFiles =
  given !== undefined &&
  existsSync(join(given, 'data', 'deliveries', 'FOLK1A_civilstand_alle_omraader_2020K1.csv'));

/**
 * The one that somebody has published already, if `ORACLE_WORKSPACE` names it; else what the project
 * brings, with three made-up releases of STAR.
 */
export async function oracleWorkspace(): Promise<OracleWorkspace> {
  const root = given ?? (await publishedWithStar());
  const deliveries = join(root, 'data', 'deliveries');
  const published = await openPublished(root);
  return {
    published,
    deliveries,
    releases: readdirSync(deliveries)
      .filter((file) => /^star_jobindsats_.*\.csv$/.test(file))
      .sort(),
    synthetic: given === undefined,
    leave: async () => {
      await published.close();
      if (given === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

async function publishedWithStar(): Promise<string> {
  const root = bundledWorkspace({ keep: true });
  const outside = outsideOf(root);
  soundValue(
    await synthesize(outside, { like: 'star', releases: 3, to: join(root, 'data', 'deliveries'), seed: 1 }),
  );
  soundValue(await publish(outside, { cubes: [], period: null, dryRun: false }));
  return root;
}
