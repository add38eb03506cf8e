import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Expression } from '../../src/formula/expression.ts';
import { loadParser } from '../../src/formula/parse.ts';
import {
  beginningOfTime,
  type Classification,
  type Dimension,
  endOfTime,
  type Member,
  type Source,
  type SourceColumn,
} from '../../src/model/types.ts';
import { type CheckedSource, checkSource } from '../../src/supply/checkSource.ts';
import type { CodeLists } from '../../src/supply/codeLookup.ts';
import type { ParquetEngine } from '../../src/supply/parquet/questions.ts';
import { readCsv } from '../../src/supply/readCsv.ts';

const parse = await loadParser();

/** A condition as a contract writes it. */
export function condition(text: string): Expression {
  const { value, diagnostics } = parse(text, { file: 'test.yaml', start: 0 });
  if (value === undefined) throw new Error(JSON.stringify(diagnostics));
  return value;
}

const member = (code: string, da: string, changes: Partial<Member> = {}): Member => ({
  code,
  label: { da, en: da },
  validFrom: beginningOfTime,
  validTo: endOfTime,
  parents: {},
  aliases: [],
  expected: true,
  provisional: false,
  ...changes,
});

const classification = (id: string, members: readonly Member[], codeLength?: number): Classification => ({
  id,
  label: { da: id, en: id },
  members,
  ...(codeLength === undefined ? {} : { codeLength }),
});

export const lists: CodeLists = {
  classifications: {
    kommune: classification(
      'kommune',
      [
        member('101', 'København', { label: { da: 'København', en: 'Copenhagen' }, aliases: ['Kobenhavn'] }),
        member('147', 'Frederiksberg'),
        member('411', 'Christiansø', { expected: false }),
        member('492', 'Ærø', { validFrom: '2007-01-01' }),
      ],
      3,
    ),
    region: classification('region', [
      member('084', 'Region Hovedstaden'),
      member('086', 'Region Østdanmark', { validFrom: '2027-01-01' }),
    ]),
    land: classification('land', [member('000', 'Hele landet', { aliases: ['0'] })]),
    funktion: classification(
      'funktion',
      [member('02820', 'Grønne områder'), member('32201', 'Folkeskoler')],
      5,
    ),
  },
  dimensions: {
    kommune: dimension('kommune', ['kommune', 'region', 'land']),
    funktion: dimension('funktion', ['funktion']),
  },
};

function dimension(id: string, levels: readonly string[]): Dimension {
  return { id, label: { da: id, en: id }, leaf: id, levels, hierarchies: { [id]: levels } };
}

type Of<Kind extends SourceColumn['kind']> = Extract<SourceColumn, { kind: Kind }>;

export const codeColumn = (changes: Partial<Of<'code'>> = {}): Of<'code'> => ({
  kind: 'code',
  name: 'kommune',
  from: 'kommune_kode',
  dimension: 'kommune',
  levels: ['kommune', 'land'],
  role: null,
  match: 'code',
  emptyIsUnknown: false,
  unknown: 'refuse',
  expect: 'delivered',
  ...changes,
});

export const periodColumn = (changes: Partial<Of<'period'>> = {}): Of<'period'> => ({
  kind: 'period',
  name: 'periode',
  from: 'periode',
  constant: null,
  ...changes,
});

export const textColumn = (changes: Partial<Of<'text'>> = {}): Of<'text'> => ({
  kind: 'text',
  name: 'maaletal',
  from: 'maaletal',
  values: null,
  ...changes,
});

export const numberColumn = (changes: Partial<Of<'number'>> = {}): Of<'number'> => ({
  kind: 'number',
  name: 'vaerdi',
  from: 'vaerdi',
  decimals: 1,
  empty: [{ when: null, means: 'suppressed' }],
  min: null,
  max: null,
  ...changes,
});

export const dateColumn = (changes: Partial<Of<'date'>> = {}): Of<'date'> => ({
  kind: 'date',
  name: 'foedt',
  from: 'foedt',
  emptyIsNone: false,
  ...changes,
});

export const timeColumn = (changes: Partial<Of<'time'>> = {}): Of<'time'> => ({
  kind: 'time',
  name: 'ind',
  from: 'ind',
  emptyIsNone: false,
  ...changes,
});

export const keyColumn = (changes: Partial<Of<'key'>> = {}): Of<'key'> => ({
  kind: 'key',
  name: 'person',
  from: 'person',
  of: 'integer',
  personal: true,
  emptyIsNone: false,
  ...changes,
});

/** kommune;maaletal;periode;vaerdi, as STAR sends it. */
export function sourceWith(
  changes: Partial<Source> & { readonly inFile?: Partial<Source['file']> } = {},
): Source {
  const { inFile = {}, ...rest } = changes;
  return {
    id: 'star.ledighed',
    label: { da: 'Ledighed', en: 'Unemployment' },
    supplier: 'STAR',
    origin: null,
    frequency: 'M',
    delivery: 'full',
    file: {
      names: ['star_*.csv'],
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      decimal: '.',
      header: ['kommune_kode', 'maaletal', 'periode', 'vaerdi'],
      rows: null,
      synthetic: null,
      ...inFile,
    },
    columns: [codeColumn(), textColumn(), periodColumn(), numberColumn()],
    key: ['kommune', 'maaletal', 'periode'],
    absence: 'missing',
    deliveredBy: null,
    derivation: null,
    contract: 'c0ffee',
    ...rest,
  };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Checks a CSV text against a contract that claims all its rows. */
export function check(source: Source, text: string): CheckedSource {
  const { value: table, diagnostics } = readCsv('star.csv', bytesOf(text), source.file);
  if (table === undefined) throw new Error(JSON.stringify(diagnostics));
  return checkSource(table, { source, rows: table.rows.map((_, row) => row) }, lists);
}

/** Code, line and column of every refusal. */
export const refusalsOf = ({ refusals }: CheckedSource) =>
  refusals.map(({ code, row, column }) => [code, row, column]);

/** What a diagnostic says of a place in a table. */
export const said = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, place }) => [code, place?.row, place?.column]);

/** `check` of one row of the four columns. */
export const checkRow = (source: Source, row: string): CheckedSource =>
  check(source, `kommune_kode;maaletal;periode;vaerdi\n${row}\n147;other;2026M01;1\n`);

/** The bytes of a delivery as it is opened, in two pieces. */
export const opening = (bytes: Uint8Array) =>
  async function* (): AsyncIterable<Uint8Array> {
    const middle = Math.floor(bytes.length / 2);
    yield bytes.subarray(0, middle);
    yield bytes.subarray(middle);
  };

const refuse = () => {
  throw new Error('no Parquet here');
};

/** In place of an engine where no delivery is Parquet. */
export const noParquet: ParquetEngine = { describe: refuse, ask: refuse, write: refuse, writeTable: refuse };
