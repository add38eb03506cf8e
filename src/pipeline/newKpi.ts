import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FlisRecord, flisRecordOf, withFlisRecord } from '../definitions/flisRecord.ts';
import type { KpiRecord, Label } from '../definitions/schema.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { kpiText, namedKpi } from './define.ts';
import { loadDefinitions, type Outcome, type Outside, withWorkspace } from './outside.ts';

/** What a person says of a new KPI; everything else is what a draft begins with. */
export interface NewKpi {
  /** `domain.name`. */
  readonly id: string;
  readonly label: Label;
  readonly definition: Label | null;
  readonly unit: string;
  readonly decimals: number;
  readonly direction: KpiRecord['direction'];
  readonly validFrom: string;
  readonly formula: string;
  /** As they would stand below `measures:`, `ledige: { source: star.ledighed, sum: vaerdi, … }`. */
  readonly measures: readonly string[];
  readonly owner: string | null;
  readonly record: FlisRecord | null;
}

export interface WrittenKpi {
  readonly file: string;
  readonly text: string;
}

/** A draft in a file of its own, once `check` has nothing against it; a file that is there is left alone. */
export async function newKpi(outside: Outside, wanted: NewKpi): Promise<Outcome<WrittenKpi>> {
  return withWorkspace(outside, async (workspace) => {
    const [{ writeKpi }, { parseYaml }, { dataOf }] = await Promise.all([
      import('../definitions/writeKpi.ts'),
      import('../definitions/parseYaml.ts'),
      import('../definitions/written.ts'),
    ]);
    const [domain, name] = split(wanted.id);
    if (name === null) {
      const span = { file: '--id', start: 0, end: wanted.id.length };
      const message = `"${wanted.id}" is not an id of a KPI.`;
      const hint = 'write domain.name in lower-case letters, digits and _';
      return {
        diagnostics: [diagnostic('invalid-value', message, { span, hint })],
        texts: new Map([['--id', wanted.id]]),
      };
    }
    const measures: Record<string, unknown> = {};
    const broken: Diagnostic[] = [];
    for (const text of wanted.measures) {
      const read = parseYaml({ file: '--measure', text });
      broken.push(...read.diagnostics);
      if (read.value) Object.assign(measures, dataOf(read.value));
    }
    if (hasErrors(broken))
      return { diagnostics: broken, texts: new Map([['--measure', wanted.measures.join('\n')]]) };
    const file = `kpi-definitions/${domain}/${name}.yaml`;
    const text = writeKpi(recordOf(wanted, measures));
    const loaded = await loadDefinitions(workspace, [{ file, text }]);
    const there = loaded.definitions.kpis.find((each) => each.record.kpi === wanted.id && each.file !== file);
    const texts = new Map([...loaded.texts, ['--id', wanted.id]]);
    if (there) return { diagnostics: [alreadyThere(wanted.id, there.file)], texts };
    const own = loaded.diagnostics.filter(({ span }) => span === undefined || span.file === file);
    if (hasErrors(own)) return { diagnostics: own, texts };
    if (!(await writeNew(join(outside.root, file), text)))
      return { diagnostics: [alreadyThere(wanted.id, file)], texts };
    return { value: { file, text }, diagnostics: own, texts };
  });
}

const id = /^([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)$/;

function split(text: string): readonly [string, string | null] {
  const [, domain = '', name = null] = id.exec(text) ?? [];
  return [domain, name];
}

function recordOf(wanted: NewKpi, measures: Record<string, unknown>): KpiRecord {
  const kpi: KpiRecord = {
    kpi: wanted.id,
    version: 1,
    status: 'draft',
    valid_from: wanted.validFrom,
    label: wanted.label,
    ...(wanted.definition === null ? {} : { definition: wanted.definition }),
    unit: wanted.unit,
    decimals: wanted.decimals,
    direction: wanted.direction,
    formula: wanted.formula,
    missing: { parts: 'require_all', operand: 'require_all' },
    // As they were written; the schema has its say when the file is read.
    ...(Object.keys(measures).length === 0
      ? {}
      : { measures: measures as NonNullable<KpiRecord['measures']> }),
    ...(wanted.owner === null ? {} : { owner: wanted.owner }),
  };
  return wanted.record === null ? kpi : withFlisRecord(kpi, wanted.record);
}

function alreadyThere(kpi: string, file: string): Diagnostic {
  const span = { file: '--id', start: 0, end: kpi.length };
  const hint = 'write another id; a change of a definition in force is a new version in a file of its own';
  return diagnostic('already-there', `"${kpi}" is in ${file} already, and is left alone.`, { span, hint });
}

/** False where there is a file of that name. */
async function writeNew(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A file of FLIS records as it was read; the one of an id where several stand in it. */
export async function readRecord(
  file: string,
  text: string,
  wanted: string | null,
): Promise<Checked<FlisRecord>> {
  const { readFlisRecords } = await import('../definitions/flisRecordText.ts');
  const { value: records, diagnostics } = readFlisRecords(file, text);
  if (!records) return { diagnostics };
  const found = wanted === null ? records : records.filter((record) => record.NøgletalID === wanted);
  const [record] = found;
  const span = { file, start: 0, end: text.length };
  if (!record || found.length > 1) {
    const ids = records.map((each) => each.NøgletalID ?? '(no NøgletalID)').join(', ');
    const message = `The file holds ${records.length} records, and none of them is the one that is meant.`;
    return { diagnostics: [diagnostic('bad-record', message, { span, hint: `name one of ${ids}` })] };
  }
  if (!record['Nøgletals titel']) {
    const message = 'The record has no title, and a KPI has a name.';
    return { diagnostics: [diagnostic('bad-record', message, { span, hint: 'write "Nøgletals titel"' })] };
  }
  return { value: record, diagnostics: [] };
}

/** KPIs as records of FLIS, in the order that they were named in; of several versions the newest. */
export async function flisRecords(
  outside: Outside,
  kpis: readonly string[],
): Promise<Outcome<readonly FlisRecord[]>> {
  return withWorkspace(outside, async (workspace) => {
    const loaded = await loadDefinitions(workspace);
    const named = kpis.map((name) => namedKpi(name, loaded));
    const diagnostics = named.flatMap((each) => each.diagnostics);
    const texts = new Map([...loaded.texts, ...kpis.map((name) => [kpiText(name), name] as const)]);
    if (hasErrors(diagnostics)) return { diagnostics, texts };
    const newest = named.flatMap(
      ({ found }) => [...found].sort((one, other) => other.record.version - one.record.version)[0] ?? [],
    );
    return { value: newest.map(({ record }) => flisRecordOf(record)), diagnostics, texts };
  });
}
