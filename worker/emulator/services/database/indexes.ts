import { pageToken, takePage } from "../../core/paging";
import type { EngineOf } from "../../core/service/operations";
import type { DatabaseDriver } from "./driver";
import { entryOrNone } from "./indexing";
import { args, indexArgs, listRequest, tableName } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { checkIndexes, findIndex, indexInfo, newIndex } from "./schema";
import type { StoredIndex, StoredTable } from "./state";

/** The operations on secondary indexes. */
export function indexes(
  parts: Parts,
): Pick<EngineOf<DatabaseDriver>, "createIndex" | "deleteIndex" | "describeIndex" | "listIndexes"> {
  const { state, transitions, indexing } = parts;
  const { dialect } = state;

  return {
    createIndex(_call, name, config, options) {
      const table = tableName(name);
      const added = newIndex(config, "", dialect);
      args.options(options);
      if (added.kind === "local") indexArgs.complain("kind", "global: a local index is made with its table");
      const stored = state.table(table);
      if (stored.indexes.some((index) => index.name === added.name))
        refuse("indexTaken", { table, index: added.name, resource: added.name });
      state.tableToChange(table);
      checkIndexes(stored, [...stored.indexes, added], dialect);
      const takes = state.delay(dialect.indexBuildMs);
      const until = state.nowMs() + takes;
      const index: StoredIndex = {
        ...added,
        status: takes > 0 ? "CREATING" : "ACTIVE",
        ...(takes > 0 && { until }),
        arn: dialect.indexArn(stored.arn, added.name),
        ordinal: (stored.indexes.at(-1)?.ordinal ?? 0) + 1,
      };
      indexing.fill(stored, entryOrNone(stored, index, dialect));
      transitions.save({
        ...stored,
        indexes: [...stored.indexes, index],
        ...(takes > 0 && { status: "UPDATING", until }),
      });
      return indexInfo(index);
    },

    deleteIndex(_call, name, index, options) {
      const table = tableName(name);
      const indexName = args.text("index", index);
      args.options(options);
      const found = findIndex(state.table(table), indexName);
      const stored: StoredTable = state.tableToChange(table);
      if (found.kind === "local") indexArgs.complain("index", "global: a local index stays as long as its table");
      const takes = state.delay(dialect.tableReadyMs);
      if (takes > 0) {
        const until = state.nowMs() + takes;
        const going = stored.indexes.map((each) =>
          each === found ? { ...each, status: "DELETING" as const, until } : each,
        );
        transitions.save({ ...stored, indexes: going, status: "UPDATING", until });
        return;
      }
      indexing.clear(table, indexName);
      transitions.save({ ...stored, indexes: stored.indexes.filter((each) => each !== found) });
    },

    describeIndex(_call, name, index, options) {
      const table = tableName(name);
      const indexName = args.text("index", index);
      args.options(options);
      return indexInfo(findIndex(state.table(table), indexName));
    },

    listIndexes(_call, name, options) {
      const table = tableName(name);
      const request = listRequest("listIndexes", [table], args.options(options));
      const { after } = request;
      const rest = state.table(table).indexes.filter(({ ordinal }) => after === undefined || ordinal > Number(after));
      const page = takePage(rest, request.limit, ({ ordinal }) => pageToken({ ...request, after: String(ordinal) }));
      return { ...page, items: page.items.map(indexInfo) };
    },
  };
}
