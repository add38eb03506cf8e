import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Definitions, frequencyOfGrain, label, monthsIn, periodOf } from './definitions.ts';
import { type Place, typeOf } from './places.ts';
import {
  calendarModel,
  type DimensionNeed,
  everyDay,
  type Fact,
  type FactWindow,
  frequencyOf,
  type Grouped,
  type Lookup,
  type TableRows,
  type Translation,
  timeColumn,
} from './translate.ts';

export const cubeName = 'dommer';

/** What the empty text is called, since an empty field of a delivery says that nothing is known. */
export const emptyText = '(tom)';

/** Definitions, classifications made from the data, and deliveries: everything that the questions need. */
export async function writeWorkspace(root: string, translation: Translation): Promise<void> {
  const { rows } = translation;
  handDown(translation);
  const definitions: Definitions = new Map();
  for (const need of translation.dimensions.values()) defineDimension(definitions, translation, need, rows);
  definitions.set('data/classifications/tabel.yaml', {
    classification: 'tabel',
    label: label('tabel'),
    members: deliveredFacts(translation).map((fact) => ({ code: fileOf(fact), label: label(fact.id) })),
  });
  definitions.set('kpi-definitions/dimensions/tabel.yaml', {
    dimension: 'tabel',
    label: label('tabel'),
    hierarchies: { tabel: ['tabel'] },
  });
  for (const fact of translation.facts.values()) {
    if (fact.movedIn) {
      for (const record of movedDefinitions(translation, fact, fact.movedIn))
        definitions.set(`kpi-definitions/rows/${record.rows.replace('.', '_')}.yaml`, record);
      continue;
    }
    definitions.set(`kpi-definitions/sources/${fileOf(fact)}.yaml`, contractOf(fact));
    await write(root, `data/deliveries/${fileOf(fact)}.csv`, deliveryOf(translation, fact, rows));
    if (isEnriched(fact))
      definitions.set(`kpi-definitions/rows/${fileOf(fact)}.yaml`, rowsDefinition(translation, fact));
  }
  for (const fact of translation.facts.values())
    for (const [at, record] of (fact.window
      ? windowDefinitions(fact, fact.window, enrichedOf(translation, fact.id))
      : []
    ).entries())
      definitions.set(`kpi-definitions/rows/${fileOf(fact)}_vindue_${at}.yaml`, record);
  for (const grouped of translation.grouped.values())
    definitions.set(`kpi-definitions/rows/${fileOf(grouped)}.yaml`, groupedDefinition(translation, grouped));
  for (const lookup of translation.lookups.values()) {
    definitions.set(`kpi-definitions/sources/${fileOf(lookup)}.yaml`, lookupContract(lookup));
    await write(root, `data/deliveries/${fileOf(lookup)}.csv`, lookupDelivery(translation, lookup, rows));
  }
  for (const [name, kpi] of translation.kpis) {
    const measures = Object.entries(kpi.measures).map(([key, measure]) => [
      key,
      { ...measure, source: sourceOf(translation, measure.source) },
    ]);
    definitions.set(`kpi-definitions/mf/${name}.yaml`, { ...kpi, measures: Object.fromEntries(measures) });
  }
  const measures = [...translation.kpis.values()].flatMap((kpi) => Object.values(kpi.measures));
  definitions.set(`cubes/${cubeName}.yaml`, {
    cube: cubeName,
    label: label(cubeName),
    kpis: [...translation.kpis.keys()].map((name) => `mf.${name}`),
    dimensions: ['tabel', ...translation.dimensions.keys()],
    wait_for: [...new Set(measures.flatMap(({ source }) => deliveredFor(translation, source)))],
  });
  for (const [path, record] of definitions) await write(root, path, `${JSON.stringify(record, null, 1)}\n`);
}

const deliveredFacts = ({ facts }: Translation): Fact[] =>
  [...facts.values()].filter((fact) => fact.movedIn === null);

