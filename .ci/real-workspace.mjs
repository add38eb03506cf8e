// Lays out a workspace with the project's definitions and the real releases of the developers' desk,
// publishes it, and checks the figures that are known. A line per check, then "N passed, N failed".
//
//   node .ci/real-workspace.mjs PROJECT DATA WORKSPACE
//
// PROJECT has been built; DATA holds the files that SOURCES.md there describes; WORKSPACE is made.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [project, data, workspace] = process.argv.slice(2);
if (!workspace) throw new Error('usage: real-workspace.mjs PROJECT DATA WORKSPACE');

const releases = [
  ['employment/star_jobindsats_release1.csv', '2026-08-19T05:03:20Z', 'STAR'],
  ['employment/star_jobindsats_release2.csv', '2026-08-19T07:58:44Z', 'STAR'],
  ['employment/star_jobindsats_release3.csv', '2026-08-19T18:49:14Z', 'STAR'],
  // Of these no time of receipt is known; any before STAR's will do.
  ['population/FOLK1A_12omraader_koen_alder_2008-2020.csv', '2026-01-02T08:00:00Z', 'Danmarks Statistik'],
  ['population/FOLK1A_civilstand_alle_omraader_2020K1.csv', '2026-01-02T08:01:00Z', 'Danmarks Statistik'],
  [
    'accounts/REGK11_hk4_sundhed_drift_netto_pr_indb_2008-2022.csv',
    '2026-01-02T08:02:00Z',
    'Danmarks Statistik',
  ],
];

let passed = 0;
let failed = 0;
layOut(workspace);
checkPublish();
checkEmployment();
checkIndependence();
checkPopulation();
checkAccounts();
checkDiff();
checkRevisions();
checkUnchanged();
checkDamage();
checkSignatures();
await checkKilled();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function layOut(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['kpi-definitions', 'cubes', 'data/classifications', 'data/deliveries']) {
    cpSync(join(project, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes(join('cubes', 'published')),
    });
  }
  for (const [file, received, sender] of releases) {
    const target = join(folder, 'data/deliveries', basename(file));
    cpSync(join(data, file), target);
    writeFileSync(`${target}.receipt.yaml`, `received: "${received}"\nsender: ${sender}\n`);
  }
}

function checkPublish() {
  check('publish exits 0', () => equal(flis('publish').status, 0));
  check('beskaeftigelse has one edition for 2026M06 and two for 2026M07', () => {
    const editions = csv('editions', 'beskaeftigelse').map(({ edition }) => edition.slice(0, 9));
    equal(editions, ['2026M06-1', '2026M07-1', '2026M07-2']);
  });
  for (const cube of ['befolkning', 'regnskab', 'indikatorer']) {
    check(`${cube} is published`, () => equal(csv('editions', cube).length > 0, true));
  }
}

