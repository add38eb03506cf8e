import type { FlisRecordFields, KpiRecord } from './schema.ts';

/**
 * A KPI as FLIS keeps it: field names to texts, in the order and spelling of FLIS. A field that is not there is
 * left out; one that is there and empty is empty.
 */
export type FlisRecord = Readonly<Record<string, string>>;

/** FLIS's name of a field to the key of `flis_record` that holds it. */
const keyOfField = {
  'Nøgletals titel': 'titel',
  Dataområde: 'dataomraade',
  Hovedområde: 'hovedomraade',
  Nøgletalstype: 'noegletalstype',
  Beskrivelse: 'beskrivelse',
  Definition: 'definition',
  Opgørelsesniveau: 'opgoerelsesniveau',
  Visningstype: 'visningstype',
  Tæller: 'taeller',
  Tællerbeskrivelse: 'taellerbeskrivelse',
  'Tæller dataområde': 'taeller_dataomraade',
  Nævner: 'naevner',
  Nævnerbeskrivelse: 'naevnerbeskrivelse',
  'Nævner dataområde': 'naevner_dataomraade',
  'Senest beregnet': 'senest_beregnet',
  'Senest revideret': 'senest_revideret',
} as const satisfies Readonly<Record<string, Exclude<keyof FlisRecordFields, 'andet'>>>;

const idField = 'NøgletalID';
const titleField = 'Nøgletals titel';
const definitionField = 'Definition';

/** All fields of a record, in the order that FLIS shows them. */
export const flisFields: readonly string[] = [idField, ...Object.keys(keyOfField)];

/** The part of a KPI that a record gives: what our own keys can hold, and `flis_record` for the rest. */
export type FromFlisRecord = Pick<KpiRecord, 'flis_id' | 'flis_record'> & {
  readonly title: string | null;
  readonly definition: string | null;
};

export function fromFlisRecord(record: FlisRecord): FromFlisRecord {
  const fields: Record<string, string> = {};
  const others: [string, string][] = [];
  for (const [name, text] of Object.entries(record)) {
    if (name === idField) continue;
    const key = Object.hasOwn(keyOfField, name) ? keyOfField[name as keyof typeof keyOfField] : null;
    if (key === null) others.push([name, text]);
    else fields[key] = text;
  }
  return {
    ...(record[idField] === undefined ? {} : { flis_id: record[idField] }),
    flis_record: { ...fields, ...(others.length === 0 ? {} : { andet: Object.fromEntries(others) }) },
    title: record[titleField] ?? null,
    definition: record[definitionField] ?? null,
  };
}

/** A KPI with a record's texts in it; what the KPI says itself is not said a second time in `flis_record`. */
export function withFlisRecord(kpi: KpiRecord, record: FlisRecord): KpiRecord {
  const { title, definition, flis_id, flis_record } = fromFlisRecord(record);
  const { titel, definition: defined, ...rest } = flis_record ?? {};
  return {
    ...kpi,
    ...(flis_id === undefined ? {} : { flis_id }),
    flis_record: {
      ...(titel === undefined || title === kpi.label.da ? {} : { titel }),
      ...(defined === undefined || definition === kpi.definition?.da ? {} : { definition: defined }),
      ...rest,
    },
  };
}

/** The record of a KPI, as FLIS would show it: of one that came from a record, that record again. */
export function flisRecordOf(kpi: KpiRecord): FlisRecord {
  const { andet = {}, ...fields } = kpi.flis_record ?? {};
  const own: Readonly<Record<string, string | undefined>> = {
    [titleField]: kpi.label.da,
    [definitionField]: kpi.definition?.da,
  };
  const said = Object.entries(keyOfField).flatMap(([name, key]) => {
    const text = fields[key] ?? own[name];
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries([
    ...(kpi.flis_id === undefined ? [] : [[idField, kpi.flis_id] as const]),
    ...said,
    ...Object.entries(andet),
  ]);
}
