import type { EngineOf } from "../../core/service/operations";
import type { DatabaseDriver } from "./driver";
import { args, tableName } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredTTL } from "./state";
import type { TTLConfig } from "./types";

const NEVER = -1;

/** The operations on what expires; `expiry.ts` does it. */
export function ttl({ state, expiry }: Parts): Pick<EngineOf<DatabaseDriver>, "updateTTL" | "describeTTL"> {
  const { dialect } = state;

  return {
    updateTTL(_call, name, config) {
      const table = tableName(name);
      const fields = args.object("config", config);
      const enabled = args.flag("enabled", fields["enabled"]);
      const given = args.optionalText("attributeName", fields["attributeName"]);
      const attributeName = given ?? dialect.defaultTtlAttribute;
      if (enabled && attributeName === "")
        args.complain("attributeName", "the attribute that holds the moment of expiry");
      const seconds = args.optionalInteger("defaultTtlSeconds", fields["defaultTtlSeconds"], NEVER);
      if (seconds === 0) args.complain("defaultTtlSeconds", "at least 1, or -1 for never");
      if (seconds !== undefined && !dialect.ttlLifetimes)
        args.complain("defaultTtlSeconds", "absent: this cloud has no lifetime for a whole table");

      const stored = state.tableToChange(table);
      const before = stored.ttl;
      if (dialect.refusesRepeats && enabled === (before?.enabled ?? false))
        refuse("ttlState", { table, state: enabled ? "enabled" : "disabled", resource: table });
      const after: StoredTTL = {
        enabled,
        attributeName: enabled ? attributeName : (before?.attributeName ?? attributeName),
        ...(enabled && seconds !== undefined && { defaultTtlSeconds: seconds }),
      };
      const changed = { ...stored, ttl: after };
      state.saveTable(changed);
      expiry.reenter(changed, before);
    },

    describeTTL(_call, name, options): TTLConfig {
      const table = tableName(name);
      args.options(options);
      const stored = state.table(table).ttl;
      return stored?.enabled ? { ...stored } : { enabled: false };
    },
  };
}
