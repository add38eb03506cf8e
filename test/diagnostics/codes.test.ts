import { describe, expect, it } from 'vitest';
import { codes } from '../../src/diagnostics/codes.ts';
import { filesUnder, textOf } from '../support/sources.ts';

const tests = filesUnder('test')
  .filter(
    (file) =>
      /\.test\.ts$/.test(file) &&
      !file.includes('node_modules') &&
      !file.endsWith('diagnostics/codes.test.ts'),
  )
  .map((file) => textOf(file))
  .join('\n');
const sources = filesUnder('src')
  .filter((file) => file.endsWith('.ts') && !file.endsWith('diagnostics/codes.ts'))
  .map((file) => textOf(file))
  .join('\n');

describe('every diagnostic code', () => {
  it.each(Object.keys(codes))('%s is said somewhere, and some test provokes it', (code) => {
    expect(sources).toContain(`'${code}'`);
    expect(tests).toContain(`'${code}'`);
  });
});
