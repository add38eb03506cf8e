// Cube's server over DuckDB in memory: node server.cjs FACTS.parquet THREADS; says its port when it listens.
process.env.CUBEJS_CACHE_AND_QUEUE_DRIVER = 'memory';
process.env.CUBEJS_DB_QUERY_LIMIT = '200000';
process.env.CUBEJS_DB_QUERY_DEFAULT_LIMIT = '100000';
process.env.CUBEJS_TELEMETRY = 'false';
process.env.NODE_ENV = 'production';
process.chdir(__dirname);
const express = require('express');
// Its library is fetched by an install script, and is for the SQL interface and models in YAML, which are not used here.
const native = require('@cubejs-backend/native');
native.setupLogger = () => {};
native.NativeInstance.prototype.newJinjaEngine = () => ({});
const { CubejsServerCore } = require('@cubejs-backend/server-core');
const DuckDbDriver = require('@cubejs-backend/duckdb-driver');
const { DuckDBInstance } = require('@duckdb/node-api');

const [facts, threads] = process.argv.slice(2);
async function main() {
  const instance = await DuckDBInstance.create(':memory:', { threads });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  await connection.run(`create table facts as from read_parquet('${facts}')`);
  const driver = new DuckDbDriver(instance);
  const core = new CubejsServerCore({
    dbType: 'duckdb',
    apiSecret: 'bench',
    telemetry: false,
    devServer: false,
    scheduledRefreshTimer: false,
    schemaPath: 'model',
    driverFactory: () => driver,
    dialectFactory: () => DuckDbDriver.DuckDBQuery,
    checkAuth: () => {},
    contextToApiScopes: async () => ['meta', 'data', 'graphql', 'jobs'],
    logger: (message, { error }) => {
      if (error) console.error(message, String(error).slice(0, 500));
    },
    preAggregationsSchema: 'preagg',
    orchestratorOptions: { continueWaitTimeout: 60, preAggregationsOptions: { externalRefresh: false } },
  });
  const app = express();
  app.use(express.json());
  await core.initApp(app);
  const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
