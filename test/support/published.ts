import { readEditions } from '../../src/catalog/editions.ts';
import { readTrust } from '../../src/catalog/keyFolder.ts';
import type { EditionManifest } from '../../src/catalog/types.ts';
import type { Checked } from '../../src/diagnostics/diagnostic.ts';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { type AskContext, ask, type PreparedQuery, prepareQuery } from '../../src/serve/ask.ts';
import { type ExplainOptions, type Explanation, explainFigure } from '../../src/serve/explain.ts';
import { type OpenEdition, openEdition } from '../../src/serve/openEdition.ts';
import { openWorkspace } from '../../src/serve/workspace.ts';
import { outsideOf } from './workspace.ts';

/** A published workspace, opened once for many questions. */
export interface Published {
  readonly root: string;
  readonly editions: (cube: string) => Promise<readonly EditionManifest[]>;
  /** The edition of a number, else the newest. */
  readonly open: (cube: string, number?: number) => Promise<OpenEdition>;
  /** Answers by the workspace's own DuckDB, unless another engine is handed in. */
  readonly ask: (edition: OpenEdition, request: Request, engine?: Engine) => Promise<Checked<Answer>>;
  readonly prepare: (edition: OpenEdition, request: Request) => Promise<Checked<PreparedQuery>>;
  readonly explain: (
    edition: OpenEdition,
    request: Request,
    options: ExplainOptions,
  ) => Promise<Checked<Explanation>>;
  readonly engine: () => Promise<Engine>;
  /** Where a file of one of the two stores lies. */
  readonly paths: { readonly snapshot: (path: string) => string; readonly edition: (path: string) => string };
  readonly close: () => Promise<void>;
}

export async function openPublished(root: string): Promise<Published> {
  const { now, process } = outsideOf(root);
  const workspace = openWorkspace(root, { own: process.id, isAlive: process.isAlive, now });
  const parse = await workspace.parser();
  const contextWith = (engine?: Engine): AskContext => ({
    stores: workspace,
    engine: engine ? async () => engine : () => workspace.engine('ask'),
    parse,
  });
  const editions = async (cube: string) => {
    const trust = soundValue(await readTrust(workspace.keys));
    return soundValue(await readEditions(workspace.editionStore, cube, trust));
  };
  return {
    root,
    editions,
    open: async (cube, number) => {
      const all = await editions(cube);
      const manifest = number === undefined ? all.at(-1) : all.find((each) => each.number === number);
      if (manifest === undefined) throw new Error(`${cube} has no edition ${number ?? ''}`);
      return soundValue(await openEdition(manifest, workspace));
    },
    ask: (edition, request, engine) => ask(edition, request, contextWith(engine)),
    prepare: (edition, request) => prepareQuery(edition, request, contextWith()),
    explain: (edition, request, options) =>
      explainFigure(edition, request, duckDbDialect, contextWith(), options),
    engine: () => workspace.engine('ask'),
    paths: { snapshot: workspace.snapshotStore.localPath, edition: workspace.editionStore.localPath },
    close: () => workspace.close(),
  };
}

/** The value of an outcome that nothing may be wrong with. */
export function soundValue<T>({ value, diagnostics }: Checked<T>): T {
  if (value === undefined)
    throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return value;
}
