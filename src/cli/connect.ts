import type { Pipeline } from './wanted.ts';

/** The pipeline, loaded on first use: it brings the engine's types and the definitions' parser with it. */
export const connect = async (): Promise<Pipeline> => import('../pipeline.ts');
