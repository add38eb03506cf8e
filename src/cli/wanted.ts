/** The pipeline as commands see it; a test hands in its own. */
export type Pipeline = Omit<typeof import('../pipeline.ts'), 'loadModel'>;

export type {
  CheckReport,
  Difference,
  ExplainedComponent,
  Explanation,
  Outcome,
  Outside,
  PublishedCube,
  PublishReport,
  SynthesizedFile,
  VerifiedEdition,
} from '../pipeline.ts';
export type { DifferenceCount, DifferentCell } from '../serve/difference.ts';

/** How a run tells what it is at. */
export type Progress = import('../pipeline.ts').Outside['progress'];