function checkEmployment() {
  const first = csv('editions', 'beskaeftigelse')[0]?.edition ?? '';
  figure(['ledige', 'land', '2026M07'], '000', '91533');
  figure(['ledige', 'land', '2026M06'], '000', '89848');
  figure(['ledige', 'land', '2026M06', '--edition', first], '000', '88033');
  figure(['ledige', 'land', '2026M06', '--edition', first], 'uoplyst', '48');
  figure(['ledige', 'landsdel', '2026M07'], '09', '15529');
  figure(['ledige_pr_1000', 'landsdel', '2026M07'], '09', '16.278', 3);
  figure(['ledige', 'land', '2026K2'], '000', '91025');
  ['10321', '20229', '19697', '22921', '13156'].forEach((value, at) => {
    figure(['kontanthjaelp_fuldtid', 'region', '2026M06'], `08${at + 1}`, value);
  });
  figure(['kontanthjaelp_fuldtid', 'region', '2026M06', '--hierarchy', '2027-01-01'], '086', '36077');
  check('the regions of kontanthjaelp_fuldtid add up to the total', () => {
    const rows = query('beskaeftigelse', 'kontanthjaelp_fuldtid', 'region', '2026M06', '--totals');
    const total = rows.find(({ region }) => region === 'total');
    const parts = rows.filter(({ region }) => region !== 'total');
    equal(sum(parts.map((row) => row.kontanthjaelp_fuldtid)), Number(total?.kontanthjaelp_fuldtid));
  });
  check('kontanthjaelp_personer by region is refused, with the reason', () => {
    const { status, stdout, stderr } = ask('beskaeftigelse', 'kontanthjaelp_personer', 'region', '2026M06');
    equal([status, stdout], [1, '']);
    equal(/kontanthjaelp_personer/.test(stderr) && /region/.test(stderr), true);
  });
  check("kontanthjaelp_personer at land is the source's own total, marked", () => {
    const [row] = query('beskaeftigelse', 'kontanthjaelp_personer', 'land', '2026M06', '--flags');
    equal([row?.kontanthjaelp_personer, row?.kontanthjaelp_personer_flags], ['88662', 'source_total']);
  });
  check('langtidsledige 2026M06 covers 96 of 98 kommuner', () => {
    const [row] = query('beskaeftigelse', 'langtidsledige', 'land', '2026M06', '--coverage');
    equal([row?.langtidsledige_delivered, row?.langtidsledige_expected], ['96', '98']);
  });
  check('ledige_pr_1000 before 2026 is not delivered', () => {
    const [row] = query('beskaeftigelse', 'ledige_pr_1000', 'land', '2025M07');
    equal([row?.ledige_pr_1000, row?.ledige_pr_1000_status], ['', 'not_delivered']);
  });
  check('ledige of every kommune and month is what STAR delivered last', () => {
    const delivered = records(join(data, releases[2][0]), ';').filter(
      (row) => row.datasaet === 'unemployment' && row.maaletal === 'total' && row.kommune_kode !== '000',
    );
    const rows = query('beskaeftigelse', 'ledige', 'kommune,maaned', '2021M08..2026M07');
    const figures = (list, ...names) => list.map((row) => names.map((name) => row[name]).join(' ')).sort();
    equal(
      figures(
        rows.filter((row) => row.ledige !== ''),
        'kommune',
        'maaned',
        'ledige',
      ),
      figures(
        delivered
          .filter((row) => row.vaerdi !== '')
          .map((row) => ({ ...row, vaerdi: String(Number(row.vaerdi)) })),
        'kommune_kode',
        'periode',
        'vaerdi',
      ),
    );
  });
  check("the source's own total stands beside ours, and is not added", () => {
    const answer = JSON.parse(ask('beskaeftigelse', 'ledige', 'land', '2026M07', '--format', 'json').stdout);
    const notes = answer.notes.map(({ text }) => text.da.replaceAll('.', '')).join(' ');
    equal(notes.includes('91583') && notes.includes('91533'), true);
  });
}

function checkIndependence() {
  const column = (rows, name) => rows.map((row) => `${row.region} ${row[name]} ${row[`${name}_status`]}`);
  for (const kpi of ['ledige', 'ledige_pr_1000', 'kontanthjaelp_fuldtid', 'langtidsledige']) {
    check(`${kpi} does not change with what else is asked`, () => {
      const all = 'langtidsledige,kontanthjaelp_fuldtid,ledige_pr_1000,ledige';
      const alone = query('beskaeftigelse', kpi, 'region', '2026M06');
      equal(column(query('beskaeftigelse', all, 'region', '2026M06'), kpi), column(alone, kpi));
    });
  }
}

function checkPopulation() {
  check('folketal at land 2026 is 6025511', () => {
    equal(
      query('befolkning', 'folketal', 'land', '2026').map((row) => row.folketal),
      ['6025511'],
    );
  });
  check('folketal_alder at land 2020K1 is what came, and is told to differ from folketal_civilstand', () => {
    const answer = JSON.parse(
      ask('befolkning', 'folketal_alder', 'land', '2020K1', '--format', 'json').stdout,
    );
    const notes = answer.notes.map(({ text }) => text.da.replaceAll('.', '')).join(' ');
    equal([notes.includes('5757171'), notes.includes('5822763')], [true, true]);
  });
}

