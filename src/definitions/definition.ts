import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type {
  ClassificationRecord,
  CubeRecord,
  DefinitionKind,
  DimensionRecord,
  KpiRecord,
  PartitionRecord,
  PricesRecord,
  RowsRecord,
  SelectionRecord,
  SourceRecord,
} from './schema.ts';

/** A path into a record: `['measures', 'ledige', 'sum']`, `['members', 3, 'code']`. */
export type FieldPath = readonly (string | number)[];

/** One definition: its record as plain data, and a way to ask where each field was written. */
export interface Definition<Kind extends DefinitionKind, Fields> {
  readonly kind: Kind;
  /** Path relative to the workspace root, with forward slashes. */
  readonly file: string;
  /** The text as read, for printing places and for freezing with an edition. */
  readonly text: string;
  readonly record: Fields;
  /**
   * Span of a field's value (`'value'`, default) or of its key. For a quoted scalar the span is what
   * stands between the quotes, so that a formula's offsets can be added to it. For a field that is
   * not there: the span of the nearest parent's key.
   */
  readonly spanOf: (path: FieldPath, part?: 'key' | 'value') => Span;
}

export type ClassificationDefinition = Definition<'classification', ClassificationRecord>;
export type DimensionDefinition = Definition<'dimension', DimensionRecord>;
export type SourceDefinition = Definition<'source', SourceRecord>;
export type SelectionDefinition = Definition<'selection', SelectionRecord>;
export type PartitionDefinition = Definition<'partition', PartitionRecord>;
export type RowsDefinition = Definition<'rows', RowsRecord>;
export type PricesDefinition = Definition<'prices', PricesRecord>;
export type KpiDefinition = Definition<'kpi', KpiRecord>;
export type CubeDefinition = Definition<'cube', CubeRecord>;

export type AnyDefinition =
  | ClassificationDefinition
  | DimensionDefinition
  | SourceDefinition
  | SelectionDefinition
  | PartitionDefinition
  | RowsDefinition
  | PricesDefinition
  | KpiDefinition
  | CubeDefinition;

/** A text file of the workspace, as the outside hands it in. */
export interface DefinitionFile {
  readonly file: string;
  readonly text: string;
}

/** All definitions that could be read, by kind, sorted by file name. */
export interface Definitions {
  readonly classifications: readonly ClassificationDefinition[];
  readonly dimensions: readonly DimensionDefinition[];
  readonly sources: readonly SourceDefinition[];
  readonly selections: readonly SelectionDefinition[];
  readonly partitions: readonly PartitionDefinition[];
  readonly rows: readonly RowsDefinition[];
  readonly prices: readonly PricesDefinition[];
  readonly kpis: readonly KpiDefinition[];
  readonly cubes: readonly CubeDefinition[];
  /** Ids of definitions that are there but could not be read, so that nobody says they are missing. */
  readonly unread: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
