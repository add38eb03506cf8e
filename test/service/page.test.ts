import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openService, toPlain } from '../../src/index.ts';
import { soundValue } from '../support/published.ts';
import { textOf } from '../support/sources.ts';
import { opened, type ServiceWorld, serviceWorld } from './world.ts';

const page = textOf('docs/service.md');

/** The examples of a section, in their order. */
function examplesIn(heading: string): string[] {
  const section = page.split('\n## ').find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
}

/** Runs an example with what it names, as a program would; gives what it said. */
async function said(example: string | undefined, given: Readonly<Record<string, unknown>>) {
  const lines: string[] = [];
  const names = { ...given, say: (...words: readonly string[]) => lines.push(words.join(' ')) };
  const run = new Function(...Object.keys(names), `return (async () => {${example}})();`);
  await run(...Object.values(names));
  return lines;
}

let world: ServiceWorld;
beforeAll(async () => {
  world = serviceWorld();
  for (const ledige of [10, 20]) await world.publishWith(ledige);
});
afterAll(() => world.close());

async function serviceOfTest() {
  const service = await openService(world.outside());
  onTestFinished(() => service.close());
  return service;
}

describe('docs/service.md', () => {
  it('opens, asks and closes', async () => {
    const [whole] = examplesIn('Open, ask, close');
    expect(await said(whole, { openService, toPlain, outside: world.outside() })).toEqual([
      '101 20',
      '751 20',
    ]);
  });

  it('opens several editions', async () => {
    const [editions] = examplesIn('Editions');
    expect(await said(editions, { service: await serviceOfTest() })).toEqual(['2', '1', '2']);
  });

  it('answers in columns', async () => {
    const [columns] = examplesIn('Answers in columns');
    expect(await said(columns, { cube: await opened(await serviceOfTest()) })).toEqual(['columns 1 2']);
  });

  it('gives Arrow, and batches', async () => {
    const cube = await opened(await serviceOfTest());
    const answer = soundValue(await cube.query({ kpis: ['ledige'], by: ['kommune'] }));
    const [arrow] = examplesIn('Arrow and large answers');
    expect(await said(arrow, { cube, answer })).toEqual([
      'kommune ledige ledige_status ledige_delivered ledige_expected ledige_flags',
      'true',
      '1',
      '1',
    ]);
  });

  it('takes back and limits', async () => {
    const cube = await opened(await serviceOfTest());
    const [limits] = examplesIn('Limits and taking back');
    expect(await said(limits, { cube })).toEqual(['query-cancelled', 'query-too-large']);
  });

  it('says what is in memory', async () => {
    const service = await serviceOfTest();
    const cube = await opened(service);
    for (const by of [[], ['kommune'], []]) soundValue(await cube.query({ kpis: ['ledige'], by }));
    const [memory] = examplesIn('Memory');
    expect(await said(memory, { service })).toEqual([
      '1 tables, within the budget: true',
      '3 asked = 1 kept + 0 shared + 2 worked out',
    ]);
  });
});
