import type { Table, TableColumn } from '../catalog/types.ts';
import { toPlain } from '../model/rational.ts';
import type { CubeImpact } from '../pipeline.ts';
import type { Figure, MovedFigures } from '../serve/impact.ts';

/** Decimals in files: as those of an answer where nothing is said. */
const decimals = 6;

/** A line each KPI that is touched; nothing where there is nothing to say. */
export function impactTable(cubes: readonly CubeImpact[]): Table {
  const rows = cubes.flatMap((cube) => cube.kpis.map((kpi) => recordOf(cube, kpi)));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = (rows.length > 0 ? names : ['cube', 'edition', 'kpi', 'change']).map(
    (name): TableColumn => ({
      name,
      type: 'text',
      values: rows.map((row) => row[name] ?? null),
    }),
  );
  return { rows: rows.length, columns };
}

type Touched = CubeImpact['kpis'][number];

function recordOf(
  { cube, edition }: CubeImpact,
  { kpi, change, parts, impact }: Touched,
): Readonly<Record<string, string | null>> {
  return {
    cube,
    edition,
    kpi,
    change,
    parts: parts.join('; '),
    ...moved('newest', impact?.newest ?? null),
    ...moved('all', impact?.all ?? null),
    national_before: textOf(impact?.national?.before),
    national_before_status: impact?.national?.before.status ?? null,
    national_after: textOf(impact?.national?.after),
    national_after_status: impact?.national?.after.status ?? null,
    reason: impact?.reason ?? null,
  };
}

function moved(name: string, figures: MovedFigures | null): Readonly<Record<string, string | null>> {
  const largest = figures?.largest ?? null;
  return {
    [`${name}_period`]: figures?.period ?? null,
    [`${name}_moved`]: figures ? String(figures.moved) : null,
    [`${name}_of`]: figures ? String(figures.of) : null,
    [`${name}_largest`]: largest?.member ?? null,
    [`${name}_largest_period`]: largest?.period ?? null,
    [`${name}_largest_before`]: textOf(largest?.before),
    [`${name}_largest_before_status`]: largest?.before.status ?? null,
    [`${name}_largest_after`]: textOf(largest?.after),
    [`${name}_largest_after_status`]: largest?.after.status ?? null,
  };
}

const textOf = (figure: Figure | undefined): string | null =>
  figure?.value ? toPlain(figure.value, decimals) : null;

/** The same as JSON; numbers as texts, since a double would lose digits. */
export function printImpactJson(cubes: readonly CubeImpact[]): string {
  const value = cubes.map(({ cube, edition, kpis }) => ({
    cube,
    edition,
    kpis: kpis.map((kpi) => {
      const {
        cube: _cube,
        edition: _edition,
        parts: _parts,
        ...record
      } = recordOf({ cube, edition, kpis }, kpi);
      return { ...record, parts: kpi.parts };
    }),
  }));
  return `${JSON.stringify(value, null, 2)}\n`;
}
