import type { FieldPath } from '../../definitions/definition.ts';
import type { GatesRecord } from '../../definitions/schema.ts';

/** The gates as written, with KPIs by their ids. A name that stands for none is told of, and stays what it is. */
export function bindGates(
  gates: GatesRecord,
  resolve: (name: string, path: FieldPath) => string | null,
): GatesRecord {
  const { coverage, cross_source, revision } = gates;
  const id = (gate: keyof GatesRecord, position: number, key: string, name: string) =>
    resolve(name, ['gates', gate, position, key]) ?? name;
  return {
    ...gates,
    ...(coverage
      ? {
          coverage: coverage.map((rule, at) =>
            rule.kpi === undefined ? rule : { ...rule, kpi: id('coverage', at, 'kpi', rule.kpi) },
          ),
        }
      : {}),
    ...(cross_source
      ? {
          cross_source: cross_source.map((rule, at) => ({
            ...rule,
            kpi: id('cross_source', at, 'kpi', rule.kpi),
            against: id('cross_source', at, 'against', rule.against),
          })),
        }
      : {}),
    ...(revision
      ? {
          revision: revision.map((rule, at) =>
            rule.kpi === undefined ? rule : { ...rule, kpi: id('revision', at, 'kpi', rule.kpi) },
          ),
        }
      : {}),
  };
}
