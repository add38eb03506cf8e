import type { EditionManifest } from '../../catalog/types.ts';
import { isLate } from '../../publish/release.ts';
import type { PublishedCube, PublishReport } from '../wanted.ts';
import { printApprovals, printGates } from './gates.ts';
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
    ...report.cubes.map((cube) => gatesOf(cube, width)),
    ...(report.dryRun ? ['\nA dry run: nothing was published.\n'] : []),
  ].join('');
}

function newKeyLines({ newKey }: PublishReport): readonly string[] {
  if (newKey === null) return [];
  return [
    `\nMade the key ${newKey.name} in ${newKey.folder}, as there was none: editions are signed with it. Keep a copy of it; readers need trust.json.\n`,
  ];
}

/** Of the newest version that a run made; that it was approved stands beside it. */
function gatesOf({ cube, outcome, editions, blocked }: PublishedCube, width: number): string {
  const stopped = blocked.at(-1);
  if (outcome === 'blocked' && stopped) return printGates(`${cube} ${stopped.period}`, stopped.gates, width);
  const edition = editions.at(-1);
  if (!edition) return '';
  return [
    printGates(`${cube} ${edition.id}`, edition.gates ?? [], width),
    printApprovals(edition, width),
    ...releaseLines(edition),
  ].join('');
}

function releaseLines(edition: EditionManifest): readonly string[] {
  const { release } = edition;
  const shown = (time: string) => `${time.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    ...(release?.embargoUntil ? [`  Readers get it from ${shown(release.embargoUntil)}.\n`] : []),
    ...(isLate(edition) && release?.due ? [`  It is late: it was due ${shown(release.due)}.\n`] : []),
  ];
}

function cubeRows(cube: PublishedCube, dryRun: boolean): readonly (readonly string[])[] {
  const published = cube.editions.map(({ id, synthetic }) => [
    cube.cube,
    dryRun ? 'would be published' : 'published',
    synthetic ? `${id} SYNTHETIC` : id,
  ]);
  switch (cube.outcome) {
    case 'published':
      // What was stopped on the way was never an edition, and what came after it holds its deliveries.
      return [
        ...cube.blocked.map(({ period, blocked }) => [
          cube.cube,
          `blocked on the way by ${blocked.map(({ id }) => id).join(', ')}`,
          period,
        ]),
        ...published,
      ];
    case 'unchanged':
      return [[cube.cube, 'unchanged', cube.current ?? '']];
    case 'blocked':
      return [...published, [cube.cube, `blocked by ${stoppedBy(cube)}`, cube.current ?? '']];
    case 'waiting':
      return [[cube.cube, `waits for ${cube.waitingFor.join(', ')}`, cube.current ?? '']];
  }
}

const stoppedBy = ({ blocked }: PublishedCube): string =>
  (blocked.at(-1)?.blocked ?? []).map(({ id }) => id).join(', ');
