import type { EngineOf } from "../../core/service/operations";
import { tupleKey } from "../../core/store/keys";
import type { ServerlessDriver } from "./driver";
import { args, ranged } from "./input";
import { checkQualifier, readReference } from "./names";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { LATEST, type State, type StoredEventConfig } from "./state";
import type { EventInvokeConfig } from "./types";

type ConfigOperation = "putEventInvokeConfig" | "getEventInvokeConfig" | "deleteEventInvokeConfig";

const MAX_RETRIES = 2;
const DESTINATIONS = ["queue", "topic", "bus", "function"] as const;

const keyOf = (name: string, qualifier: string | undefined): string =>
  qualifier === undefined || qualifier === LATEST ? tupleKey(name) : tupleKey(name, qualifier);

/** What holds for asynchronous events of a function, as it was invoked. */
export const eventConfigOf = (state: State, name: string, qualifier: string | undefined): StoredEventConfig =>
  state.eventConfigs.get(keyOf(name, qualifier)) ?? {};

/** What happens to asynchronous events. */
export function eventConfig({ state, flow }: Parts): Pick<EngineOf<ServerlessDriver>, ConfigOperation> {
  function reference(value: unknown): { name: string; key: string } {
    const read = readReference(state, value);
    checkQualifier(state, read);
    return { name: read.name, key: keyOf(read.name, read.qualifier) };
  }

  return {
    putEventInvokeConfig(_call, functionName, config) {
      const fields = args.object("config", config);
      const { maximumRetryAttempts, maximumEventAgeMs } = fields;
      const stored: StoredEventConfig = {
        ...(maximumRetryAttempts !== undefined && {
          maximumRetryAttempts: args.integer("maximumRetryAttempts", maximumRetryAttempts, 0, MAX_RETRIES),
        }),
        ...(maximumEventAgeMs !== undefined && {
          maximumEventAgeMs: ranged("maximumEventAgeMs", maximumEventAgeMs, state.dialect.maxEventAgeMs),
        }),
        ...(fields["onSuccessArn"] !== undefined && {
          onSuccessArn: args.text("onSuccessArn", fields["onSuccessArn"]),
        }),
        ...(fields["onFailureArn"] !== undefined && {
          onFailureArn: args.text("onFailureArn", fields["onFailureArn"]),
        }),
      };
      if (Object.keys(stored).length === 0) args.complain("config", "at least one of its fields");
      const { name, key } = reference(functionName);
      for (const argument of ["onSuccessArn", "onFailureArn"] as const) {
        const target = stored[argument];
        if (target === undefined) continue;
        if (readReference(state, target, argument).name === name)
          args.complain(argument, "another function than itself");
        const found = flow.find(target);
        if (!found?.exists || !DESTINATIONS.some((kind) => kind === found.kind))
          refuse("noSuchTarget", { argument, target, resource: target });
      }
      state.eventConfigs.set(key, stored);
    },

    getEventInvokeConfig(_call, functionName, options) {
      args.options(options);
      const { name, key } = reference(functionName);
      const stored = state.eventConfigs.get(key) ?? refuse("noEventConfig", { name, resource: name });
      return { ...stored } satisfies EventInvokeConfig;
    },

    deleteEventInvokeConfig(_call, functionName, options) {
      args.options(options);
      const { name, key } = reference(functionName);
      if (!state.eventConfigs.delete(key)) refuse("noEventConfig", { name, resource: name });
    },
  };
}
