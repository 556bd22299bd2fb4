import { pageToken, takePage } from "../../core/paging";
import type { EngineOf } from "../../core/service/operations";
import { readTags } from "../../core/service/name-rules";

import type { DatabaseDriver } from "./driver";
import { args, listRequest, newTableName, schemaArgs, tableName, tagArgs } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { billingOf, checkIndexes, configOf, keyDefOf, keyPair, newIndex } from "./schema";
import type { StoredTable } from "./state";
import type { TableInfo } from "./types";
import { prefixOf, tupleKey } from "../../core/store/keys";

const ON_DEMAND = { mode: "onDemand" } as const;

/** The operations on tables themselves. */
export function tables(
  parts: Parts,
): Pick<EngineOf<DatabaseDriver>, "createTable" | "deleteTable" | "describeTable" | "listTables" | "updateTable"> {
  const { state, transitions, capacity } = parts;
  const { dialect, context } = state;

  function infoOf(table: StoredTable): TableInfo {
    const { name, partitionKey, sortKey, indexes, tags, billing, stream } = table;
    return {
      name,
      partitionKey: keyDefOf(partitionKey),
      ...(sortKey && { sortKey: keyDefOf(sortKey) }),
      indexes: indexes.map(configOf),
      tags: { ...tags },
      billing: { ...billing },
      arn: table.arn,
      status: table.status,
      createdAt: new Date(table.createdAt),
      itemCount: state.items.countPrefix(prefixOf(name)),
      sizeBytes: state.usageOf(name).bytes,
      ...(stream && parts.streams.find(stream.arn) && { streamArn: stream.arn }),
      deletionProtection: table.deletionProtection,
    };
  }

  return {
    createTable(_call, config, options) {
      const fields = args.object("config", config);
      args.options(options);
      const name = newTableName(fields["name"], dialect);
      const pair = keyPair(fields);
      const given = fields["indexes"] ?? [];
      const indexes = schemaArgs.list("indexes", given, (index, at) => newIndex(index, `${at}.`, dialect));
      const tags = fields["tags"] === undefined ? {} : readTags(tagArgs, fields["tags"], dialect.maxTags, dialect.tag);
      const billing = fields["billing"] === undefined ? ON_DEMAND : billingOf(fields["billing"]);
      checkIndexes({ name, ...pair }, indexes, dialect);

      if (state.tables.has(tupleKey(name))) refuse("tableTaken", { table: name, resource: name });
      if (state.tables.size >= dialect.maxTables) refuse("tooManyTables", { max: dialect.maxTables });
      const arn = dialect.tableArn(name, context.account);
      const readyIn = state.delay(dialect.tableReadyMs);
      const now = state.nowMs();
      const table: StoredTable = {
        name,
        arn,
        createdAt: now,
        status: readyIn > 0 ? "CREATING" : "ACTIVE",
        ...(readyIn > 0 && { until: now + readyIn }),
        ...pair,
        indexes: indexes.map((index, i) => ({
          ...index,
          status: "ACTIVE",
          arn: dialect.indexArn(arn, index.name),
          ordinal: i + 1,
        })),
        tags,
        billing,
        deletionProtection: false,
      };
      transitions.save(table);
      return infoOf(table);
    },

    deleteTable(_call, name, options) {
      const table = tableName(name);
      args.options(options);
      const stored = state.tableToChange(table);
      if (stored.deletionProtection) refuse("tableProtected", { table, resource: table });
      parts.streams.forgetOld(table);
      const goneIn = state.delay(dialect.tableReadyMs);
      if (goneIn > 0) transitions.save({ ...stored, status: "DELETING", until: state.nowMs() + goneIn });
      else transitions.drop(stored);
    },

    describeTable(_call, name, options) {
      const table = tableName(name);
      args.options(options);
      return infoOf(state.table(table));
    },

    listTables(_call, options) {
      const request = listRequest("listTables", [], args.options(options));
      const after = request.after === undefined ? {} : { after: tupleKey(request.after) };
      const page = takePage(state.tables.range(after), request.limit, ([, { name }]) =>
        pageToken({ ...request, after: name }),
      );
      return { ...page, items: page.items.map(([, { name }]) => name) };
    },

    updateTable(_call, name, changes) {
      const table = tableName(name);
      const fields = args.object("changes", changes);
      const billing = fields["billing"] === undefined ? undefined : billingOf(fields["billing"]);
      const protection = args.optionalFlag("deletionProtection", fields["deletionProtection"]);
      const before = state.tableToChange(table);
      if (billing?.mode === "provisioned" && before.billing.mode === "provisioned" && dialect.refusesRepeats) {
        const { readUnits, writeUnits } = before.billing;
        if (billing.readUnits === readUnits && billing.writeUnits === writeUnits)
          refuse("sameBilling", { table, resource: table });
      }
      const takes = state.delay(dialect.tableReadyMs);
      const after: StoredTable = {
        ...before,
        ...(billing && { billing }),
        ...(protection !== undefined && { deletionProtection: protection }),
        ...(takes > 0 && { status: "UPDATING", until: state.nowMs() + takes }),
      };
      transitions.save(after);
      if (billing) capacity.adjust(after, before);
      return infoOf(after);
    },
  };
}
