import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Cube, Kpi, Measure, SemanticModel, Source } from '../model/types.ts';

/** What a model of format 1 may lack: it was written before the language had these words. */
type Since1 = 'selections' | 'partitions' | 'prices' | 'earlier';
type SourceSince1 = 'absence' | 'deliveredBy' | 'derivation';
type MeasureSince1 = 'key' | 'share';

type May<T, Keys extends keyof T> = Omit<T, Keys> & Partial<Pick<T, Keys>>;

/** A model as editions of format 1 hold it. */
export interface ModelOfFormat1
  extends Omit<May<SemanticModel, Since1>, 'format' | 'sources' | 'measures' | 'kpis' | 'cubes'> {
  readonly format: 1;
  readonly sources: Readonly<Record<string, May<Source, SourceSince1>>>;
  readonly measures: Readonly<Record<string, May<Measure, MeasureSince1>>>;
  readonly kpis: Readonly<Record<string, Kpi>>;
  readonly cubes: Readonly<Record<string, Cube>>;
}

/**
 * A frozen model of any format as one of today's. What an older one does not say nobody could say then, and it means
 * what leaving it out means now, so that its figures stay what they were. The file itself is never touched.
 */
export function upgradeModel(
  model: SemanticModel | ModelOfFormat1 | { readonly format: unknown },
  edition: string,
): Checked<SemanticModel> {
  switch (model.format) {
    case 1:
      return { value: fromFormat1(model as ModelOfFormat1), diagnostics: [] };
    case 2:
      return { value: model as SemanticModel, diagnostics: [] };
    default: {
      const message = `The edition ${edition} was made by a newer program: its definitions are of format ${model.format}.`;
      const hint = 'read it with the program that published it, or a newer one';
      return { diagnostics: [diagnostic('edition-too-new', message, { hint })] };
    }
  }
}

function fromFormat1(model: ModelOfFormat1): SemanticModel {
  return {
    selections: {},
    partitions: {},
    prices: {},
    earlier: {},
    ...model,
    format: 2,
    sources: mapped(model.sources, (source) => ({
      absence: 'missing' as const,
      deliveredBy: null,
      derivation: null,
      ...source,
    })),
    measures: mapped(model.measures, (measure) => ({ key: [], share: null, ...measure })),
  };
}

function mapped<A, B>(all: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(all).map(([id, value]) => [id, change(value)]));
}
