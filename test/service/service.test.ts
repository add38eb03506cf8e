import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { liveLeases } from '../../src/catalog/leases.ts';
import {
  type CubeRequest,
  openService,
  type QueryService,
  query,
  retract,
  type ServiceOptions,
} from '../../src/index.ts';
import { openWorkspace } from '../../src/serve/workspace.ts';
import { soundValue } from '../support/published.ts';
import { figuresOf, opened, type ServiceWorld, serviceWorld } from './world.ts';

let world: ServiceWorld;
let ids: readonly string[] = [];
beforeAll(async () => {
  world = serviceWorld();
  ids = [await world.publishWith(10), await world.publishWith(20)];
});
afterAll(() => world.close());

async function serviceWith(options: ServiceOptions = {}, of: ServiceWorld = world): Promise<QueryService> {
  const service = await openService(of.outside(), options);
  onTestFinished(() => service.close());
  return service;
}

const ledige = { kpis: ['ledige'], by: ['kommune'] };
const borgere = { kpis: ['borgere'], by: ['kommune'] };

describe('a service', () => {
  it('answers from the newest edition, and from one that is named, at the same time', async () => {
    const service = await serviceWith();
    const newest = await opened(service);
    const first = await opened(service, { edition: '1' });
    const [two, one] = await Promise.all([newest.query(ledige), first.query(ledige)]);
    expect(figuresOf(soundValue(two))).toEqual(['20', '20']);
    expect(figuresOf(soundValue(one))).toEqual(['10', '10']);
    expect([newest.edition?.id, first.edition?.id]).toEqual([ids[1], ids[0]]);
    expect(service.statistics().editions).toBe(2);
  });

  it('gives in columns the table that it makes of rows', async () => {
    const cube = await opened(await serviceWith());
    const requests: readonly (readonly [CubeRequest, 'columns' | 'rows'])[] = [
      [{ kpis: ['ledige'], by: ['kommune'] }, 'columns'],
      [{ kpis: ['borgere', 'ledige'], by: ['maaned', 'kommune'], where: 'kommune == "101"' }, 'columns'],
      [{ kpis: ['ledige'], by: ['kommune'], order: '-ledige', top: 1 }, 'columns'],
      [{ kpis: ['ledige'], by: ['kommune'], totals: true }, 'rows'],
    ];
    for (const [request, wanted] of requests) {
      const { table, way, reason } = soundValue(await cube.arrow(request));
      expect([way, reason === null]).toEqual([wanted, wanted === 'columns']);
      const rows = soundValue(await cube.query(request)).arrow();
      expect(table.schema.names).toEqual(rows.schema.names);
      expect(table.toArray().map(String)).toEqual(rows.toArray().map(String));
      // What goes over a wire comes back as it was.
      expect(tableFromIPC(tableToIPC(table)).toArray().map(String)).toEqual(rows.toArray().map(String));
    }
  });

  it('says of a wrong question in columns what it says of it in rows', async () => {
    const cube = await opened(await serviceWith());
    const wrong = { kpis: ['ledge'], by: ['kommune'] };
    const [columns, rows] = [await cube.arrow(wrong), await cube.query(wrong)];
    expect(columns.diagnostics).toEqual(rows.diagnostics);
    expect(columns.value).toBeUndefined();
  });

  it('answers what the function `query` answers, to the last note', async () => {
    const cube = await opened(await serviceWith());
    const requests: readonly CubeRequest[] = [
      { ...ledige, totals: true },
      { kpis: ['borgere', 'ledige'], by: ['maaned', 'kommune'], where: 'kommune == "101"' },
      { kpis: ['ledige'], by: ['kommune'], order: '-ledige', top: 1, route: 'base' },
      { kpis: [], by: ['kommune'] },
    ];
    for (const request of requests) {
      const { arrow: _arrow, arrowBytes: _bytes, ...answer } = soundValue(await cube.query(request));
      const once = await query(world.outside(), { ...request, cube: 'proeve' }, null);
      expect(answer).toEqual(soundValue(once));
    }
  });

  it('answers as Arrow too, with status, coverage and flags', async () => {
    const cube = await opened(await serviceWith());
    const answer = soundValue(await cube.query(ledige));
    const table = tableFromIPC(answer.arrowBytes());
    expect(table.schema.fields.map(({ name }) => name)).toEqual([
      'kommune',
      'ledige',
      'ledige_status',
      'ledige_delivered',
      'ledige_expected',
      'ledige_flags',
    ]);
    expect(answer.arrow({ coverage: false, flags: false }).numCols).toBe(3);
    expect([...table].map((row) => row?.kommune)).toEqual(['101', '751']);
    expect(JSON.parse(table.schema.metadata.get('flis') ?? '').edition.id).toBe(ids[1]);
  });

  it('gives large answers a batch of rows at a time', async () => {
    const cube = await opened(await serviceWith());
    const batches: string[][] = [];
    for await (const { value } of cube.stream(ledige, { batch: 1 }))
      if (value) batches.push(value.rows.map(({ members }) => members.join()));
    expect(batches).toEqual([['101'], ['751']]);
    const codes: string[] = [];
    for await (const { diagnostics } of cube.stream({ kpis: ['ledge'], by: [] }))
      codes.push(...diagnostics.map(({ code }) => code));
    expect(codes).toEqual(['unknown-kpi']);
  });

  it('says what is wrong with a question or a cube, as everywhere else', async () => {
    const service = await serviceWith();
    const unknown = await service.open('prove');
    expect([unknown.value, unknown.diagnostics[0]?.code]).toEqual([undefined, 'unknown-cube']);
    const cube = await opened(service);
    expect((await cube.query({ ...ledige, period: 'i morgen' })).value).toBeUndefined();
    expect(service.statistics().refused).toBe(1);
  });
});

