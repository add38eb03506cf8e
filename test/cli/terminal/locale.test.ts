import { describe, expect, it } from 'vitest';
import { localeOf } from '../../../src/cli/terminal/locale.ts';

describe('localeOf', () => {
  it.each([
    [{ LANG: 'da_DK.UTF-8' }, 'da'],
    [{ LANG: 'da' }, 'da'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'da_DK.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'C', LC_NUMERIC: 'da_DK' }, 'da'],
    [{ LANG: 'da_DK', LC_ALL: '' }, 'da'],
    [{ LANG: 'dav_KE.UTF-8' }, 'en'],
    [{}, 'en'],
  ])('reads %o as %s', (environment: Record<string, string>, locale) => {
    expect(localeOf(undefined, environment)).toBe(locale);
  });

  it('lets the option win', () => {
    expect(localeOf('en', { LC_ALL: 'da_DK.UTF-8' })).toBe('en');
  });
});
