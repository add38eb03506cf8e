import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectPath } from '../../src/catalog/objects.ts';
import { decodeLink, decodeSets, startsOf } from '../../src/catalog/setsFile.ts';
import type { EditionManifest, ObjectRef, SetsTable } from '../../src/catalog/types.ts';
import { fsck, gc, verify } from '../../src/pipeline.ts';
import { peopleFiles, type ServiceRow, servicesCsv } from '../support/people.ts';
import { soundValue } from '../support/published.ts';
import { type SmallWorld, smallWorld } from '../support/smallWorld.ts';
import { outsideOf } from '../support/workspace.ts';

const row = (maaned: string, kommune: string, person: string, art = 'anden', koen = '1'): ServiceRow => ({
  maaned,
  kommune,
  koen,
  person,
  art,
});

const first: readonly ServiceRow[] = [
  row('2025M11', '101', 'anna'),
  row('2025M11', '101', 'bo', 'hjaelp'),
  row('2025M12', '751', 'anna'),
  row('2026M01', '101', 'bo'),
  row('2026M01', '101', 'carl', 'hjaelp', '2'),
  row('2026M01', '101', 'carl', 'anden', '2'),
  row('2026M01', '101', ''),
];
const february: readonly ServiceRow[] = [
  row('2026M02', '101', 'anna'),
  row('2026M02', '751', 'bo', 'hjaelp'),
  row('2026M02', '751', 'dorte', 'anden', '2'),
];

