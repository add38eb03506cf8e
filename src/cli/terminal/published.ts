import type { PublishedCube, PublishReport } from '../wanted.ts';
import { printReceipts } from './receipts.ts';
import { printReconciliations } from './reconciliations.ts';
import { printTexts } from './text.ts';

/**
 * What a run took in and published, and where our figures differ from those they should agree with. Of a
 * cube that got several editions the newest one's differences say it.
 */
export function printPublished(report: PublishReport, width: number): string {
  const rows = report.cubes.flatMap((cube) => cubeRows(cube, report.dryRun));
  const newest = report.cubes.flatMap(({ editions }) => editions.slice(-1));
  return [
    printReceipts(report.receipts),
    ...newKeyLines(report),
    '\n',
    printTexts([{ header: 'cube' }, { header: 'outcome' }, { header: 'edition' }], rows, width),
    ...newest.map((edition) => printReconciliations(edition, width)),
    ...(report.dryRun ? ['\nA dry run: nothing was published.\n'] : []),
  ].join('');
}

function newKeyLines({ newKey }: PublishReport): readonly string[] {
  if (newKey === null) return [];
  return [
    `\nMade the key ${newKey.name} in ${newKey.folder}, as there was none: editions are signed with it. Keep a copy of it; readers need trust.json.\n`,
  ];
}

function cubeRows(cube: PublishedCube, dryRun: boolean): readonly (readonly string[])[] {
  switch (cube.outcome) {
    case 'published':
      return cube.editions.map(({ id, synthetic }) => [
        cube.cube,
        dryRun ? 'would be published' : 'published',
        synthetic ? `${id} SYNTHETIC` : id,
      ]);
    case 'unchanged':
      return [[cube.cube, 'unchanged', cube.current ?? '']];
    case 'waiting':
      return [[cube.cube, `waits for ${cube.waitingFor.join(', ')}`, cube.current ?? '']];
  }
}