describe('a newer edition', () => {
  it('takes the place of the older one under a stream of questions, and none of them fails', async () => {
    const own = serviceWorld();
    onTestFinished(own.close);
    await own.publishWith(1);
    const service = await serviceWith({ keptCells: 0, refreshSeconds: 0 }, own);
    const cube = await opened(service);
    const seen: string[] = [];
    let isOver = false;
    const stream = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const { value, diagnostics } = await cube.query(ledige);
        expect(diagnostics).toEqual([]);
        seen.push(...new Set(value ? figuresOf(value) : ['none']));
      }
    });
    for (const figure of [2, 3]) {
      await own.publishWith(figure);
      await cube.refresh();
      expect(figuresOf(soundValue(await cube.query(ledige)))).toEqual([`${figure}`, `${figure}`]);
    }
    isOver = true;
    await Promise.all(stream);
    expect([...new Set(seen)].sort()).toEqual(['1', '2', '3']);
    expect(service.statistics()).toMatchObject({ switches: 2, editions: 1, refused: 0 });
  }, 60_000);

  it('that is held back answers from its time on, without anybody publishing', async () => {
    const own = serviceWorld();
    onTestFinished(own.close);
    await own.publishWith(1);
    const release = 'release: { day: 10, embargo: true, dates: { "2026M01": "2026-03-05" } }\n';
    appendFileSync(join(own.root, 'cubes', 'proeve.yaml'), release);
    await own.publishWith(2);
    let time = '2026-03-02T08:00:00Z';
    const service = await openService({ ...own.outside(), now: () => new Date(time) });
    onTestFinished(() => service.close());
    const cube = await opened(service);
    expect(figuresOf(soundValue(await cube.query(ledige)))).toEqual(['1', '1']);
    const named = await service.open('proeve', { edition: '2' });
    expect(named.diagnostics.map(({ code }) => code)).toEqual(['edition-embargoed']);
    time = '2026-03-06T08:00:00Z';
    await cube.refresh();
    expect(figuresOf(soundValue(await cube.query(ledige)))).toEqual(['2', '2']);
  });

  it('is not met by who named the older one', async () => {
    const own = serviceWorld();
    onTestFinished(own.close);
    const first = await own.publishWith(1);
    const service = await serviceWith({}, own);
    const cube = await opened(service, { edition: '1' });
    await own.publishWith(2);
    expect(await cube.refresh()).toEqual([]);
    expect(cube.edition?.id).toBe(first);
  });
});

