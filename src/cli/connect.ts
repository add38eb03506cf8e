import type { Pipeline } from './wanted.ts';

/** The pipeline, loaded on first use: it brings the engine's types and the definitions' parser with it. */
export const connect = async (): Promise<Pipeline> => import('../pipeline.ts');

/** What `flis check` needs of it, and none of the asking, which takes longer to load than 300 KPIs to check. */
export const connectChecking = async (): Promise<Pick<Pipeline, 'check'>> => import('../pipeline/check.ts');
