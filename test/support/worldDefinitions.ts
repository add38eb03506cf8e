import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { formulaText, type World, type WorldKpi, type WorldMeasure, type WorldSource } from './world.ts';

const label = (text: string) => ({ da: text, en: text });

/** A world as definition files. JSON is YAML, so what the product reads is one text all the same. */
export function worldDefinitions(world: World): DefinitionFile[] {
  const records: [string, object][] = [
    ...world.classifications.map(({ id, members }): [string, object] => [
      `data/classifications/${id}.yaml`,
      { classification: id, label: label(id), members: members.map(memberRecord) },
    ]),
    ...world.dimensions.map(({ id, hierarchies, groups }): [string, object] => [
      `kpi-definitions/dimensions/${id}.yaml`,
      { dimension: id, label: label(id), hierarchies, ...(groups === undefined ? {} : { groups }) },
    ]),
    ...world.sources.map((source): [string, object] => [
      `kpi-definitions/sources/${source.id}.yaml`,
      sourceRecord(source),
    ]),
    ...world.kpis.map((kpi): [string, object] => [
      `kpi-definitions/test/${kpi.name}${kpi.version ?? ''}.yaml`,
      kpiRecord(kpi),
    ]),
    [
      'cubes/proeve.yaml',
      {
        cube: 'proeve',
        label: label('Prøve'),
        kpis: [...new Set(world.kpis.map(({ name }) => name))],
        dimensions: world.cube.dimensions,
        wait_for: [world.cube.waitFor],
      },
    ],
  ];
  return records.map(([file, record]) => ({ file, text: JSON.stringify(record) }));
}

function memberRecord(member: World['classifications'][number]['members'][number]): object {
  const parents = Object.entries(member.parents ?? {}).filter(([, list]) => list.length > 0);
  return {
    code: member.code,
    label: label(member.code),
    ...(member.from === undefined ? {} : { valid_from: member.from }),
    ...(member.to === undefined ? {} : { valid_to: member.to }),
    ...(member.expected === undefined ? {} : { expected: member.expected }),
    ...(member.of === undefined ? {} : { of: member.of }),
    ...(member.successors === undefined
      ? {}
      : { successors: { ...member.successors, basis: label('folketal') } }),
    ...(parents.length === 0
      ? {}
      : {
          parents: Object.fromEntries(
            parents.map(([level, list]) => [
              level,
              list.map(({ code, from, to }) => ({
                code,
                ...(from === undefined ? {} : { valid_from: from }),
                ...(to === undefined ? {} : { valid_to: to }),
              })),
            ]),
          ),
        }),
  };
}

function sourceRecord(source: WorldSource): object {
  const names = [
    ...source.codes.map(({ dimension }) => dimension),
    'slags',
    'periode',
    ...source.numbers.map(({ name }) => name),
  ];
  return {
    source: source.id,
    label: label(source.id),
    supplier: 'Prøve',
    frequency: source.frequency,
    delivery: 'full',
    file: { names: [`${source.id}_*.csv`], format: 'csv', header: names },
    columns: {
      ...Object.fromEntries(
        source.codes.map(({ dimension, levels, expect }) => [
          dimension,
          { type: 'code', from: dimension, dimension, levels, expect, empty: 'uoplyst' },
        ]),
      ),
      slags: { type: 'text', from: 'slags' },
      periode: { type: 'period', from: 'periode' },
      ...Object.fromEntries(
        source.numbers.map(({ name, decimals }) => [
          name,
          decimals === 0
            ? { type: 'integer', from: name, empty: 'suppressed' }
            : { type: 'decimal', from: name, decimals, empty: 'suppressed' },
        ]),
      ),
    },
    key: [...source.codes.map(({ dimension }) => dimension), 'slags', 'periode'],
  };
}

function kpiRecord(kpi: WorldKpi): object {
  return {
    kpi: `test.${kpi.name}`,
    version: kpi.version ?? 1,
    status: 'approved',
    valid_from: kpi.validFrom ?? '2000',
    ...(kpi.validTo === undefined ? {} : { valid_to: kpi.validTo }),
    label: label(kpi.name),
    unit: kpi.unit,
    decimals: 2,
    direction: 'neutral',
    formula: formulaText(kpi.formula),
    missing: kpi.missing,
    measures: Object.fromEntries(kpi.measures.map((measure) => [measure.name, measureRecord(measure)])),
  };
}

function measureRecord(measure: WorldMeasure): object {
  const list = (codes: readonly string[]) => `[${codes.map((code) => `"${code}"`).join(', ')}]`;
  const where = [
    ...(measure.slags ? [`slags in ${list(measure.slags)}`] : []),
    ...(measure.codes ? [`${measure.codes.dimension} in ${list(measure.codes.in)}`] : []),
  ];
  return {
    source: measure.source,
    [measure.aggregate]: measure.column ?? 'rows',
    ...(where.length === 0 ? {} : { where: where.join(' and ') }),
    unit: measure.unit,
    ...(measure.over === undefined || Object.keys(measure.over).length === 0 ? {} : { over: measure.over }),
    over_time: measure.overTime,
    ...(measure.period === undefined ? {} : { period: measure.period }),
  };
}
