import { objectPath } from '../catalog/objects.ts';
import type { CellPart, CellTable, EditionManifest } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import { lowerFileTotals, rowsColumn, totalColumn } from '../sql/lowerParts.ts';
import type { ServeStores } from './openEdition.ts';
import { readBlock } from './readBlock.ts';

/**
 * The control totals of an edition beside what its files hold. A hash says that a file is the one that was
 * written; this says that what was written is what had been added up before. `proved` are files that were
 * asked already, since editions share most of theirs.
 */
export async function verifyTotals(
  manifest: EditionManifest,
  { editionStore }: Pick<ServeStores, 'editionStore'>,
  engine: () => Promise<Engine>,
  proved: Set<string>,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const table of manifest.tables) {
    for (const part of table.parts) {
      const own = part.block && JSON.stringify(part.block);
      if (part.block && own && !proved.has(own)) {
        const read = await readBlock(editionStore, table.source, part.partition, part.block);
        if (read.value) proved.add(own);
        else diagnostics.push(...read.diagnostics);
      }
      const key = JSON.stringify([part.file.sha256, part.totals, part.rows]);
      if (!part.totals || proved.has(key)) continue;
      const file = editionStore.localPath(objectPath(part.file));
      const differing = await differingTotals(table, part, file, await engine());
      if (differing.length === 0) proved.add(key);
      else diagnostics.push(totalsDiffer(manifest, table, part, differing));
    }
  }
  return diagnostics;
}

/** States whose total is another in the file, and its rows where there are others. */
async function differingTotals(
  table: CellTable,
  { totals = {}, rows }: CellPart,
  file: string,
  engine: Engine,
): Promise<string[]> {
  const result = await engine.query(lowerFileTotals(table, file));
  const rowsDiffer = Number(result.getChild(rowsColumn)?.get(0) ?? 0n) !== rows;
  const states = table.states.flatMap(({ state }) => {
    const found: unknown = result.getChild(totalColumn(state))?.get(0);
    const said = totals[state];
    // A file whose every value is missing adds up to nothing, which is written 0.
    const isSame = typeof found === 'string' ? found === said : said !== undefined && Number(said) === 0;
    return isSame ? [] : [state];
  });
  return [...(rowsDiffer ? ['the rows'] : []), ...states];
}

function totalsDiffer(
  { id }: EditionManifest,
  { source }: CellTable,
  { partition }: CellPart,
  states: readonly string[],
): Diagnostic {
  return diagnostic(
    'totals-differ',
    `In ${id} the cells of ${source} in ${partition} do not add up to the control total of ${states.join(', ')}.`,
    { hint: 'nothing should be read from this edition; publish again and retract it' },
  );
}
