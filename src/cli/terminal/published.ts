import type { PublishedCube, PublishReport } from '../wanted.ts';
import { printReceipts } from './receipts.ts';
import { reconciliationLines } from './reconciliations.ts';
import { printTexts } from './text.ts';
import { paragraph } from './wrap.ts';

/** What a run took in and published, and where our figures differ from those they should agree with. */
export function printPublished(report: PublishReport, width: number): string {
  const differing = report.cubes.flatMap(({ editions }) => editions.flatMap(reconciliationLines));
  const rows = report.cubes.flatMap((cube) => cubeRows(cube, report.dryRun));
  return [
    printReceipts(report.receipts, width),
    '\n',
    printTexts([{ header: 'cube' }, { header: 'outcome' }, { header: 'edition' }], rows, width),
    ...(differing.length === 0
      ? []
      : ['\n', ...differing.flatMap((line) => paragraph(line, width)).map((line) => `${line}\n`)]),
    ...(report.dryRun ? ['\nA dry run: nothing was published.\n'] : []),
  ].join('');
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
