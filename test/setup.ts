import process from 'node:process';
import fc from 'fast-check';

/**
 * Random cases are the same in every run, so that a red run says something about the change; another
 * number tries others: `SEED=42 npm test`. A failure names the seed that it had.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
