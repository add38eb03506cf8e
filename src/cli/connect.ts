import type { Pipeline } from './wanted.ts';

/** The pipeline, loaded on first use, in the shape that the commands call it. */
export async function connect(): Promise<Pipeline> {
  throw new Error('the pipeline is not connected yet');
}