describe('an edition that was taken back', () => {
  it('answers no longer where the newest is asked, and with a word where it is named', async () => {
    const own = serviceWorld();
    onTestFinished(own.close);
    for (const figure of [1, 2]) await own.publishWith(figure);
    const service = await serviceWith({}, own);
    const [newest, named] = [await opened(service), await opened(service, { edition: '2' })];
    for (const cube of [newest, named])
      expect(figuresOf(soundValue(await cube.query(ledige)))).toEqual(['2', '2']);
    const question = { cube: 'proeve', edition: '2', reason: 'Byttet om.', by: 'anna' };
    soundValue(await retract(own.outside(), question));
    for (const cube of [newest, named]) {
      const said = (await cube.refresh()).map(({ code, severity }) => [code, severity]);
      expect(said).toEqual([['edition-retracted', 'warning']]);
    }
    const older = await opened(service, { edition: '1' });
    const told: unknown[] = [];
    for (const cube of [newest, named, older]) {
      const answer = soundValue(await cube.query(ledige));
      told.push([...new Set(figuresOf(answer)), ...answer.notes.map(({ kind }) => kind)]);
    }
    expect(told).toEqual([['1', 'retraction'], ['2', 'retraction'], ['1']]);
    // Before it was taken back both had asked the same of the same.
    expect(service.statistics().kept).toBe(1);
  });
});

describe('what nobody may be told any more', () => {
  it('is told by no service that has it open either', async () => {
    const own = serviceWorld();
    onTestFinished(own.close);
    await own.publishWith(1);
    let time = '2026-03-01T08:00:00Z';
    const service = await openService({ ...own.outside(), now: () => new Date(time) });
    onTestFinished(() => service.close());
    const cube = await opened(service);
    soundValue(await cube.query(ledige));
    // The publisher's word on which edition is the newest has run out.
    time = '2027-03-01T08:00:00Z';
    const { value, diagnostics } = await cube.query(ledige);
    expect([value, diagnostics.map(({ code }) => code)]).toEqual([undefined, ['claim-expired']]);
    expect(cube.edition).toBeNull();
    time = '2026-03-01T08:00:00Z';
    expect(figuresOf(soundValue(await cube.query(ledige)))).toEqual(['1', '1']);
  });
});

describe('files of an open edition', () => {
  it('are held by a lease until the last cube that needs them is closed', async () => {
    const service = await serviceWith();
    const cubes = [await opened(service), await opened(service)];
    const { process, now } = world.outside();
    const workspace = openWorkspace(world.root, { own: process.id, isAlive: process.isAlive, now });
    onTestFinished(() => workspace.close());
    const leases = () => liveLeases(workspace.editionStore, workspace.holder);
    const [held, ...others] = await leases();
    expect([held?.lease.purpose, others]).toEqual(['read', []]);
    expect(held?.lease.objects?.length).toBeGreaterThan(2);
    expect(await liveLeases(workspace.snapshotStore, workspace.holder)).toHaveLength(1);
    await cubes[0]?.close();
    expect(await leases()).toHaveLength(1);
    await cubes[1]?.close();
    expect(await leases()).toEqual([]);
    expect(service.statistics().editions).toBe(0);
  });
});

describe('tables in memory', () => {
  it('keep to the budget, the one used longest ago going first', async () => {
    const wide = await serviceWith({ keptCells: 0 });
    const cube = await opened(wide);
    for (const request of [ledige, borgere]) soundValue(await cube.query(request));
    const { tables } = wide.statistics();
    expect(tables).toMatchObject({ held: 2, read: 2, dropped: 0 });

    const narrow = await serviceWith({ keptCells: 0, memory: tables.bytes - 1 });
    const same = await opened(narrow);
    for (const request of [ledige, borgere, borgere, ledige]) {
      expect(figuresOf(soundValue(await same.query(request)))).toHaveLength(2);
      expect(narrow.statistics().tables.bytes).toBeLessThan(tables.bytes);
    }
    expect(narrow.statistics().tables).toMatchObject({ held: 1, read: 3, dropped: 2 });
  });

  it('are left to the engine where one is larger than all memory', async () => {
    const service = await serviceWith({ keptCells: 0, memory: 1 });
    const cube = await opened(service);
    for (const _ of [1, 2, 3]) expect(figuresOf(soundValue(await cube.query(ledige)))).toEqual(['20', '20']);
    expect(service.statistics().tables).toMatchObject({ held: 0, bytes: 0, read: 1 });
  });
});