describe('sets of people', () => {
  let world: SmallWorld;
  let before: EditionManifest;
  let after: EditionManifest;
  const pathOf = (ref: ObjectRef) => join(world.published.root, 'data', 'restricted', objectPath(ref));
  const bytesOf = (ref: ObjectRef) => new Uint8Array(readFileSync(pathOf(ref)));
  const tableOf = (edition: EditionManifest, key: string): SetsTable => {
    const found = edition.tables[0]?.sets?.find((each) => each.key.join() === key);
    if (!found) throw new Error(`there are sets of ${key}`);
    return found;
  };
  beforeAll(async () => {
    world = await smallWorld(peopleFiles, {
      'ydelser-1.csv': servicesCsv(first),
      'ydelser-2.csv': servicesCsv(february),
    });
    const [one, other] = await world.published.editions('test');
    if (!one || !other) throw new Error('there are two editions');
    [before, after] = [one, other];
  });
  afterAll(() => world.close());

  /** Period, codes and the number in all years of everybody whom a state counts. */
  const membersOf = (edition: EditionManifest, key: string, state: number): string[] => {
    const { parts, states } = tableOf(edition, key);
    const lines: string[] = [];
    const years = new Map<string, number[]>();
    for (const { partition, sets, link } of parts) {
      const numbers = years.get(partition.slice(0, 4)) ?? [];
      numbers.push(...(decodeLink(bytesOf(link)) ?? []));
      years.set(partition.slice(0, 4), numbers);
      const own = decodeSets(bytesOf(sets));
      const counted = own?.states.find((each) => each.state === states[state]);
      if (!own || !counted) throw new Error('the part has its sets');
      const starts = startsOf(counted.counts);
      for (const [at, period] of own.periods.entries())
        for (let place = own.starts[at] ?? 0; place < (own.starts[at + 1] ?? 0); place += 1)
          for (const ordinal of counted.ordinals.subarray(starts[place], starts[place + 1]))
            lines.push(
              [
                period,
                ...own.dimensions.map((each) => each.codes[each.ordinals[place] ?? 0]),
                numbers[ordinal],
              ].join(' '),
            );
    }
    return lines;
  };

  /** The same rows with a name for every number, which says whether it is one to one. */
  const named = (lines: readonly string[], rows: readonly ServiceRow[]) => {
    const names = new Map<string, Set<string>>();
    const places = new Map<string, Set<string>>();
    for (const { maaned, kommune, koen, person } of rows) {
      const place = `${maaned} ${kommune} ${koen}`;
      places.set(place, (places.get(place) ?? new Set()).add(person));
    }
    for (const line of lines) {
      const number = line.split(' ').at(-1) ?? '';
      const there = places.get(line.slice(0, line.lastIndexOf(' '))) ?? new Set();
      const known = names.get(number);
      names.set(number, new Set([...there].filter((name) => known === undefined || known.has(name))));
    }
    return names;
  };

  it('hold whom each cell counts, and who is the same in all years', () => {
    const lines = membersOf(after, 'person', 1);
    expect(lines.length).toBe(8);
    const names = named(
      lines,
      [...first, ...february].filter(({ person }) => person !== ''),
    );
    expect([...names.keys()].sort()).toEqual(['0', '1', '2', '3']);
    // Anna is in both years and both kommuner, so one number is hers alone.
    const inDecember = lines
      .find((line) => line.startsWith('2025M12'))
      ?.split(' ')
      .at(-1);
    expect(lines.filter((line) => line.endsWith(` ${inDecember}`)).map((line) => line.slice(0, 11))).toEqual([
      '2025M11 101',
      '2025M12 751',
      '2026M02 101',
    ]);
  });

  it('hold of a condition those who meet it, and of several columns each combination', () => {
    const helped = tableOf(after, 'person').states.findIndex(
      (_, at) => membersOf(after, 'person', at).length === 3,
    );
    expect(membersOf(after, 'person', helped).map((line) => line.slice(0, 11))).toEqual([
      '2025M11 101',
      '2026M01 101',
      '2026M02 751',
    ]);
    expect(membersOf(after, 'person,koen', 0).length).toBe(8);
  });

  it('stay as they are in the months before a new one', () => {
    const [old, now] = [tableOf(before, 'person'), tableOf(after, 'person')];
    expect(old.parts.map(({ partition }) => partition)).toEqual(['2025M11', '2025M12', '2026M01']);
    expect(now.parts.slice(0, 3)).toEqual(old.parts);
    expect(now.parts[3]?.newcomers).toBe(2);
    expect(now.parts[3]?.added).toBe(1);
  });

  it('are made again byte for byte by who has the key', async () => {
    const { value } = await verify(outsideOf(world.published.root), {
      cube: 'test',
      edition: null,
      rebuild: true,
    });
    expect(JSON.stringify(value)).toContain('same');
    expect(JSON.stringify(value)).not.toContain('different');
  });

  it('lie where no copy of the editions has them, and say no name', () => {
    const restricted = join(world.published.root, 'data', 'restricted');
    expect(statSync(restricted).mode & 0o077).toBe(0);
    for (const table of after.tables)
      for (const { parts } of table.sets ?? [])
        for (const { sets, people, link } of parts)
          for (const ref of [sets, people, link]) {
            expect(existsSync(world.published.paths.edition(objectPath(ref)))).toBe(false);
            expect(readFileSync(pathOf(ref)).includes('carl')).toBe(false);
          }
  });

  it('are in no file that a reader gets: neither in the store of editions nor in an answer', async () => {
    const secret = readFileSync(
      join(world.published.root, 'data', 'restricted', 'keys', 'test'),
      'utf8',
    ).trim();
    const restricted = new Set(
      after.tables
        .flatMap(({ sets = [] }) =>
          sets.flatMap(({ parts }) => parts.flatMap((part) => [part.sets, part.people, part.link])),
        )
        .map(({ sha256 }) => sha256),
    );
    const published = join(world.published.root, 'cubes', 'published');
    const files = readdirSync(published, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const { name, parentPath } of files) {
      expect(restricted.has(name)).toBe(false);
      const bytes = readFileSync(join(parentPath, name));
      for (const magic of ['FLISSETS', 'FLISLINK', secret]) expect(bytes.includes(magic)).toBe(false);
    }
    const answer = await world.ask({ cube: 'test', kpis: ['personer'], by: ['kommune'], period: '2026' });
    expect(
      JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain(secret);
  });

  it('are known to whoever looks through the stores or cleans them up', async () => {
    const outside = outsideOf(world.published.root);
    const { stores } = soundValue(await fsck(outside, { repair: false }));
    const store = stores.find((each) => each.store === 'data/restricted');
    expect(store?.objects).toBeGreaterThan(10);
    expect(store?.leftovers).toEqual([]);
    const collected = soundValue(await gc(outside, { days: 0, dryRun: true }));
    expect(collected.find((each) => each.store === 'data/restricted')?.removed).toEqual([]);
  });

  it('are missed by nobody in a copy without them', async () => {
    const restricted = join(world.published.root, 'data', 'restricted');
    const lost = tableOf(after, 'person').parts[0];
    if (!lost) throw new Error('there is a part');
    rmSync(pathOf(lost.sets));
    const damaged = await fsck(outsideOf(world.published.root), { repair: false });
    expect(damaged.diagnostics.map(({ code }) => code)).toContain('object-missing');
    const repaired = await fsck(outsideOf(world.published.root), { repair: true });
    expect(repaired.value?.repaired.join()).toContain('byte for byte');
    expect(existsSync(pathOf(lost.sets))).toBe(true);
    rmSync(restricted, { recursive: true });
    const copy = await fsck(outsideOf(world.published.root), { repair: false });
    expect(copy.diagnostics.filter(({ code }) => code === 'object-missing')).toEqual([]);
    expect(
      existsSync(restricted) ? readdirSync(restricted).filter((name) => !name.startsWith('.')) : [],
    ).toEqual([]);
  });
});
