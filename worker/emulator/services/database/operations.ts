import { read, write, type OperationTable } from "../../core/service/operations";
import type { DatabaseDriver } from "./driver";

/** What the pipeline, recordings and panels must know of each operation. */
export const operations: OperationTable<DatabaseDriver> = {
  createTable: write(),
  deleteTable: write("table"),
  describeTable: read("table"),
  listTables: read(),
  updateTable: write("table"),

  putItem: write("table", "item"),
  getItem: read("table", "key"),
  findItem: read("table", "key"),
  updateItem: write("table", "key", "actions"),
  deleteItem: write("table", "key"),

  query: read("table"),
  scan: read("table"),

  batchPutItems: write("table", "items"),
  batchGetItems: read("table", "keys"),
  batchWriteItems: write("writes"),

  updateTTL: write("table"),
  describeTTL: read("table"),

  updateStreamConfig: write("table"),
  getStreamRecords: read("table"),

  transactWriteItems: write("table", "items"),
  transactWrite: write("operations"),
  transactGet: read("gets"),

  createIndex: write("table"),
  deleteIndex: write("table", "index"),
  describeIndex: read("table", "index"),
  listIndexes: read("table"),
};