function checkAccounts() {
  const published = records(
    join(project, 'data/deliveries/REGK31_2024_udvalgte_funktioner_netto_pr_indb.csv'),
    ',',
  );
  const folkeskoler = published.filter((row) => row.funktion_kode === '32201');
  const where = ['--where', 'funktion == "3.22.01"'];
  const kpi = 'nettodriftsudgift_pr_indbygger';
  check(`${kpi} of 3.22.01 by kommune is as published`, () => {
    const rows = query('regnskab', kpi, 'kommune', '2024', ...where);
    const expected = folkeskoler.filter((row) => row.kommune_kode !== '0');
    equal(
      rows.map((row) => `${row.kommune} ${row[kpi]}`),
      expected.map((row) => `${row.kommune_kode.padStart(3, '0')} ${Number(row.beloeb_kr_pr_indb)}`).sort(),
    );
  });
  check(`${kpi} of 3.22.01 by region is a weighted mean, marked as such`, () => {
    const inhabitants = new Map(
      records(join(project, 'data/deliveries/folketal_2026_kommune.csv'), ',').map((row) => [
        row.kommune_kode.padStart(3, '0'),
        Number(row.folketal),
      ]),
    );
    const regions = new Map(
      records(join(data, 'codes/kommuner.csv'), ',').map((row) => [
        row.kommune_kode.padStart(3, '0'),
        `0${row.region_kode}`,
      ]),
    );
    const rows = query('regnskab', kpi, 'region', '2024', ...where, '--flags', '--decimals', '3');
    const expected = [...new Set(regions.values())].sort().map((region) => {
      const parts = folkeskoler
        .map((row) => ({ code: row.kommune_kode.padStart(3, '0'), value: Number(row.beloeb_kr_pr_indb) }))
        .filter(({ code }) => regions.get(code) === region);
      const weight = ({ code }) => inhabitants.get(code);
      const mean = sum(parts.map((part) => part.value * weight(part))) / sum(parts.map(weight));
      return `${region} ${Number(mean.toFixed(3))} imputed weighted`;
    });
    equal(
      rows.map((row) => `${row.region} ${row[kpi]} ${row[`${kpi}_flags`]}`),
      expected,
    );
  });
  check(`${kpi} of 3.22.01 at land is the source's own 6935, beside ours, 6937`, () => {
    const answer = JSON.parse(ask('regnskab', kpi, 'land', '2024', ...where, '--format', 'json').stdout);
    const cell = answer.rows[0]?.cells[kpi];
    const notes = answer.notes.map(({ text }) => text.da.replaceAll('.', '')).join(' ');
    equal([cell?.value, cell?.flags.includes('source_total'), notes.includes('6937')], [6935, true, true]);
  });
  for (const [funktion, delivered] of [
    ['4.62.81', '83'],
    ['5.30.28', '77'],
  ]) {
    check(`${funktion} says that it covers ${delivered} of 98 kommuner`, () => {
      const [row] = query(
        'regnskab',
        kpi,
        'land',
        '2024',
        '--where',
        `funktion == "${funktion}"`,
        '--coverage',
      );
      equal([row?.[`${kpi}_delivered`], row?.[`${kpi}_expected`]], [delivered, '98']);
    });
  }
}

function checkDiff() {
  const kpis = 'ledige,ledige_dagpenge,ledige_kontanthjaelp';
  const entries = csv('diff', 'beskaeftigelse', '1', '2', '--kpi', kpis);
  const cells = entries.filter(({ kind }) => kind === 'cell');
  const changed = (kpi, unknown) =>
    cells.filter(
      (cell) =>
        cell.name === kpi &&
        cell.change === 'moved' &&
        cell.kommune !== '' &&
        (cell.kommune === 'uoplyst') === unknown,
    ).length;
  for (const [kpi, known, unknown] of [
    ['ledige', 565, 31],
    ['ledige_dagpenge', 448, 31],
    ['ledige_kontanthjaelp', 228, 13],
  ]) {
    check(`diff from edition 1 to 2 has ${known} and ${unknown} moved figures of ${kpi}`, () => {
      equal([changed(kpi, false), changed(kpi, true)], [known, unknown]);
    });
  }
  check('diff from edition 1 to 2 has the month that came and the one that left', () => {
    const periods = (change) => [
      ...new Set(
        cells.filter((cell) => cell.change === change && cell.name === 'ledige').map(({ period }) => period),
      ),
    ];
    equal([periods('new'), periods('gone')], [['2026M07'], ['2021M07']]);
  });
  check(
    'the ledger from 1 to 2 has 1600 changed, 600 gone and 600 new source cells, all with their cause',
    () => {
      const causes = (change) => {
        const own = cells.filter((cell) => cell.change === change);
        return [own.length, ...new Set(own.map((cell) => cell.causes.replace(/\d+/, 'N')))];
      };
      equal(['moved', 'gone', 'new', 'status'].map(causes), [
        [1600, 'delivery-N-changed'],
        [600, 'window-gone'],
        [600, 'window-new'],
        [0],
      ]);
    },
  );
  check('the parts of every movement add up to it', () => {
    const moved = entries.filter(({ change }) => change === 'moved');
    const millionths = (text) => Math.round(Number(text || 0) * 1e6);
    const wrong = moved.filter((entry) => {
      const parts = Object.keys(entry).filter((name) => name.startsWith('part_'));
      return sum(parts.map((name) => millionths(entry[name]))) !== millionths(entry.difference);
    });
    equal([moved.length > 0, wrong.length], [true, 0]);
  });
  check('national ledige 2026M06 moved from 88033 to 89848, for rows that release 2 changed', () => {
    const found = entries.filter(
      (entry) =>
        entry.kind === 'kpi' &&
        entry.name === 'ledige' &&
        entry.by === 'land' &&
        entry.land === '000' &&
        entry.period === '2026M06',
    );
    equal(
      found.map(({ before, after, difference, causes }) => [
        before,
        after,
        difference,
        /^delivery-\d+-changed$/.test(causes),
      ]),
      [['88033', '89848', '1815', true]],
    );
  });
}

