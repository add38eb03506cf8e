import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { publish } from '../../src/pipeline.ts';
import type { Answer } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { openPublished, type Published, soundValue } from './published.ts';
import { outsideOf } from './workspace.ts';

/** A delivery: its file's name and its text. Several are received in the order given, a day apart. */
export type Deliveries = Readonly<Record<string, string>>;

export interface SmallWorld {
  readonly published: Published;
  /** The answer to a question that nothing is wrong with. */
  readonly ask: (request: Request) => Promise<Answer>;
  /** What is wrong with a question. */
  readonly refusal: (request: Request) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Definitions and deliveries as a workspace of their own, taken in and published the way a user does. */
export async function smallWorld(
  files: readonly DefinitionFile[],
  deliveries: Deliveries,
): Promise<SmallWorld> {
  const root = mkdtempSync(join(tmpdir(), 'flis-small-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const { file, text } of files) write(file, text);
  for (const [position, [name, text]] of Object.entries(deliveries).entries()) {
    write(`data/deliveries/${name}`, text);
    const day = String(position + 1).padStart(2, '0');
    write(`data/deliveries/${name}.receipt.yaml`, `received: "2026-01-${day}T08:00:00Z"\nsender: test\n`);
  }
  soundValue(await publish(outsideOf(root), { cubes: [], period: null, dryRun: false, gates: false }));
  const published = await openPublished(root);
  return {
    published,
    ask: async (request) => soundValue(await published.ask(await published.open(request.cube), request)),
    refusal: async (request) => {
      const { diagnostics } = await published.ask(await published.open(request.cube), request);
      return diagnostics.map(({ message }) => message);
    },
    close: async () => {
      await published.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Rows of an answer as text: members, then each figure as a decimal or its status. */
export function shownRows({ rows }: Answer): string[] {
  return rows.map(({ members, cells }) =>
    [
      ...members,
      ...cells.map(({ status, value }) =>
        value === null
          ? status
          : value.denominator === 1n
            ? `${value.numerator}`
            : `${value.numerator}/${value.denominator}`,
      ),
    ].join(' '),
  );
}
