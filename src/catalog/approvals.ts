import type { DefinitionFile, Definitions, KpiDefinition } from '../definitions/definition.ts';
import type { KpiRecord } from '../definitions/schema.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { canonicalJson } from './canonicalJson.ts';
import { sha256 } from './hash.ts';

/** Where approvals lie: a file a KPI, so that two branches that approve two KPIs never meet in one line. */
export const approvalFolder = 'kpi-definitions/approved';

export const approvalFile = (kpi: string): string => `${approvalFolder}/${kpi}.json`;

/** What was approved of a KPI: version to the hash of its record, and the day. */
export interface Approval {
  readonly file: string;
  readonly text: string;
  readonly kpi: string;
  readonly versions: Readonly<Record<string, ApprovedVersion>>;
}

export interface ApprovedVersion {
  readonly sha256: string;
  /** ISO date. */
  readonly approved: string;
}

/**
 * Keys that may change in a definition in force. A definition ends by getting a last period, a successor or a
 * reason; and what another system says of it, with the day it last did, computes no figure.
 */
const lifeCycle: ReadonlySet<keyof KpiRecord> = new Set([
  'status',
  'valid_to',
  'successor',
  'reason',
  'flis_record',
]);

/**
 * The hash of what a KPI's record says: comments and layout are not in it. It is the record's own, not that
 * of what it stands on: code lists and contracts have dates and versions of their own, and a new member of a
 * list must not break every KPI over it. What such a change moves is told by `flis check --impact`.
 */
export function approvalHash(record: KpiRecord): string {
  const kept = Object.entries(record).filter(([key]) => !lifeCycle.has(key as keyof KpiRecord));
  return sha256(canonicalJson(Object.fromEntries(kept)));
}

const digest = /^[0-9a-f]{64}$/;

/** Approvals as files hold them; one that cannot be read is told, never taken for none. */
export function readApprovals(files: readonly DefinitionFile[]): Checked<readonly Approval[]> {
  const diagnostics: Diagnostic[] = [];
  const value = files.flatMap(({ file, text }): Approval[] => {
    const approval = approvalIn(file, text);
    if (approval) return [approval];
    const span = { file, start: 0, end: text.length };
    const hint = 'take it back from version control; `flis approve` writes it';
    diagnostics.push(diagnostic('approval-damaged', 'The file is no record of approvals.', { span, hint }));
    return [];
  });
  return { value, diagnostics };
}

function approvalIn(file: string, text: string): Approval | null {
  const { kpi, versions } = parsed(text);
  if (typeof kpi !== 'string' || file !== approvalFile(kpi)) return null;
  if (typeof versions !== 'object' || versions === null) return null;
  const sound = Object.values(versions).every(
    (each: unknown) =>
      typeof each === 'object' &&
      each !== null &&
      'sha256' in each &&
      'approved' in each &&
      typeof each.approved === 'string' &&
      typeof each.sha256 === 'string' &&
      digest.test(each.sha256),
  );
  return sound ? { file, text, kpi, versions: versions as Approval['versions'] } : null;
}

function parsed(text: string): { readonly kpi?: unknown; readonly versions?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The file of a KPI's approvals with further versions in it. */
export function withApproved(
  before: Approval | undefined,
  kpi: string,
  versions: Approval['versions'],
): DefinitionFile {
  return {
    file: approvalFile(kpi),
    text: canonicalJson({ kpi, versions: { ...before?.versions, ...versions } }),
  };
}

export const approvedVersion = (
  approvals: readonly Approval[],
  { kpi, version }: Pick<KpiRecord, 'kpi' | 'version'>,
): ApprovedVersion | undefined => approvals.find((each) => each.kpi === kpi)?.versions[String(version)];

/**
 * Definitions in force against what was approved. A workspace that has never approved anything keeps no
 * account of it; from the first approval on, one that nobody recorded is told.
 */
export function checkApprovals(
  definitions: Pick<Definitions, 'kpis' | 'unread'>,
  approvals: readonly Approval[],
): readonly Diagnostic[] {
  if (approvals.length === 0) return [];
  const removed = approvals.flatMap((approval) => removedFrom(approval, definitions));
  const known = new Map(approvals.map((each) => [each.kpi, each.versions]));
  return [...definitions.kpis.flatMap((definition) => checkOne(definition, known)), ...removed];
}

function checkOne(
  definition: KpiDefinition,
  known: ReadonlyMap<string, Approval['versions']>,
): readonly Diagnostic[] {
  const { record } = definition;
  const approved = known.get(record.kpi)?.[String(record.version)];
  const name = `Version ${record.version} of "${record.kpi}"`;
  if (!approved) {
    if (record.status !== 'approved') return [];
    const span = definition.spanOf(['status']);
    const hint = `approve it: flis approve ${record.kpi}`;
    return [
      diagnostic('approval-missing', `${name} is approved, but nobody has recorded it.`, { span, hint }),
    ];
  }
  if (approvalHash(record) !== approved.sha256) {
    const span = definition.spanOf(['version']);
    const hint = `take the change back, and write it as version ${record.version + 1} in a file of its own`;
    const message = `${name} was approved on ${approved.approved}, and does not say the same any more.`;
    return [diagnostic('approved-changed', message, { span, hint })];
  }
  if (record.status === 'approved' || record.status === 'retired') return [];
  const span = definition.spanOf(['status']);
  const message = `${name} was approved on ${approved.approved} and cannot be ${record.status} again.`;
  return [diagnostic('approved-changed', message, { span, hint: 'write approved, or retired' })];
}

function removedFrom(
  { file, text, kpi, versions }: Approval,
  definitions: Pick<Definitions, 'kpis' | 'unread'>,
): readonly Diagnostic[] {
  if (definitions.unread.includes(kpi)) return [];
  return Object.keys(versions)
    .filter(
      (version) =>
        !definitions.kpis.some(({ record }) => record.kpi === kpi && String(record.version) === version),
    )
    .map((version) => {
      const start = Math.max(0, text.indexOf(`"${version}"`));
      return diagnostic(
        'approved-removed',
        `Version ${version} of "${kpi}" was approved, and is not there.`,
        {
          span: { file, start, end: start + version.length + 2 },
          hint: 'a definition that was in force is retired, never removed; take its file back',
        },
      );
    });
}