describe('the same question', () => {
  it('runs once for all who ask it at the same time', async () => {
    const service = await serviceWith({ keptCells: 0 });
    const cube = await opened(service);
    const answers = await Promise.all([1, 2, 3].map(() => cube.query(ledige)));
    for (const answer of answers) expect(figuresOf(soundValue(answer))).toEqual(['20', '20']);
    expect(service.statistics()).toMatchObject({ asked: 3, worked: 1, shared: 2, kept: 0 });
  });

  it('is answered by what was kept, of the same edition only', async () => {
    const service = await serviceWith();
    const newest = await opened(service);
    const first = await opened(service, { edition: '1' });
    for (const cube of [newest, first, newest, first]) soundValue(await cube.query(ledige));
    expect(service.statistics()).toMatchObject({ asked: 4, worked: 2, kept: 2 });
    expect(service.statistics().keptAnswers).toEqual({ answers: 2, cells: 4 });
    expect(figuresOf(soundValue(await first.query(ledige)))).toEqual(['10', '10']);
  });

  it('is worked out anew where nothing, or not so much, is kept', async () => {
    const service = await serviceWith({ keptCells: 2 });
    const cube = await opened(service);
    for (const request of [ledige, borgere, ledige]) soundValue(await cube.query(request));
    expect(service.statistics()).toMatchObject({ worked: 3, kept: 0 });
    const none = await serviceWith({ keptCells: 0 });
    const other = await opened(none);
    for (const request of [ledige, ledige]) soundValue(await other.query(request));
    expect(none.statistics()).toMatchObject({ worked: 2, kept: 0 });
  });
});

describe('a question that is taken back', () => {
  it('ends at once, and what nobody waits for is run no further', async () => {
    const service = await serviceWith();
    const cube = await opened(service);
    const stop = new AbortController();
    const asked = cube.query(ledige, { signal: stop.signal });
    stop.abort();
    const codes = [await asked, await cube.query(ledige, { signal: stop.signal })].map(
      ({ diagnostics }) => diagnostics[0]?.code,
    );
    expect(codes).toEqual(['query-cancelled', 'query-cancelled']);
    expect(service.statistics().tables.read).toBe(0);
  });

  it('leaves others who ask the same their answer', async () => {
    const service = await serviceWith();
    const cube = await opened(service);
    soundValue(await cube.query(borgere));
    const stop = new AbortController();
    const [gone, stays] = [cube.query(ledige, { signal: stop.signal }), cube.query(ledige)];
    setImmediate(() => stop.abort());
    await gone;
    const { signal } = new AbortController();
    const many = Array.from({ length: 20 }, () => cube.query(ledige, { signal }));
    for (const answer of await Promise.all(many)) soundValue(answer);
    expect(figuresOf(soundValue(await stays))).toEqual(['20', '20']);
  });

  it('is so when the cube or the service is closed', async () => {
    const service = await serviceWith();
    const cube = await opened(service);
    const other = await opened(service);
    await cube.close();
    expect((await cube.query(ledige)).diagnostics[0]?.code).toBe('query-cancelled');
    expect(figuresOf(soundValue(await other.query(ledige)))).toEqual(['20', '20']);
    const asked = other.query(borgere);
    await service.close();
    expect((await asked).diagnostics[0]?.code).toBe('query-cancelled');
  });
});

describe('limits', () => {
  it('are told with a code, and others are answered', async () => {
    const service = await serviceWith({ limits: { cells: 1 } });
    const cube = await opened(service);
    const codeWith = async (limits: ServiceOptions['limits']) =>
      (await cube.query(ledige, { limits })).diagnostics.map(({ code }) => code);
    expect(await codeWith(undefined)).toEqual(['query-too-large']);
    expect(await codeWith({ cells: 2, bytes: 1 })).toEqual([]);
    const fresh = await opened(await serviceWith({ keptCells: 0 }));
    const codeOf = async (limits: ServiceOptions['limits']) =>
      (await fresh.query(ledige, { limits })).diagnostics.map(({ code }) => code);
    expect(await codeOf({ bytes: 1 })).toEqual(['query-too-large']);
    const slow = await fresh.query({ ...ledige, route: 'base' }, { limits: { milliseconds: 0 } });
    expect(slow.diagnostics.map(({ code }) => code)).toEqual(['query-too-slow']);
    expect(await codeOf({ bytes: 1e6, milliseconds: Infinity })).toEqual([]);
  });
});
