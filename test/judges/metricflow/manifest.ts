import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Filter, Reference } from './cases.ts';

/** The judge's own definitions, as they are written. */
export interface SemanticModel {
  readonly name: string;
  readonly node_relation: { readonly alias: string };
  readonly defaults?: { readonly agg_time_dimension?: string };
  readonly primary_entity?: string;
  readonly entities?: readonly {
    readonly name: string;
    readonly type: 'primary' | 'unique' | 'foreign' | 'natural';
    readonly expr?: string;
  }[];
  readonly dimensions?: readonly Dimension[];
  readonly measures?: readonly Measure[];
}

export interface Dimension {
  readonly name: string;
  readonly type: 'categorical' | 'time';
  readonly expr?: string;
  readonly is_partition?: boolean;
  readonly type_params?: {
    readonly time_granularity: string;
    readonly validity_params?: { readonly is_start?: boolean; readonly is_end?: boolean };
  };
}

export interface Measure {
  readonly name: string;
  readonly agg: string;
  readonly expr?: string | number;
  readonly agg_time_dimension?: string;
  readonly agg_params?: {
    readonly percentile: number;
    readonly use_discrete_percentile?: boolean;
    readonly use_approximate_percentile?: boolean;
  };
  readonly non_additive_dimension?: {
    readonly name: string;
    readonly window_choice: 'min' | 'max';
    readonly window_groupings?: readonly string[];
  };
  readonly create_metric?: boolean;
}

export interface MeasureInput {
  readonly name: string;
  readonly filter?: string;
  readonly join_to_timespine?: boolean;
  readonly fill_nulls_with?: number;
}

export interface MetricInput {
  readonly name: string;
  readonly filter?: string;
  readonly alias?: string;
  readonly offset_window?: string;
  readonly offset_to_grain?: string;
}

export interface Metric {
  readonly name: string;
  readonly type: 'simple' | 'ratio' | 'derived' | 'cumulative' | 'conversion';
  readonly filter?: string;
  readonly time_granularity?: string;
  readonly type_params: {
    readonly measure?: string | MeasureInput;
    readonly numerator?: string | MetricInput;
    readonly denominator?: string | MetricInput;
    readonly expr?: string;
    readonly metrics?: readonly (string | MetricInput)[];
    readonly window?: string;
    readonly cumulative_type_params?: {
      readonly window?: string;
      readonly grain_to_date?: string;
      readonly period_agg?: 'first' | 'last' | 'average';
    };
  };
}

export interface Manifest {
  readonly name: string;
  readonly models: readonly SemanticModel[];
  readonly metrics: Readonly<Record<string, Metric>>;
}

export async function readManifest(folder: string, name: string): Promise<Manifest> {
  const root = join(folder, 'models', name);
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.yaml')).sort();
  const models: SemanticModel[] = [];
  const metrics: Record<string, Metric> = {};
  for (const file of files) {
    for (const document of parseAllDocuments(await readFile(join(root, file), 'utf8'))) {
      const record = document.toJS();
      if (record?.semantic_model) models.push(record.semantic_model);
      if (record?.metric)
        metrics[record.metric.name] = { ...record.metric, type: record.metric.type.toLowerCase() };
    }
  }
  // A measure may ask to be a metric of its own.
  for (const measure of models.flatMap((model) => model.measures ?? []))
    if (measure.create_metric && !metrics[measure.name])
      metrics[measure.name] = { name: measure.name, type: 'simple', type_params: { measure: measure.name } };
  return { name, models, metrics };
}

/** Filters of the definitions are templates with calls in them; those of requests come with holes already. */
export function filterOf(template: string): Filter {
  const refs: Reference[] = [];
  const holes = template.replace(/\{\{(.*?)\}\}/gs, (_, call: string) => {
    refs.push(referenceOf(call.trim()));
    return `{${refs.length - 1}}`;
  });
  return { template: holes, refs };
}

const kinds = {
  Dimension: 'dimension',
  TimeDimension: 'time_dimension',
  Entity: 'entity',
  Metric: 'metric',
} as const;

function referenceOf(call: string): Reference {
  const [, kind = '', body = ''] = /^(\w+)\((.*)\)$/s.exec(call) ?? [];
  const [name = '', ...rest] = [...body.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
  const found = kinds[kind as keyof typeof kinds];
  if (found === 'metric') return { kind: found, name, group_by: rest };
  return { kind: found, name, ...(rest[0] === undefined ? {} : { grain: rest[0] }) };
}
