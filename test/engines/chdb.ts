import type { ChdbModule } from '../../src/engine/clickhouse/driver.ts';

/** The name is not a literal, so that types can be checked where the package is not installed. */
const packageName: string = 'chdb';

export async function loadChdb(): Promise<ChdbModule> {
  return import(packageName);
}
