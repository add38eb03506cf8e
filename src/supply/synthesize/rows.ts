import type { Dataset, Figures } from './dataset.ts';
import { type Month, monthCode } from './month.ts';
import type { Place, SyntheticKommune } from './place.ts';
import type { Draw } from './random.ts';
import type { Release } from './release.ts';

/** Every name says so, so that no row can be taken for a real one, however it is cut out of its file. */
const mark = '(syntetisk)';

const smallestPublished = 3;

/** The lines of a release, sorted by kommune, datasaet, maaletal and periode. */
export function rowsText(
  datasets: readonly Dataset[],
  release: Release,
  places: readonly Place[],
  draw: Draw,
): string {
  const rows = datasets.flatMap((dataset) => datasetRows(dataset, release, places, draw));
  const sorted = rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sorted.map((row) => row.text).join('');
}

interface Row {
  readonly key: string;
  readonly text: string;
}

function datasetRows(dataset: Dataset, release: Release, places: readonly Place[], draw: Draw): Row[] {
  return dataset.months(release).flatMap((month) => monthRows(dataset, month, release, places, draw));
}

/** The national row counts all that were made, also those that this release does not show. */
function monthRows(
  dataset: Dataset,
  month: Month,
  release: Release,
  places: readonly Place[],
  draw: Draw,
): Row[] {
  const made = places.map((place) => ({ place, figures: dataset.figures(place, month, release, draw) }));
  const unknown = dataset.unknown?.(month, release, draw) ?? null;
  const rowsOf = (area: SyntheticKommune, figures: Figures) => figureRows(area, figures, dataset, month);
  return [
    ...rowsOf(wholeCountry, dataset.country({ places: made, unknown }, month, draw)),
    ...(unknown && release.unknownArea ? rowsOf(unknownArea, unknown) : []),
    ...made.flatMap(({ place, figures }) => (dataset.absent?.(figures) ? [] : rowsOf(place, figures))),
  ];
}

const wholeCountry: SyntheticKommune = { code: '000', name: 'Hele landet' };
const unknownArea: SyntheticKommune = { code: '', name: 'Uoplyst område' };

function figureRows(area: SyntheticKommune, figures: Figures, dataset: Dataset, month: Month): Row[] {
  return Object.entries(figures).map(([maaletal, figure]) => {
    const hidden = figure === null || (dataset.counts.includes(maaletal) && figure < smallestPublished);
    const period = monthCode(month);
    return {
      key: [area.code, dataset.datasaet, maaletal, period].join('\n'),
      text: line(area, dataset.datasaet, maaletal, period, hidden ? null : figure),
    };
  });
}

/** Like the real ones: the empty code in quotes, one decimal also on counts, nothing where suppressed. */
function line(
  area: SyntheticKommune,
  datasaet: string,
  maaletal: string,
  period: string,
  figure: number | null,
): string {
  const value = figure === null ? '' : figure.toFixed(1);
  return `${area.code || '""'};${area.name} ${mark};${datasaet};${maaletal};${period};${value}\n`;
}
