import { expect, it } from 'vitest';
import { together } from '../../src/catalog/together.ts';

it('gives what each comes to, in their order', async () => {
  const late = new Promise<string>((done) => setTimeout(() => done('late'), 5));
  expect(await together([late, Promise.resolve(1)])).toEqual(['late', 1]);
});

it('tells a failure when everything has ended', async () => {
  let isOver = false;
  const late = new Promise<void>((done) =>
    setTimeout(() => {
      isOver = true;
      done();
    }, 5),
  );
  await expect(together([Promise.reject(new Error('no space')), late])).rejects.toThrow('no space');
  expect(isOver).toBe(true);
});
