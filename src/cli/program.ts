import { Argument, Command, Option } from 'commander';
import { version } from '../version.ts';
import { type CommonOptions, type Context, contextOf } from './context.ts';
import type { ExitCode } from './exitCode.ts';
import type { Surroundings } from './surroundings.ts';
import { decimalNumber, list, several, wholeNumber } from './values.ts';

/**
 * The command line: what can be written, and which file does it. A command's file is loaded when it is
 * called, so that no command pays for another. `finish` is told the exit code.
 */
export function programFor(surroundings: Surroundings, finish: (code: ExitCode) => void): Command {
  const program = new Command('flis')
    .description('From deliveries to published cubes of Danish municipal figures, and answers from them.')
    .version(version)
    .addOption(
      new Option('--root <dir>', 'the workspace: a folder with kpi-definitions/, cubes/ and data/').default(
        '.',
        'the current folder',
      ),
    )
    .addOption(
      new Option('--locale <locale>', 'language and numbers of tables on a terminal')
        .choices(['da', 'en'])
        .default(undefined, 'from LC_ALL, LC_NUMERIC, LANG'),
    )
    .option('--embargoed', 'for who publishes: open a named edition before its time')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.output.write(text),
      writeErr: (text) => surroundings.errors.write(text),
      getOutHelpWidth: () => surroundings.output.columns ?? 100,
      getErrHelpWidth: () => surroundings.errors.columns ?? 100,
    });

  const command = (name: string, summary: string) => program.command(name).description(summary);

  /** An action that loads its command, gives it the context, and passes on its exit code. */
  const run =
    <Values extends unknown[]>(
      load: () => Promise<(context: Context, ...values: Values) => Promise<ExitCode>>,
    ) =>
    async (...values: Values) => {
      const act = await load();
      finish(await act(contextOf(surroundings, program.opts<CommonOptions>()), ...values));
    };

  command('check', 'read all definitions and say what is wrong with them, with file, line and column')
    .argument('[path...]', 'only what concerns these files or folders')
    .option('--impact', 'also which published figures the definitions at hand would move, and how much')
    .option('--watch', 'check again whenever a definition changes, until Ctrl-C')
    .addOption(format('text', 'json', 'csv'))
    .action(run(async () => (await import('./commands/check.ts')).check));

  command('new', 'write a new KPI, a draft: from options, and questions for what they leave out')
    .addArgument(new Argument('<kind>', 'what to write').choices(['kpi']))
    .option('--id <id>', 'domain.name')
    .option('--label-da <text>', 'Danish name')
    .option('--label-en <text>', 'English name')
    .option('--definition-da <text>', 'what it is, in Danish')
    .option('--definition-en <text>', 'what it is, in English')
    .option('--unit <unit>', 'person, kr./borger, pct.')
    .option('--decimals <n>', 'decimals shown', wholeNumber(0, 9))
    .addOption(
      new Option('--direction <direction>', 'which way is better').choices([
        'higher_is_better',
        'lower_is_better',
        'neutral',
      ]),
    )
    .option('--valid-from <period>', 'first period: 2021M07, 2026')
    .option('--formula <formula>', 'over measures and other KPIs')
    .option(
      '--measure <yaml>',
      `'ledige: { source: star.ledighed, sum: vaerdi, … }'; again for more`,
      several,
    )
    .option('--owner <text>', 'who answers for it')
    .option('--from-record <file>', 'a FLIS record, JSON or CSV, to begin with')
    .option('--record <id>', 'which of the records in that file, by NøgletalID')
    .action(run(async () => (await import('./commands/new.ts')).newDefinition));

  command('try', 'run one KPI without publishing it: formula, components, rows at each step, spread')
    .argument('<kpi>', 'by id or name')
    .option('--kommune <code>', 'its figure of one kommune: 101')
    .option('--where <expr>', `a further filter: 'koen == "1"'`)
    .option('--period <period>', '2026M07, 2026K2, 2026; without it, the newest')
    .action(run(async () => (await import('./commands/try.ts')).tryOne));

  command('approve', 'put KPIs into force: from then on what they say may not change')
    .argument('[kpi...]', 'KPIs, by id or name')
    .option('--all', 'every KPI whose status says approved already')
    .action(run(async () => (await import('./commands/approve.ts')).approve));

  command('accounts', 'what a selection or partition of accounts holds: codes used and unused, and amounts')
    .argument('<id>', 'a selection or partition, by id or name')
    .option('--year <year>', 'only this year')
    .option('--source <id>', 'only what this source holds')
    .addOption(format('table', 'csv'))
    .action(run(async () => (await import('./commands/accounts.ts')).accounts));

  command('docs', 'write the catalogue of all KPIs as pages for a browser, without a network')
    .requiredOption('--to <dir>', 'the folder to write them to')
    .action(run(async () => (await import('./commands/docs.ts')).docs));

  command('ingest', 'check deliveries against their contracts and keep them as snapshots')
    .argument('<file...>', 'files as the supplier sent them')
    .option('--source <id>', 'the contract; without it, found by file name and header')
    .option('--received <time>', 'when they came, as ISO time; without it, from the sidecar file, or now')
    .action(run(async () => (await import('./commands/ingest.ts')).ingest));

  command('publish', 'take in what is new in data/deliveries, build what changed, and publish it')
    .argument('[cube...]', 'only these cubes')
    .option('--period <period>', 'publish as of this period, 2026M07')
    .option('--together', 'one edition of all that waits, not one for each time of receipt')
    .option('--dry-run', 'say what would be published and what gates say of it, and publish nothing')
    .option('--approve <gate>', 'publish one cube though this gate blocks it; again for more', several)
    .option('--by <name>', 'with --approve: who answers for it')
    .option('--reason <text>', 'with --approve: why; it stays in the edition')
    .action(run(async () => (await import('./commands/publish.ts')).publish));

  command('editions', 'what is published, oldest first')
    .argument('[cube]', 'only this cube')
    .option('--as-of <time>', 'only what could be seen then: 2026-08-19, 2026-08-19T05:03Z')
    .addOption(format('table', 'csv', 'json'))
    .action(run(async () => (await import('./commands/editions.ts')).editions));

  question(command('query', 'slice, dice, drill and pivot a published cube'))
    .option('--pivot <level>', 'set the members of this level side by side')
    .option(
      '--updated-after <time>',
      'only what changed since: 2026-08-19 (its beginning), 2026-08-19T05:03Z',
    )
    .option('--include-history', 'every version of the figures, and from when until when each was known')
    .option('--labels', 'names instead of codes')
    .option('--coverage', 'how many of the expected figures are known')
    .option('--flags', 'preliminary, imputed, weighted and so on')
    .option('--decimals <n>', 'decimals in files (a table has those of the KPI)', wholeNumber(0, 18), 6)
    .addOption(format('table', 'csv', 'json', 'arrow', 'parquet'))
    .action(run(async () => (await import('./commands/query.ts')).query));

  question(command('sql', 'the SQL of a query'))
    .option('--dialect <name>', 'duckdb or clickhouse', 'duckdb')
    .action(run(async () => (await import('./commands/sql.ts')).sql));

  command('explain', 'from a figure back to formula, components, rows, SQL and deliveries')
    .argument('<cube>')
    .argument('<kpi>')
    .option('--where <expr>', `which figure: 'kommune == "101"'`)
    .option('--period <period>', '2026M07, 2026K2, 2026')
    .option('--edition <id>', 'id or number; without it, the newest')
    .option('--as-of <time>', 'what was known then: 2026-08-19 (to the end of the day), 2026-08-19T05:03Z')
    .option('--hierarchy <mode>', 'as-is, as-was or a date')
    .option('--against <id>', 'the same figure of another edition beside it')
    .option('--rows <n>', 'source rows to tell of each component', wholeNumber(0, 1000), 5)
    .option('--decimals <n>', 'decimals in JSON', wholeNumber(0, 18), 6)
    .option('--to <file>', 'write it to this file')
    .addOption(format('text', 'json', 'svg'))
    .action(run(async () => (await import('./commands/explain.ts')).explain));

  command('diff', 'the ledger: which figures differ between two editions, by how much, and why')
    .argument('<cube>')
    .argument('[from]', 'an edition, by id or number; without it, the one before the other')
    .argument('[to]', 'another; without it, the newest')
    .option('--kpi <names>', 'only these KPIs or measures', list)
    .option('--by <levels>', 'also by these levels together: kommune,koen', list)
    .option('--where <expr>', `only figures of these: 'region == "082" and maaned == "2026M06"'`)
    .option('--level <level>', 'the level at which figures are compared and counted', 'kommune')
    .option('--all', 'at every level, and by longer periods too')
    .option('--hierarchy <mode>', 'as-is, as-was or a date')
    .option('--top <n>', 'rows of the lists of a table', wholeNumber(1, 1_000_000), 10)
    .option('--decimals <n>', 'decimals in files (a table has those of the KPI)', wholeNumber(0, 18), 6)
    .option('--to <file>', 'write to this file')
    .addOption(format('table', 'csv', 'json', 'parquet', 'html'))
    .action(run(async () => (await import('./commands/diff.ts')).diff));

  command(
    'revisions',
    'how a figure moved from edition to edition: a row for each month, a column for each edition',
  )
    .argument('<cube>')
    .requiredOption('--kpi <names>', 'KPIs or measures, with commas between', list)
    .option('--by <levels>', 'levels to split by; without it, the country by the finest time there is', list)
    .option('--where <expr>', `filter: 'kommune == "101"'`)
    .option('--period <period>', '2026M07, 2026K2, 2026, or a range 2026M01..2026M06')
    .option('--hierarchy <mode>', 'as-is, as-was or a date')
    .option('--last <n>', 'only so many of the newest editions', wholeNumber(1, 10_000))
    .option('--moved', 'in a table, only what editions say differently')
    .option('--decimals <n>', 'decimals in files (a table has those of the KPI)', wholeNumber(0, 18), 6)
    .addOption(format('table', 'csv', 'json'))
    .action(run(async () => (await import('./commands/revisions.ts')).revisions));

  command('verify', 'check published editions against their hashes')
    .argument('[cube]', 'only this cube')
    .argument('[edition]', 'only this edition, by id or number')
    .option('--rebuild', 'also that its inputs give it again')
    .action(run(async () => (await import('./commands/verify.ts')).verify));

  command('retract', 'take an edition back: it stays, with the reason, and is never again the newest')
    .argument('<cube>')
    .argument('<edition>', 'by id or number')
    .requiredOption('--reason <text>', 'why; every reader is shown it')
    .option('--by <name>', 'who takes it back; without it, whoever is logged in')
    .action(run(async () => (await import('./commands/retract.ts')).retract));

  const keys = command('keys', 'the keys that editions are signed with, and whose signatures count');
  const keyCommand = (name: string, summary: string) => keys.command(name).description(summary);
  keyCommand('list', 'keys of trust.json: since when, until when, and what they vouch for')
    .addOption(format('table', 'csv', 'json'))
    .action(run(async () => (await import('./commands/keysList.ts')).keysList));
  keyCommand('new', 'make a further key, which signs from now on')
    .option('--name <name>', 'what to call it; without it, after its own hash')
    .option('--to <date>', 'the day from which on it signs nothing; without it, no end')
    .action(run(async () => (await import('./commands/keysNew.ts')).keysNew));
  keyCommand('rotate', 'make a new key in place of those in use, which vouch for what there is and no more')
    .option('--name <name>', 'what to call it; without it, after its own hash')
    .option('--to <date>', 'the day from which on it signs nothing; without it, no end')
    .action(run(async () => (await import('./commands/keysRotate.ts')).keysRotate));
  keyCommand('revoke', 'take away the word of a key that has leaked or is lost')
    .argument('<key>', 'by name, or the beginning of its id')
    .requiredOption('--reason <text>', 'why; readers are shown it')
    .option('--last <cube=number>', 'the last edition that was really signed by you; again for more', several)
    .action(run(async () => (await import('./commands/keysRevoke.ts')).keysRevoke));

  command('fsck', 'look through both stores: what is damaged, missing, or needed by nobody')
    .option('--repair', 'put damaged files aside, make them again where that is possible, sweep leftovers')
    .addOption(format('table', 'csv', 'json'))
    .action(run(async () => (await import('./commands/fsck.ts')).fsck));

  command('gc', 'remove files that no edition and no snapshot needs')
    .option('--retention <days>', 'nothing younger is touched', wholeNumber(0, 36_500), 30)
    .option('--dry-run', 'say what would be removed, and remove nothing')
    .addOption(format('table', 'csv', 'json'))
    .action(run(async () => (await import('./commands/gc.ts')).gc));

  command('export', 'definitions and figures in the formats of others')
    .addArgument(new Argument('<format>', 'flis-record: KPIs as FLIS keeps them').choices(['flis-record']))
    .argument('<name...>', 'KPIs, by id or name')
    .addOption(format('json', 'csv'))
    .action(run(async () => (await import('./commands/export.ts')).exportAs));

  command('synthesize', 'make up deliveries: the shape of real ones, or a whole country of persons')
    .option('--like <kind>', 'releases with everything that goes wrong in real ones: star')
    .option('--releases <n>', 'with --like: how many, each revising the one before', wholeNumber(1, 120), 3)
    .option(
      '--scale <s>',
      'all nine domains: 1 is 6.0 million persons, 0.001 a test bed',
      decimalNumber(0.0001, 1.5),
    )
    .option('--months <n>', 'with --scale: how many', wholeNumber(1, 240), 24)
    .option('--until <month>', 'with --scale: the last of them', '2026M07')
    .option('--domains <names>', 'with --scale: only these', list)
    .option('--accounts <file>', 'with --scale: a CSV of account combinations to post on')
    .option('--faults', 'with --scale: what goes wrong in real deliveries, listed beside them')
    .requiredOption('--to <dir>', 'the folder to write them to')
    .option('--seed <n>', 'the same seed gives the same files', wholeNumber(0, 2 ** 31), 1)
    .action(run(async () => (await import('./commands/synthesize.ts')).synthesize));

  return program;
}

function format(...choices: readonly [string, ...string[]]): Option {
  return new Option('--format <format>', 'how to write it').choices(choices).default(choices[0]);
}

/** What a question to a cube is made of. */
function question(command: Command): Command {
  return command
    .argument('<cube>')
    .option(
      '--kpi <names>',
      'KPIs or measures, with commas between; without it, the members that occur',
      list,
    )
    .option('--by <levels>', 'levels to split by: kommune, region, maaned', list)
    .option('--where <expr>', `filter: 'region == "082" and koen in ["1","2"]'`)
    .option('--period <period>', '2026M07, 2026K2, 2026, or a range 2026M01..2026M06')
    .option('--edition <id>', 'id or number; without it, the newest')
    .option('--as-of <time>', 'what was known then: 2026-08-19 (to the end of the day), 2026-08-19T05:03Z')
    .option('--hierarchy <mode>', 'as-is, as-was or a date')
    .option('--order <column>', 'order by this column; -column for greatest first')
    .option('--top <n>', 'only the first n rows', wholeNumber(1, 1_000_000))
    .option('--totals', 'a row over everything');
}