/** The sources beneath a fact and what is looked up for it. */
function deliveredFor(translation: Translation, id: string): string[] {
  const moved = translation.facts.get(id)?.movedIn;
  if (moved) return [calendarSource, ...deliveredFor(translation, moved.from)];
  const grouped = translation.grouped.get(id);
  if (grouped) return deliveredFor(translation, grouped.fact);
  const matches = [...(translation.facts.get(id)?.matches.values() ?? [])];
  return [id, ...matches.flatMap(({ lookup }) => deliveredFor(translation, lookup))];
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const isEnriched = (fact: Fact | undefined): boolean =>
  fact !== undefined &&
  (fact.matches.size > 0 ||
    fact.movedBy !== 0 ||
    fact.movedIn !== null ||
    fact.window !== null ||
    [...fact.codes.values()].some(({ value }) => value !== null));

/** The rows of a fact with what is looked up, where anything is. */
const enrichedOf = ({ facts }: Translation, id: string): string =>
  isEnriched(facts.get(id)) ? `${id}_beriget` : id;

/** The rows that are counted. */
const sourceOf = (translation: Translation, id: string): string =>
  translation.facts.get(id)?.window ? `${id}_sidst` : enrichedOf(translation, id);

export const fileOf = ({ id }: { readonly id: string }): string => id.replace('.', '_');

// --- dimensions --------------------------------------------------------------------------------

function defineDimension(
  definitions: Definitions,
  translation: Translation,
  need: DimensionNeed,
  rows: TableRows,
): void {
  const codes = new Set([
    ...need.codes,
    ...need.places.flatMap((place) => codesAt(translation, place, need.isTime, rows)),
  ]);
  const coarser = [...need.levels].filter((grain) => grain !== 'day');
  const members = [...codes].sort().map((code) => ({
    code,
    label: label(code),
    ...(coarser.length === 0
      ? {}
      : {
          parents: Object.fromEntries(
            coarser.map((grain) => [`${need.id}__${grain}`, periodOf(code, grain)]),
          ),
        }),
  }));
  const classify = (id: string, list: unknown[]) =>
    definitions.set(`data/classifications/${id}.yaml`, {
      classification: id,
      label: label(id),
      members: list,
    });
  classify(need.leaf, members.length > 0 ? members : [{ code: 'ingen', label: label('ingen') }]);
  for (const grain of coarser) {
    const parents = [...new Set([...codes].map((code) => periodOf(code, grain)))].sort();
    classify(
      `${need.id}__${grain}`,
      parents.map((code) => ({ code, label: label(code) })),
    );
  }
  definitions.set(`kpi-definitions/dimensions/${need.id}.yaml`, {
    dimension: need.id,
    label: label(need.id),
    hierarchies:
      coarser.length === 0
        ? { [need.id]: [need.leaf] }
        : Object.fromEntries(
            coarser.map((grain) => [`${need.id}__${grain}`, [need.leaf, `${need.id}__${grain}`]]),
          ),
  });
}

function codesAt(translation: Translation, place: Place, isTime: boolean, rows: TableRows): string[] {
  const name = place.model.node_relation.alias;
  const at = columnAt(translation, name, place.column);
  return (rows.get(name) ?? []).flatMap((row) => {
    const code = codeOf(row[at] ?? null, isTime);
    return code === '' ? [] : [code];
  });
}

function columnAt({ world }: Translation, table: string, column: string): number {
  const at = world.tables[table]?.columns.findIndex(({ name }) => name === column) ?? -1;
  if (at < 0) throw new Error(`${table} has no column ${column}`);
  return at;
}

/** A value as a delivery writes its code. */
export function codeOf(value: string | null, isTime: boolean): string {
  if (value === null) return '';
  if (value === '') return emptyText;
  return isTime ? value.slice(0, 10) : value;
}

// --- rows ------------------------------------------------------------------------------------

const calendarSource = `mf.${calendarModel.name}_ds`;

interface RowsRecord {
  readonly rows: string;
  readonly [key: string]: unknown;
}

/** Days of the calendar, each with all rows. */
function onEveryDay(translation: Translation, fact: Fact, from: string): RowsRecord[] {
  const all = { derive: { alle: { value: '1' } } };
  const held = `${from}_alle`;
  return [
    { rows: held, label: label(held), from, steps: [all] },
    {
      rows: enrichedOf(translation, fact.id),
      label: label(fact.id),
      from: calendarSource,
      steps: [
        all,
        { derive: { dag: { value: 'first_day(periode)' } } },
        {
          match: {
            rows: held,
            on: { alle: 'alle' },
            every: true,
            take: Object.fromEntries(ownColumns(fact).map((name) => [name, name])),
          },
        },
        ...lookedUpSteps(fact),
      ],
    },
  ];
}

/** What rows that are on every day bring along. */
const ownColumns = (fact: Fact): string[] => [
  ...[...fact.codes].flatMap(([name, { value }]) => (value === null ? [name] : [])),
  ...fact.keys.keys(),
];

/** The rows as they are delivered need what those that are made of them bring along. */
function handDown({ facts }: Translation): void {
  for (const fact of facts.values()) {
    const from = fact.movedIn?.window.grain === everyDay ? facts.get(fact.movedIn.from) : undefined;
    for (const [name, code] of from ? fact.codes : []) if (code.value === null) from?.codes.set(name, code);
    for (const [name, column] of from ? fact.keys : []) from?.keys.set(name, column);
    for (const name of from ? fact.dates : []) from?.dates.add(name);
  }
}

/** Days of the calendar with the rows of the day so many months before, each as often as it is that day. */
function movedByMonths(translation: Translation, fact: Fact, from: string, months: number): RowsRecord[] {
  const dated = `${from}_dateret`;
  const day = { dag: { value: 'first_day(periode)' } };
  return [
    { rows: dated, label: label(dated), from, steps: [{ derive: day }] },
    {
      rows: enrichedOf(translation, fact.id),
      label: label(fact.id),
      from: calendarSource,
      steps: [
        { derive: day },
        { derive: { fra_dag: { value: `plus_months(dag, -${months})` } } },
        { match: { rows: dated, on: { fra_dag: 'dag' }, every: true, found: 'fundet' } },
        { where: 'fundet == 1' },
        ...lookedUpSteps(fact),
      ],
    },
  ];
}

/**
 * Rows moved in a calendar of one's own, as days of that calendar with the rows that come to lie on each: a day goes to
 * the day of a later period that is as far from its beginning, or to the last one of a shorter period.
 */
function movedDefinitions(
  translation: Translation,
  fact: Fact,
  { window: { count, grain }, from }: NonNullable<Fact['movedIn']>,
): RowsRecord[] {
  if (grain === everyDay) return onEveryDay(translation, fact, from);
  const months = monthsIn[grain];
  if (months !== undefined) return movedByMonths(translation, fact, from, count * months);
  const [bounds, moved, dated] = [`${fact.id}_graenser`, `${fact.id}_dage`, `${from}_dateret`];
  const key = `noegle_${grain}`;
  const day = { derive: { dag: { value: 'first_day(periode)' } } };
  const away = 'plus_days(naeste_foerste, days(foerste, dag))';
  const taken = { foerste: 'foerste', naeste_foerste: 'naeste_foerste', naeste_sidste: 'naeste_sidste' };
  const rows = (id: string, source: string, steps: unknown[]): RowsRecord => ({
    rows: id,
    label: label(id),
    from: source,
    steps,
  });
  return [
    rows(bounds, calendarSource, [
      { derive: { dag: { value: 'first_day(periode)' }, alle: { value: '1' } } },
      { group: { by: [key, 'alle'], take: { foerste: { min: 'dag' }, sidste: { max: 'dag' } } } },
      {
        order: {
          by: ['alle'],
          along: [key],
          take: {
            naeste_foerste: { next: 'foerste', places: count },
            naeste_sidste: { next: 'sidste', places: count },
          },
        },
      },
    ]),
    rows(moved, calendarSource, [
      day,
      { match: { rows: bounds, on: { [key]: key }, take: taken } },
      { derive: { ny_dag: { value: `if(${away} <= naeste_sidste, ${away}, naeste_sidste)` } } },
      { group: { by: ['dag', 'ny_dag'], take: { antal: { count: 'rows' } } } },
    ]),
    rows(dated, from, [day]),
    rows(enrichedOf(translation, fact.id), calendarSource, [
      day,
      { match: { rows: moved, on: { dag: 'ny_dag' }, every: true, take: { fra_dag: 'dag' } } },
      { match: { rows: dated, on: { fra_dag: 'dag' }, every: true, found: 'fundet' } },
      { where: 'fundet == 1' },
      ...lookedUpSteps(fact),
    ]),
  ];
}

/** What is looked up for each row of a fact, and what is worked out of that and of its day. */
function lookedUpSteps(fact: Fact): unknown[] {
  const derived = [...fact.codes].flatMap(([name, { dimension, value }]) =>
    value === null ? [] : [[name, { value, dimension }]],
  );
  const matches = [...fact.matches.values()];
  return [
    ...matches.map(({ lookup, on, valid, every, take }) => ({
      match: {
        rows: lookup,
        on,
        ...(valid ? { valid: { on: 'dag', from: valid.from, until: valid.to } } : {}),
        ...(every ? { every } : {}),
        take: Object.fromEntries(take),
      },
    })),
    ...(derived.length === 0 ? [] : [{ derive: Object.fromEntries(derived) }]),
  ];
}

function rowsDefinition(translation: Translation, fact: Fact): unknown {
  // Nothing is asked by time of rows that are moved, so that their day is moved and their period need not be.
  const moved = `plus_days(first_day(periode), ${fact.movedBy})`;
  const day = { dag: { value: fact.movedBy === 0 ? 'first_day(periode)' : moved } };
  return {
    rows: enrichedOf(translation, fact.id),
    label: label(fact.id),
    from: fact.id,
    steps: [{ derive: day }, ...lookedUpSteps(fact)],
  };
}

/** The first or last day of each group, and the rows of it. */
function windowDefinitions({ id }: Fact, { by, grain, pick, where }: FactWindow, from: string): unknown[] {
  const before = [
    ...(where === '' ? [] : [{ where }]),
    ...(grain === null
      ? []
      : [{ derive: { vindue: { value: `period_of(dag, ${frequencyOfGrain[grain]})` } } }]),
  ];
  const keys = [...by, ...(grain === null ? [] : ['vindue'])];
  return [
    {
      rows: `${id}_graense`,
      label: label(id),
      from,
      steps: [...before, { group: { by: keys, take: { graense: { [pick]: 'dag' } } } }],
    },
    {
      rows: `${id}_sidst`,
      label: label(id),
      from,
      steps: [
        ...before,
        {
          match: {
            rows: `${id}_graense`,
            on: Object.fromEntries(keys.map((key) => [key, key])),
            take: { graense: 'graense' },
          },
        },
        { where: 'dag == graense' },
      ],
    },
  ];
}

/** One row for each key, with a figure of it. */
const groupedDefinition = (translation: Translation, { id, fact, where, by, take }: Grouped): unknown => ({
  rows: id,
  label: label(id),
  from: enrichedOf(translation, fact),
  steps: [...(where === '' ? [] : [{ where }]), { group: { by: [by], take: { tal: take } } }],
});

function lookupContract(lookup: Lookup): unknown {
  return {
    source: lookup.id,
    label: label(lookup.id),
    supplier: 'MetricFlow',
    frequency: 'Å',
    delivery: 'full',
    file: { names: [`${fileOf(lookup)}.csv`], format: 'csv', header: ['raekke', ...lookup.columns] },
    columns: {
      raekke: { type: 'text', from: 'raekke' },
      periode: { type: 'period', constant: '2020' },
      ...Object.fromEntries(
        [...lookup.columns].map((name) => [
          name,
          lookup.dates.has(name)
            ? { type: 'date', from: name, empty: 'none' }
            : { type: 'key', from: name, of: 'text', empty: 'none' },
        ]),
      ),
    },
    key: ['raekke', 'periode'],
  };
}

function lookupDelivery(translation: Translation, lookup: Lookup, rows: TableRows): string {
  const table = lookup.model.node_relation.alias;
  const places = [...lookup.columns].map((name) => columnAt(translation, table, name));
  const types = [...lookup.columns].map((name) => typeOf(translation.world, lookup.model, name));
  const lines = (rows.get(table) ?? []).map((row, position) =>
    [
      String(position + 1),
      ...places.map((at, column) => codeOf(row[at] ?? null, types[column] === 'TIMESTAMP')),
    ]
      .map(quoted)
      .join(','),
  );
  return `${[['raekke', ...lookup.columns].join(','), ...lines].join('\n')}\n`;
}

// --- sources -----------------------------------------------------------------------------------

function contractOf(fact: Fact): unknown {
  return {
    source: fact.id,
    label: label(fact.id),
    supplier: 'MetricFlow',
    frequency: frequencyOf(fact),
    delivery: 'full',
    file: {
      names: [`${fileOf(fact)}.csv`],
      format: 'csv',
      header: ['raekke', 'tabel', 'periode', ...columnsOf(fact)],
    },
    columns: {
      raekke: { type: 'text', from: 'raekke' },
      tabel: { type: 'code', from: 'tabel', dimension: 'tabel' },
      periode: fact.time === '' ? { type: 'period', constant: '2020' } : { type: 'period', from: 'periode' },
      ...Object.fromEntries(
        [...fact.codes]
          .filter(([, { value }]) => value === null)
          .map(([name, { dimension }]) => [name, { type: 'code', from: name, dimension, empty: 'uoplyst' }]),
      ),
      ...Object.fromEntries(
        [...fact.keys.keys()].map((name) => [
          name,
          fact.dates.has(name)
            ? { type: 'date', from: name, empty: 'none' }
            : { type: 'key', from: name, of: 'text', empty: 'none' },
        ]),
      ),
      ...Object.fromEntries(
        [...fact.numbers.keys()].map((name) => [
          name,
          { type: 'decimal', from: name, decimals: 2, empty: 'not_applicable' },
        ]),
      ),
    },
    key: ['raekke', 'periode'],
  };
}

const columnsOf = ({ codes, keys, numbers }: Fact): string[] => [
  ...[...codes].flatMap(([name, { value }]) => (value === null ? [name] : [])),
  ...keys.keys(),
  ...numbers.keys(),
];

/** The table as a delivery: rows numbered, moments as periods, truth as 1 and 0. */
function deliveryOf(translation: Translation, fact: Fact, rows: TableRows): string {
  const table = fact.model.node_relation.alias;
  const time = fact.time === '' ? -1 : columnAt(translation, table, timeColumn(fact));
  const columns = [
    ...[...fact.codes].flatMap(([, { dimension, place, value }]) => {
      if (place === null || value !== null) return [];
      const at = columnAt(translation, table, place.column);
      const isTime = translation.dimensions.get(dimension)?.isTime ?? false;
      return [(row: (string | null)[]) => codeOf(row[at] ?? null, isTime)];
    }),
    ...[...fact.keys.values()].map((name) => {
      const at = columnAt(translation, table, name);
      const isTime = typeOf(translation.world, fact.model, name) === 'TIMESTAMP';
      return (row: (string | null)[]) => codeOf(row[at] ?? null, isTime);
    }),
    ...[...fact.numbers.values()].map(({ place, of }) => {
      const at = columnAt(translation, table, place.column);
      return (row: (string | null)[]) =>
        of === 'value' ? (row[at] ?? '') : row[at] === null || row[at] === 'false' ? '0' : '1';
    }),
  ];
  const lines = (rows.get(table) ?? []).map((row, position) =>
    [
      String(position + 1),
      fileOf(fact),
      fact.time === '' ? '' : periodOf(row[time] ?? '', fact.grain),
      ...columns.map((of) => of(row)),
    ]
      .map(quoted)
      .join(','),
  );
  return `${[['raekke', 'tabel', 'periode', ...columnsOf(fact)].join(','), ...lines].join('\n')}\n`;
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
