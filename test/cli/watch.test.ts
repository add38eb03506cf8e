import { describe, expect, it } from 'vitest';
import { miniRoot } from '../support/miniRoot.ts';

const folketal = 'kpi-definitions/befolkning/folketal.yaml';

/** A clock that runs when it is told to. */
function clock() {
  const waiting = new Set<() => void>();
  return {
    every: (_milliseconds: number, action: () => void) => {
      waiting.add(action);
      return () => void waiting.delete(action);
    },
    ring: () => {
      for (const action of [...waiting]) action();
    },
    waiting: () => waiting.size,
  };
}

describe('flis check --watch', () => {
  it('checks at once, and again when the changes have come to rest, and ends in peace', async () => {
    const { flis, edit, root } = miniRoot();
    const { every, ring, waiting } = clock();
    const { code, output, errors } = await flis(['check', '--watch'], {
      every,
      columns: 80,
      watch: async (folders, changed) => {
        expect(folders).toContain(`${root}/kpi-definitions`);
        edit(folketal, 'formula: folketal', 'formula: folketl');
        // Three goes of an editor at one file are one change.
        for (let go = 0; go < 3; go += 1) changed();
        expect(waiting()).toBe(1);
        ring();
        expect(waiting()).toBe(0);
        // Somebody who stops it before the next change is due waits for nothing.
        changed();
      },
    });
    expect(code).toBe(0);
    expect(output.split('\u001b[2J')).toHaveLength(3);
    expect(output.match(/checked 12:00:00 UTC; watching/g)).toHaveLength(2);
    expect(errors).toContain('error[unknown-measure]');
  });

  it('tells of a mistake of ours, and goes on no longer', async () => {
    const { flis } = miniRoot();
    const { code, errors } = await flis(['check', '--watch'], {
      watch: () => new Promise(() => {}),
      pipeline: {
        check: async () => {
          throw new Error('invariant: impossible');
        },
      },
    });
    expect(code).toBe(70);
    expect(errors).toContain('please report');
  });

  it.each([
    ['--watch', '--format', 'json'],
    ['--format', 'csv'],
    ['--impact', 'cubes'],
  ])('refuses %s %s %s', async (...options) => {
    const { flis } = miniRoot();
    expect((await flis(['check', ...options.filter(Boolean)])).code).toBe(2);
  });
});
