import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Asking } from '../asking.ts';
import { type Context, conclude, during, requireWorkspace, tell } from '../context.ts';
import { type ExitCode, exitCodes } from '../exitCode.ts';
import { UseError } from '../useError.ts';
import type { FlisRecord, NewKpi } from '../wanted.ts';

export interface NewOptions {
  readonly id?: string;
  readonly labelDa?: string;
  readonly labelEn?: string;
  readonly definitionDa?: string;
  readonly definitionEn?: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly direction?: NewKpi['direction'];
  readonly validFrom?: string;
  readonly formula?: string;
  readonly measure?: readonly string[];
  readonly owner?: string;
  readonly fromRecord?: string;
  readonly record?: string;
}

/** Writes a KPI: without a word where the options say everything, else after asking for the rest. */
export async function newDefinition(context: Context, _kind: 'kpi', options: NewOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const record = await recordIn(context, options);
  if (record === undefined) return exitCodes.diagnostics;
  const given = withRecord(options, record);
  const { ask } = context.surroundings;
  const missing = required.filter(({ key }) => given[key] === undefined);
  if (missing.length === 0) return write(context, given, record);
  if (ask === null) {
    const names = missing.map(({ option }) => option).join(', ');
    throw new UseError(`There is nobody to ask, and these options are missing: ${names}.`);
  }
  const asking = await ask();
  try {
    return await writeWhatIsAnswered(context, asking, given, record);
  } finally {
    asking.close();
  }
}

/** Asks until what is said makes a KPI; a second round suggests the answers of the first. */
async function writeWhatIsAnswered(
  context: Context,
  asking: Asking,
  given: NewOptions,
  record: FlisRecord | null,
): Promise<ExitCode> {
  const answered = await answers(asking, given);
  const code = await write(context, answered, record);
  if (code !== exitCodes.diagnostics) return code;
  const again = await asking.question('Nothing is written yet. Answer again?', 'yes');
  return /^(y|j)/i.test(again) ? writeWhatIsAnswered(context, asking, { ...answered }, record) : code;
}

/** What a KPI cannot be without, in the order it is asked for. */
const required = [
  { key: 'id', option: '--id', text: 'Id (domain.name)', suggestion: '' },
  { key: 'labelDa', option: '--label-da', text: 'Name in Danish', suggestion: '' },
  { key: 'labelEn', option: '--label-en', text: 'Name in English', suggestion: '' },
  { key: 'unit', option: '--unit', text: 'Unit (person, kr./borger, pct.)', suggestion: '' },
  {
    key: 'formula',
    option: '--formula',
    text: 'Formula over measures, e.g. ledige / folketal',
    suggestion: '',
  },
] as const;

/** What has an answer already where nobody says otherwise. */
const usual = [
  { key: 'direction', text: 'Better is (higher_is_better, lower_is_better, neutral)', suggestion: 'neutral' },
  { key: 'validFrom', text: 'Holds from (2026, 2026M07)', suggestion: '' },
] as const;

async function answers(asking: Asking, given: NewOptions): Promise<NewOptions> {
  const said: Record<string, unknown> = { ...given };
  for (const { key, text, suggestion } of [...required, ...usual]) {
    const before = given[key];
    said[key] = await asking.question(text, before === undefined ? suggestion : String(before));
    if (said[key] === '') delete said[key];
  }
  const formula = String(said.formula ?? '');
  said.measure = given.measure ?? (await measures(asking, formula));
  return said as NewOptions;
}

/** Each name of the formula that is no function and no KPI of another file is a measure of this one. */
async function measures(asking: Asking, formula: string): Promise<readonly string[]> {
  const names = [...formula.matchAll(/(?<![\w."æøå])([a-zæøå_][\wæøå]*)(?![\w.(æøå]|\s*\()/gi)].map(
    ([, name]) => name ?? '',
  );
  const texts: string[] = [];
  for (const name of new Set(names)) {
    const source = await asking.question(`Source of ${name} (nothing: it is another KPI)`, '');
    if (source === '') continue;
    const aggregate = await asking.question(`How ${name} aggregates (sum, count, min, max, …)`, 'sum');
    const column = await asking.question(`Column that ${name} takes`, aggregate === 'count' ? 'rows' : '');
    const where = await asking.question(`Which rows of ${name}, as a condition (nothing: all)`, '');
    const unit = await asking.question(`Unit of ${name}`, '');
    const overTime = await asking.question(`${name} over time (sum, mean, last, first, none)`, 'sum');
    const period = await asking.question(
      `Period of ${name} (nothing: the asked one; Å_Primo, Å_Midt, Å_SenSkoleStart)`,
      '',
    );
    const fields = { source, [aggregate]: column, where, unit, over_time: overTime, period };
    const written = Object.entries(fields).filter(([, value]) => value !== '');
    // JSON is YAML.
    texts.push(`${name}: ${JSON.stringify(Object.fromEntries(written))}`);
  }
  return texts;
}

function withRecord(options: NewOptions, record: FlisRecord | null): NewOptions {
  const title = record?.['Nøgletals titel'];
  return title === undefined || options.labelDa !== undefined ? options : { ...options, labelDa: title };
}

/** The record to begin with, null where none is named; undefined where it cannot be read, which is told. */
async function recordIn(
  context: Context,
  { fromRecord, record: wanted }: NewOptions,
): Promise<FlisRecord | null | undefined> {
  if (fromRecord === undefined) return null;
  const path = resolve(context.surroundings.folder, fromRecord);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new UseError(`There is no file "${fromRecord}" that can be read.`);
  const read = await (await context.surroundings.pipeline()).readRecord(fromRecord, text, wanted ?? null);
  tell(context, { ...read, texts: new Map([[fromRecord, text]]) });
  return read.value;
}

async function write(context: Context, options: NewOptions, record: FlisRecord | null): Promise<ExitCode> {
  const { output, now } = context.surroundings;
  const wanted = wantedBy(options, record, String(now().getFullYear()));
  const outcome = await during(context, (pipeline, outside) => pipeline.newKpi(outside, wanted));
  return conclude(context, outcome, ({ file }) =>
    output.write(`wrote ${file}, a draft; try it: flis try ${wanted.id}\n`),
  );
}

function wantedBy(options: NewOptions, record: FlisRecord | null, year: string): NewKpi {
  const {
    id = '',
    labelDa = '',
    labelEn = '',
    definitionDa,
    definitionEn,
    unit = '',
    formula = '',
  } = options;
  const danish = definitionDa ?? record?.Definition;
  if ((definitionDa === undefined) !== (definitionEn === undefined) && danish === undefined)
    throw new UseError('A definition is in both languages: write --definition-da and --definition-en.');
  const hasDefinition = danish !== undefined && danish !== '' && definitionEn !== undefined;
  return {
    id,
    label: { da: labelDa, en: labelEn },
    definition: hasDefinition ? { da: danish, en: definitionEn } : null,
    unit,
    decimals: options.decimals ?? 1,
    direction: options.direction ?? 'neutral',
    validFrom: options.validFrom ?? year,
    formula,
    measures: options.measure ?? [],
    owner: options.owner ?? null,
    record,
  };
}