/** A month's figure in each of the editions, as `query --edition` gives it too. */
function checkRevisions() {
  const moved = (...more) =>
    csv('revisions', 'beskaeftigelse', '--kpi', 'ledige', '--by', 'land', ...more).filter(
      ({ land }) => land === '000',
    );
  check('the triangle of national ledige 2026M06 shows 88033, then 89848', () => {
    equal(
      moved('--period', '2026M06').map((row) => [row.number, row.value, row.moved]),
      [
        ['1', '88033', ''],
        ['2', '89848', '1815'],
        ['3', '89848', '0'],
      ],
    );
  });
  check('every edition in the triangle of ledige says what it says when it is asked by itself', () => {
    const rows = moved();
    for (const { edition } of csv('editions', 'beskaeftigelse')) {
      const alone = flis(
        ...['query', 'beskaeftigelse', '--kpi', 'ledige', '--by', 'land,maaned', '--edition', edition],
        ...['--format', 'csv'],
      );
      equal(
        rows.filter((row) => row.edition === edition).map((row) => [row.maaned, row.value, row.status]),
        table(alone.stdout)
          .filter(({ land }) => land === '000')
          .map((row) => [row.maaned, row.ledige, row.ledige_status]),
      );
    }
  });
}

function checkUnchanged() {
  const before = csv('editions');
  check('publishing again changes nothing and says so', () => {
    const { status, stdout } = flis('publish');
    equal([status, /unchanged/.test(stdout)], [0, true]);
    equal(csv('editions'), before);
  });
  check('verify finds every edition sound', () => equal(flis('verify').status, 0));
}

