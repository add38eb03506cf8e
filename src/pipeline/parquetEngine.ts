import { invariant } from '../diagnostics/invariant.ts';
import type { Engine } from '../engine/engine.ts';
import type { AnswerRow, ParquetEngine } from '../supply/parquet/questions.ts';

/** An engine as supply asks it: every question lowered to a statement, answers as plain rows. */
export async function parquetEngine(engine: Engine): Promise<ParquetEngine> {
  const [{ lowerDelivery }, { columnValues }] = await Promise.all([
    import('../sql/lowerDelivery.ts'),
    import('../engine/arrow.ts'),
  ]);
  return {
    describe: engine.describeParquet,
    ask: async function* (question) {
      for await (const table of engine.stream(lowerDelivery(question))) {
        const columns = Array.from({ length: table.numCols }, (_, at) => {
          const vector = table.getChildAt(at);
          invariant(vector !== null, 'a result has every column that was asked for');
          return columnValues(vector);
        });
        yield Array.from(
          { length: table.numRows },
          (_, row): AnswerRow => columns.map((column) => column[row] ?? null),
        );
      }
    },
    write: (question, path) => engine.writeQuery(lowerDelivery(question), path),
    writeTable: engine.writeTable,
  };
}
