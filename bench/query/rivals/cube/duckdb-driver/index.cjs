// A small driver for Cube over the same DuckDB client as everybody else's; Cube looks it up by its package's name.
const { BaseDriver } = require('@cubejs-backend/base-driver');
const { BaseQuery } = require('@cubejs-backend/schema-compiler');

/** In UTC and without casts to a time zone, which would make DuckDB cast every row. */
class DuckDbQuery extends BaseQuery {
  convertTz(field) {
    return this.timezone === 'UTC' ? field : `timezone('${this.timezone}', ${field}::timestamptz)`;
  }
  timeGroupedColumn(granularity, dimension) {
    return `date_trunc('${granularity}', ${dimension})`;
  }
  timeStampCast(value) {
    return `${value}::timestamp`;
  }
  countDistinctApprox(sql) {
    return `approx_count_distinct(${sql})`;
  }
}

class DuckDbDriver extends BaseDriver {
  constructor(instance) {
    super();
    this.instance = instance;
    this.idle = [];
  }
  static dialectClass() {
    return DuckDbQuery;
  }
  static getDefaultConcurrency() {
    return 2;
  }
  async testConnection() {
    await this.query('select 1');
  }
  async query(sql, values = []) {
    const connection = this.idle.pop() ?? (await this.instance.connect());
    try {
      const answer = await connection.runAndReadAll(sql, values.length > 0 ? values : undefined);
      return answer.getRowObjectsJson();
    } finally {
      this.idle.push(connection);
    }
  }
  readOnly() {
    return false;
  }
  quoteIdentifier(name) {
    return `"${name}"`;
  }
  async release() {}
}
module.exports = DuckDbDriver;
module.exports.DuckDBQuery = DuckDbQuery;
