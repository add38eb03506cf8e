import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectPath } from '../../src/catalog/objects.ts';
import type { EditionManifest, ObjectRef } from '../../src/catalog/types.ts';
import { clickHouseDialect } from '../../src/engine/clickhouse/dialect.ts';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { printCsv } from '../../src/export/csv.ts';
import { sheetOf } from '../../src/export/sheet.ts';
import { tableOf } from '../../src/export/table.ts';
import { publish } from '../../src/pipeline.ts';
import { planInWords } from '../../src/plan/inWords.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import type { PreparedQuery } from '../../src/serve/ask.ts';
import type { OpenEdition } from '../../src/serve/openEdition.ts';
import type { Dialect } from '../../src/sql/dialect.ts';
import { printSql } from '../../src/sql/print.ts';
import { openPublished, type Published, soundValue } from '../support/published.ts';
import { outsideOf } from '../support/workspace.ts';
import { goldenWorkspace } from './cases.ts';

/** The small workspace of all golden cases, published once. */
export interface GoldenDesk {
  readonly published: Published;
  readonly prepare: (request: Request) => Promise<PreparedQuery>;
  readonly answer: (request: Request, engine?: Engine) => Promise<string>;
  readonly plan: (prepared: PreparedQuery) => string;
  /** The statements as a person reads them: files by what they hold, one statement after the other. */
  readonly sql: (
    request: Request,
    prepared: PreparedQuery,
    dialect: 'duckdb' | 'clickhouse',
  ) => Promise<string>;
  /** The statements of such a text, files by their paths again. */
  readonly statements: (request: Request, text: string) => Promise<string[]>;
  readonly leave: () => Promise<void>;
}

const dialects: Readonly<Record<'duckdb' | 'clickhouse', Dialect>> = {
  duckdb: duckDbDialect,
  clickhouse: clickHouseDialect,
};

export async function openGoldenDesk(): Promise<GoldenDesk> {
  const root = mkdtempSync(join(tmpdir(), 'flis-golden-'));
  cpSync(goldenWorkspace, root, { recursive: true });
  const published = await publishedAt(root);
  const opened = new Map<string, OpenEdition>();
  const open = async (cube: string): Promise<OpenEdition> => {
    const edition = opened.get(cube) ?? (await published.open(cube));
    opened.set(cube, edition);
    return edition;
  };
  const names = async ({ cube }: Request) => fileNames((await open(cube)).manifest, published);
  return {
    published,
    prepare: async (request) => soundValue(await published.prepare(await open(request.cube), request)),
    answer: async (request, engine) =>
      csvOf(soundValue(await published.ask(await open(request.cube), request, engine))),
    plan: ({ plan }) =>
      planInWords(plan)
        .map((line) => `${line}\n`)
        .join(''),
    sql: async (request, { statements }, dialect) => {
      const texts = statements.map(
        (each) => `${printSql(each, dialects[dialect], { values: 'literals' }).text};\n`,
      );
      return [...(await names(request))].reduce(
        (text, [path, name]) => text.replaceAll(path, name),
        texts.join('\n'),
      );
    },
    statements: async (request, text) => {
      const whole = [...(await names(request))].reduce(
        (sql, [path, name]) => sql.replaceAll(name, path),
        text,
      );
      return whole.split(/;\n\n?/).filter((statement) => statement !== '');
    },
    leave: async () => {
      await published.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function publishedAt(root: string): Promise<Published> {
  const { value, diagnostics } = await publish(outsideOf(root), { cubes: [], period: null, dryRun: false });
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return openPublished(root);
}

/** Path to name: `{cells star.ledighed 2026}`, `{structure kommune}`, `{snapshot oekonomi.bilag 2}`. */
function fileNames(
  { tables, dimensions, inputs }: EditionManifest,
  { paths }: Published,
): Map<string, string> {
  const inEdition = (ref: ObjectRef) => paths.edition(objectPath(ref));
  const inSnapshots = (ref: ObjectRef) => paths.snapshot(objectPath(ref));
  return new Map([
    ...tables.flatMap(({ source, parts }) =>
      parts.map(({ partition, file }) => [inEdition(file), `{cells ${source} ${partition}}`] as const),
    ),
    ...dimensions.map(({ dimension, file }) => [inEdition(file), `{structure ${dimension}}`] as const),
    ...inputs.flatMap(({ source, snapshots }) =>
      snapshots.map((ref) => [inSnapshots(ref), `{snapshot ${source} ${ref.number}}`] as const),
    ),
  ]);
}

/** As `flis query --format csv --coverage --flags` writes it. */
function csvOf(answer: Answer): string {
  const options = { members: 'codes', language: 'da', coverage: true, flags: true, decimals: 6 } as const;
  return printCsv(tableOf(answer, sheetOf(answer, null), options));
}
