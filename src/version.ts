import manifest from '../package.json' with { type: 'json' };

/** The builder's version, as editions name it. */
export const version: string = manifest.version;