/** One bit in one object: the query that reads it must refuse, naming it. */
function checkDamage() {
  check('a flipped bit in any object is refused, by the name of the object', () => {
    const objects = join(workspace, 'cubes/published/objects');
    const read = readdirSync(objects, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    // All of a share at once, each by its name: an object for each month would else be a process each.
    const shares = 4;
    for (let share = 0; share < shares; share += 1) {
      const files = read.filter((_, at) => at % shares === share);
      const sound = files.map((file) => readFileSync(file));
      for (const [at, file] of files.entries()) {
        const damaged = Buffer.from(sound[at]);
        damaged[damaged.length >> 1] ^= 1;
        rmSync(file);
        writeFileSync(file, damaged);
      }
      const { status, stdout, stderr } = flis('verify');
      for (const [at, file] of files.entries()) {
        rmSync(file);
        writeFileSync(file, sound[at]);
      }
      const unnamed = files.filter((file) => !`${stdout}${stderr}`.includes(basename(file)));
      equal([status, unnamed], [3, []]);
    }
  });
}

/** What says which editions there are: nobody changes it, takes of it or adds to it without the key. */
function checkSignatures() {
  const store = join(workspace, 'cubes/published');
  const records = readdirSync(store, { recursive: true })
    .filter((name) => /(editions[/\\]\d{8}|newest)\.json$/.test(name))
    .map((name) => join(store, name));
  const newest = join(store, 'beskaeftigelse/editions/00000003.json');
  const asked = () => ask('beskaeftigelse', 'ledige', 'land', '2026M07');
  /** The workspace with a file as `change` makes it, null for gone, and whole again afterwards. */
  const within = (file, change, look) => {
    const sound = readFileSync(file);
    rmSync(file);
    const changed = change(Buffer.from(sound));
    if (changed !== null) writeFileSync(file, changed);
    try {
      return look();
    } finally {
      rmSync(file, { force: true });
      writeFileSync(file, sound);
    }
  };
  check('every edition is signed and in the chain', () => {
    const { status, stdout } = flis('verify');
    equal([status, /NOBODY|BROKEN|unknown/.test(stdout), records.length > 8], [0, false, true]);
  });
  check('a flipped bit in any edition, or in what is said to be the newest, is refused', () => {
    const flip = (bytes) => {
      bytes[bytes.length >> 1] ^= 1;
      return bytes;
    };
    for (const file of records) equal([file, within(file, flip, () => flis('verify').status)], [file, 3]);
  });
  check('an edition without its signature is refused', () => {
    const bare = (bytes) => Buffer.from(JSON.parse(bytes).payload, 'base64');
    const { status, stderr } = within(newest, bare, asked);
    equal([status, /error\[/.test(stderr)], [3, true]);
  });
  check('a store that was set back is refused by whoever has seen more', () => {
    equal(asked().status, 0);
    const { status, stderr } = within(newest, () => null, asked);
    equal([status, /error\[rolled-back\]/.test(stderr)], [3, true]);
    equal(asked().status, 0);
  });
}

/** Killed at ten moments, `publish` leaves no edition that is not whole, and the next one works. */
async function checkKilled() {
  const folder = `${workspace}-killed`;
  layOut(folder);
  for (let at = 1; at <= 10; at += 1) {
    const child = spawn(process.execPath, [program(), 'publish', '--root', folder], { stdio: 'ignore' });
    await new Promise((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), at * 300);
      child.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    check(`killed after ${at * 300} ms, publish leaves only whole editions`, () => {
      equal(run('verify', '--root', folder).status, 0);
    });
  }
  check('after all kills the next publish gives the same three editions', () => {
    equal(run('publish', '--root', folder).status, 0);
    const ids = (root) =>
      table(run('editions', 'beskaeftigelse', '--format', 'csv', '--root', root).stdout).map(
        ({ edition }) => edition,
      );
    equal(ids(folder), ids(workspace));
  });
}

function figure([kpi, level, period, ...more], member, expected, decimals = 6) {
  check(
    `${kpi} by ${level} ${period}${more.length > 0 ? ` ${more.join(' ')}` : ''}: ${member} is ${expected}`,
    () => {
      const rows = query('beskaeftigelse', kpi, level, period, ...more, '--decimals', String(decimals));
      const row = rows.find((one) => one[level] === member);
      equal([row?.[kpi], row?.[`${kpi}_status`]], [expected, 'ok']);
    },
  );
}

function check(name, body) {
  try {
    body();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}\n    ${error.message.replaceAll('\n', '\n    ')}`);
  }
}

function equal(got, expected) {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`got      ${a?.slice(0, 500)}\nexpected ${b?.slice(0, 500)}`);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + Number(number), 0);
}

function ask(cube, kpi, by, period, ...more) {
  const format = more.includes('--format') ? [] : ['--format', 'csv'];
  return flis('query', cube, '--kpi', kpi, '--by', by, '--period', period, ...format, ...more);
}

function query(...question) {
  const { status, stdout, stderr } = ask(...question);
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
  return table(stdout);
}

function csv(...args) {
  const { status, stdout, stderr } = flis(...args, '--format', 'csv');
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
  return table(stdout);
}

function flis(...args) {
  return run(...args, '--root', workspace);
}

function run(...args) {
  return spawnSync(process.execPath, [program(), ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });
}

function program() {
  return join(project, 'dist/flis.js');
}

function records(file, delimiter) {
  return table(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), delimiter);
}

/** CSV as records by column; quotes are taken off, and no field of these files has a line break in it. */
function table(text, delimiter = ',') {
  const field = new RegExp(`${delimiter}(?:"((?:[^"]|"")*)"|([^${delimiter}]*))`, 'g');
  const [header, ...rows] = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) =>
      [...`${delimiter}${line}`.matchAll(field)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}
